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

/** Required first and last names, and the optional ones of a change: an interface cannot extend both. */
const INTERSECTIONS = ["ClientInput"];

test("every schema with fields is an interface, so that editors and errors say its name; a choice or a text is an alias", async () => {
  const { statements } = await parse("generated/schema.ts");
  const aliases = statements.filter(ts.isTypeAliasDeclaration).filter(isExported);
  const { components } = JSON.parse(await readFile(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
  const withFields = Object.keys(components.schemas).filter((name) => {
    const { allOf, properties } = components.schemas[name];
    return allOf !== undefined || properties !== undefined;
  });
  expect(withFields).toEqual(expect.arrayContaining(["Camera", "Recording", "SharedCameraClip"]));
  expect(aliases.map(({ name }) => name.text).filter((name) => withFields.includes(name))).toEqual(INTERSECTIONS);
});

function isExported(statement: ts.TypeAliasDeclaration): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

async function parse(file: string): Promise<ts.SourceFile> {
  const text = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}
