import path from "node:path";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { ROOT } from "./consumer.ts";

// What an editor shows beside a property, read from the built declarations of the main entry.

let checker: ts.TypeChecker;
let exported: readonly ts.Symbol[];

beforeAll(() => {
  const entry = path.join(ROOT, "dist/package/src/index.d.ts");
  const program = ts.createProgram([entry], { module: ts.ModuleKind.NodeNext, skipLibCheck: true, types: [] });
  checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  exported = (module ? checker.getExportsOfModule(module) : []).map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  );
});

test.each([
  ["field of an error", /Error$/, ["AngelcamError", "ClipError", "RateLimitError"]],
  ["option", /Options$/, ["AngelcamOptions", "RequestOptions", "PasswordGrantOptions"]],
])("an editor shows a sentence for each %s", (_, pattern, some) => {
  const types = exported.filter(({ name }) => pattern.test(name));
  expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(some));
  expect(types.flatMap(undocumented)).toEqual([]);
});

/** The properties of a type that have no sentence of their own or of the class above: `AngelcamError.status`. */
function undocumented(type: ts.Symbol): string[] {
  return checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(type))
    .filter((property) => isOurs(property) && property.getDocumentationComment(checker).length === 0)
    .map(({ name }) => `${type.name}.${name}`);
}

/** Private fields have no name, and `name` is that of `Error`. */
function isOurs({ name, declarations = [] }: ts.Symbol): boolean {
  const isPublic = name !== "name" && !name.startsWith("#") && !name.startsWith("__");
  return isPublic && declarations.some((declaration) => declaration.getSourceFile().fileName.includes("dist/package"));
}
