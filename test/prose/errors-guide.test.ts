import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { operations } from "../../generated/operations.ts";
import * as contract from "../../src/contract/index.ts";
import * as main from "../../src/index.ts";
import * as redis from "../../src/redis/index.ts";
import * as webhooks from "../../src/webhooks/index.ts";
import { cellsOf } from "./tables.ts";

const guide = readFileSync(new URL("../../spec/guides/errors.md", import.meta.url), "utf8");
const rows = cellsOf(guide, "`code`");
const exported: Record<string, unknown> = { ...main, ...contract, ...redis, ...webhooks };

test("the guide has a row for every code that an error can have, and for no other", () => {
  const codes = rows.map(([code = ""]) => code.replaceAll("`", ""));
  expect(codes.toSorted()).toEqual(codesOf("../../src/errors/error-code.ts").toSorted());
});

test("each row names a class that callers can import", () => {
  expect(rows.length).toBeGreaterThan(10);
  for (const [code, name = ""] of rows)
    expect(exported[name.replaceAll("`", "")], `${code} ${name}`).toBeTypeOf("function");
});

test("each row says what happened and what to do", () => {
  for (const row of rows) {
    expect(row).toHaveLength(4);
    for (const cell of row) expect(cell).toMatch(/\w{3}/);
  }
});

test("the guide names each operation that is retried in another way than its method", () => {
  const [, text = ""] = guide.match(/Some operations differ\.([^#]+?)\n\n/) ?? [];
  const [rejected = "", never = ""] = text.split("for nothing was done then.");
  const idsOf = (mode: string) =>
    Object.values(operations)
      .filter(({ id, retry }) => retry === mode && !id.startsWith("oauth."))
      .map(({ id }) => id);
  const named = (words: string) => [...words.matchAll(/`([\w.]+)`/g)].map(([, id]) => id);
  expect(named(rejected).toSorted()).toEqual(idsOf("if_rejected").toSorted());
  expect(named(never)).toEqual(idsOf("never"));
});

/** The texts of the union `ErrorCode`, as the compiler reads it. */
function codesOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(new URL(file, import.meta.url), "utf8"),
    ts.ScriptTarget.ES2022,
  );
  const union = source.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === "ErrorCode");
  if (!union || !ts.isTypeAliasDeclaration(union) || !ts.isUnionTypeNode(union.type)) {
    throw new Error(`${file} has no union ErrorCode`);
  }
  return union.type.types.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : "no text",
  );
}
