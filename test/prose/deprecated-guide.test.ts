import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operationsOf, readDocument } from "../spec/document.ts";
import { cellsOf } from "./tables.ts";

const guide = readFileSync(new URL("../../spec/guides/deprecated.md", import.meta.url), "utf8");
const operations = operationsOf(readDocument()).map(({ operation }) => operation);
const older = operations.filter(({ deprecated }) => deprecated);
const rows = new Map(cellsOf(guide, "Deprecated operation").map(([from = "", to = ""]) => [bare(from), bare(to)]));

test("the guide has a row for every deprecated operation, and for no other", () => {
  expect(older.length).toBeGreaterThan(0);
  expect([...rows.keys()].toSorted()).toEqual(older.map(({ operationId }) => operationId).toSorted());
});

describe.each(older)("$operationId", ({ operationId, description = "" }) => {
  test("is replaced by what its own description names, and that is not deprecated itself", () => {
    const replacement = rows.get(operationId) ?? "";
    const [first = ""] = description.split(/[.:]\s/);
    expect(first).toContain(`\`${replacement}\``);
    const current = operations.filter(({ deprecated }) => !deprecated).map((operation) => operation.operationId);
    expect(current).toContain(replacement);
  });
});

test("the expression that finds deprecated calls finds all of them, and no other", () => {
  const expression = new RegExp(guide.match(/const deprecated = \/(.*)\/;/)?.[1] ?? "never");
  const found = operations.map(({ operationId }) => operationId).filter((operationId) => expression.test(operationId));
  expect(found.toSorted()).toEqual(older.map(({ operationId }) => operationId).toSorted());
});

function bare(cell: string): string {
  return cell.replaceAll("`", "");
}
