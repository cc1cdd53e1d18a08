import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { ROOT } from "./consumer.ts";

const BUILT = path.join(ROOT, "dist/package");

// The compiler writes every type that it has inferred into the declarations, so an `any` cannot hide from this search.
test("no type of the package is any", () => {
  const files = readdirSync(BUILT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".d.ts"));
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => anysIn(path.join(BUILT, file)))).toEqual([]);
});

test("the search finds an any where there is one", () => {
  expect(anysOf(ts.createSourceFile("a.d.ts", "declare const a: { b: any[] };", ts.ScriptTarget.Latest))).toEqual([
    "a.d.ts:1",
  ]);
});

function anysIn(file: string): string[] {
  const text = ts.sys.readFile(file) ?? "";
  return anysOf(ts.createSourceFile(path.relative(BUILT, file), text, ts.ScriptTarget.Latest));
}

function anysOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(`${source.fileName}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
