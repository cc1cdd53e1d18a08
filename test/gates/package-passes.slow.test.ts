import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { licences } from "../../scripts/shared/gates/licences.ts";
import { publicTypes } from "../../scripts/shared/gates/public-types.ts";
import { publishedFiles } from "../../scripts/shared/gates/published-files.ts";
import { PACKAGE_GATES } from "../../scripts/shared/gates/registry.ts";
import { type Copy, copyRepository, ROOT } from "./copy.ts";

const PATIENCE = 180_000;

interface Manifest {
  exports: Record<string, Record<string, string>>;
}

let copy: Copy;

beforeAll(async () => {
  copy = await copyRepository({ built: true });
});

afterAll(() => copy[Symbol.asyncDispose]());

test.each(PACKAGE_GATES)("$name passes for the built package", { timeout: PATIENCE }, async ({ check }) => {
  const { examined, faults } = await check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(5);
});

test("publint fails for an entry whose file is not packed", { timeout: PATIENCE }, async () => {
  const manifest = await exportAlso("./gone", { default: "./dist/package/src/gone.js" });
  const { faults } = await publishedFiles.check(copy.root);
  await manifest.restore();
  expect(faults).toContainEqual(expect.stringMatching(/^FILE_DOES_NOT_EXIST: .*src\/gone\.js/));
});

test("an any in the public types is found, with its file and line, however deep it is", {
  timeout: PATIENCE,
}, async () => {
  await copy.change(
    "dist/package/src/helpers/clips.d.ts",
    "export ",
    "export declare const hidden: { list: { deep: any }[] };\nexport ",
  );
  const { faults } = await publicTypes.check(copy.root);
  expect(faults).toEqual([expect.stringMatching(/^dist\/package\/src\/helpers\/clips\.d\.ts:\d+: any$/)]);
});

test("an entry without declarations is found", { timeout: PATIENCE }, async () => {
  await rm(path.join(copy.root, "dist/package/src/webhooks/index.d.ts"));
  const { faults } = await publicTypes.check(copy.root);
  expect(faults).toContain("dist/package/src/webhooks/index.d.ts is missing. Run npm run build first.");
});

test("a licence that is not on the list is found, and users get fewer kinds than the tools may have", async () => {
  const lock = "package-lock.json";
  await copy.edit<{ packages: Record<string, { license?: string }> }>(lock, ({ packages }) => {
    Object.assign(packages["node_modules/typescript"] ?? {}, { license: "AGPL-3.0-only" });
    Object.assign(packages["node_modules/vitest"] ?? {}, { license: "(MIT OR AGPL-3.0-only)" });
    Object.assign(packages["node_modules/openapi-fetch"] ?? {}, { license: "MPL-2.0" });
    Object.assign(packages["node_modules/hono"] ?? {}, { license: "MPL-2.0" });
  });
  const { faults } = await licences.check(copy.root);
  expect(faults).toEqual([
    expect.stringMatching(/^openapi-fetch [\d.]+ \(run time\): MPL-2\.0 is not on the list$/),
    expect.stringMatching(/^hono [\d.]+ \(bundled\): MPL-2\.0 is not on the list$/),
    expect.stringMatching(/^typescript [\d.]+ \(development\): AGPL-3\.0-only is not on the list$/),
  ]);
});

test("licences cannot be checked before the build has listed the bundled packages", async () => {
  await rm(path.join(copy.root, "dist/package/THIRD-PARTY-LICENSES.txt"));
  await expect(licences.check(copy.root)).rejects.toThrow("Run npm run build first");
});

/** Adds an entry point to package.json of the copy. */
async function exportAlso(entry: string, target: Record<string, string>): Promise<{ restore: () => Promise<void> }> {
  await copy.edit<Manifest>("package.json", ({ exports }) => {
    exports[entry] = target;
  });
  return { restore: () => copy.edit<Manifest>("package.json", ({ exports }) => delete exports[entry]) };
}
