import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./copy.ts";

// document.slow.test.ts runs both linters, and seeds the faults that Spectral must find; test/spec/lint.slow.test.ts those of Redocly.

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
