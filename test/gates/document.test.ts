import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { redoclyLint } from "../../scripts/shared/gates/redocly-lint.ts";
import { spectral } from "../../scripts/shared/gates/spectral.ts";
import { copyRepository, ROOT } from "./copy.ts";

// test/spec/lint.test.ts seeds the faults that Redocly's rules must find, and document.slow.test.ts those of Spectral.

/** Spectral alone takes some seconds. */
const PATIENCE = 180_000;

test.each([redoclyLint, spectral])("$name passes", { timeout: PATIENCE }, async ({ check }) => {
  const { examined, faults } = await check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(50);
});

test("redocly recommended-strict fails for a path without its slash", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository();
  await copy.change("spec/openapi.yaml", "  /v1/me/:", "  /v1/me:");
  const { faults } = await redoclyLint.check(copy.root);
  expect(faults).toContainEqual(expect.stringMatching(/^spec\/openapi\.yaml:\d+ rule\/path-ends-in-slash: /));
});

test("every exception of .spectral.yaml has its reason above it", async () => {
  const lines = (await readFile(path.join(ROOT, ".spectral.yaml"), "utf8")).split("\n");
  const rules = lines.slice(lines.indexOf("rules:"));
  expect(rules.filter((line) => line.endsWith(": off")).length).toBeGreaterThan(5);
  expect(
    blocksOf(rules).filter((block) => block.join().includes(": off") && !/^ +# \S+ /.test(block[0] ?? "")),
  ).toEqual([]);
});

/** Blocks of lines, separated by empty lines. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks = lines.join("\n").split(/\n\n+/);
  return blocks.map((block) => block.split("\n").filter((line) => !/^(rules|overrides):$/.test(line)));
}
