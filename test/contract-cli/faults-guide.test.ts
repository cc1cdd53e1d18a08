import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "./faults.ts";
import { faultTable, honestTable } from "./faults-guide.ts";
import { HONEST_SERVERS } from "./honest-servers.ts";

// The guide has every server of the slow tests, in their order, with what these tests expect of the command.

const guide = readFileSync(new URL("../../spec/guides/testing/faults.md", import.meta.url), "utf8");

test("the guide lists each fault, what the command reports, and its severity", () => {
  expect(tableAfter("## Faults that are found")).toBe(faultTable());
});

test("the guide lists each correct server that passes, and what the command reports", () => {
  expect(tableAfter("## Correct servers that pass")).toBe(honestTable());
});

test("there are at least the nineteen faults of the issue and five more, and ten correct servers", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(24);
  expect(HONEST_SERVERS.length).toBeGreaterThanOrEqual(10);
});

/** The first table behind a heading. */
function tableAfter(heading: string): string {
  const [, section = ""] = guide.split(`${heading}\n`);
  return /^\|.*(?:\n\|.*)*/m.exec(section)?.[0] ?? "";
}
