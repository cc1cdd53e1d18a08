import { afterAll, beforeAll, expect, test } from "vitest";
import { deadExports } from "../../scripts/shared/gates/dead-exports.ts";
import { dependencies } from "../../scripts/shared/gates/dependencies.ts";
import { duplicates } from "../../scripts/shared/gates/duplicates.ts";
import { type Copy, copyRepository, ROOT } from "./copy.ts";

const PATIENCE = 180_000;

let copy: Copy;

beforeAll(async () => {
  copy = await copyRepository();
});

afterAll(() => copy[Symbol.asyncDispose]());

test.each([deadExports, duplicates, dependencies])("$name: none too many here", { timeout: PATIENCE }, async (gate) => {
  const { examined, faults } = await gate.check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(0);
});

test("an unused export, file and dependency are found", { timeout: PATIENCE }, async () => {
  await copy.change("src/base/time.ts", "export ", "export const nobodyAsks = 1;\n\nexport ");
  await copy.write("src/alone.ts", "export const alone = 1;\n");
  await copy.edit<{ devDependencies: Record<string, string> }>("package.json", ({ devDependencies }) => {
    devDependencies["left-pad"] = "1.3.0";
  });
  const { faults } = await deadExports.check(copy.root);
  expect(faults).toContainEqual(expect.stringMatching(/^src\/base\/time\.ts:\d+ exports: nobodyAsks$/));
  expect(faults).toContainEqual("src/alone.ts:1 files: src/alone.ts");
  expect(faults).toContainEqual(expect.stringMatching(/^package\.json:\d+ devDependencies: left-pad$/));
});

test("a second run-time dependency is found, in package.json and in the lock", async () => {
  await copy.edit<{ dependencies: Record<string, string> }>("package.json", (manifest) => {
    manifest.dependencies.ky = "1.0.0";
  });
  await copy.edit<{ packages: Record<string, object> }>("package-lock.json", ({ packages }) => {
    packages["node_modules/ky"] = { version: "1.0.0", license: "MIT" };
  });
  expect((await dependencies.check(copy.root)).faults).toEqual([
    "package.json: ky is a run-time dependency",
    "package-lock.json: ky is a run-time dependency",
  ]);
});

test("a required peer dependency is found", async () => {
  await copy.edit<{ peerDependenciesMeta: object }>("package.json", (manifest) => {
    manifest.peerDependenciesMeta = {};
  });
  const { faults } = await dependencies.check(copy.root);
  expect(faults).toContain("package.json: redis is a peer that is not optional");
});
