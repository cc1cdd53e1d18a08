import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { STACKS } from "./registry.ts";
import { MARKER, readTable, rowOf, tableOf, withTable } from "./table.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the README shows stacks that have passed, in the versions that are tried", () => {
  const shown = readTable(README, STACKS);
  expect(shown.length).toBeGreaterThan(15);
  // Written by hand, a row of another version or name would not be found again.
  expect(withTable(README, tableOf(shown))).toBe(README);
});

test("each stack has a row of its own, and shows that the package works", () => {
  const rows = STACKS.map((stack) => rowOf(stack).join(" "));
  expect(new Set(rows).size).toBe(rows.length);
  for (const { name, steps, packages } of STACKS) {
    expect(steps.length, name).toBeGreaterThan(0);
    for (const version of Object.values(packages)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test("a table is read as it was written", () => {
  const stacks = STACKS.slice(0, 4);
  const readme = `before\n\n${MARKER}\n\n${MARKER}\n\nafter\n`;
  expect(readTable(withTable(readme, tableOf(stacks)), STACKS)).toEqual(stacks);
  expect(() => withTable("no marker", "")).toThrow(MARKER);
});
