import { readFile } from "node:fs/promises";
import ts from "typescript";
import { expect, test } from "vitest";

/** Errors that the client throws. The error responses of these names are in `angelcam-client/schema`. */
const ERROR_CLASSES = ["ApiError", "OAuthError"];

test("the main entry exports every schema of the document under its name, but those that are classes of errors", async () => {
  const schemas = (await parse("generated/schema.ts")).statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    .map(({ name }) => name.text);
  // A name that is exported by itself hides the one that `export type *` would bring.
  const exported = (await parse("src/index.ts")).statements
    .flatMap((statement) =>
      ts.isExportDeclaration(statement) && statement.exportClause ? [statement.exportClause] : [],
    )
    .flatMap((clause) => (ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : []));
  expect(schemas).toEqual(expect.arrayContaining(["Camera", "Client"]));
  expect(exported).toContain("Angelcam");
  expect(exported.filter((name) => schemas.includes(name)).sort()).toEqual(ERROR_CLASSES);
});

async function parse(file: string): Promise<ts.SourceFile> {
  const text = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}
