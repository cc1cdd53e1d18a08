import openapiTypeScript, { astToString } from "openapi-typescript";
import ts from "typescript";
import type { Document } from "./document.ts";

const BANNER = "// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.\n\n";

/** Writes the text of `generated/schema.ts`: the types of every path, operation and schema. */
export async function writeSchema(document: Document): Promise<string> {
  // openapi-typescript changes the document that it is given.
  const copy = structuredClone(document);
  const nodes = await openapiTypeScript(copy as unknown as Parameters<typeof openapiTypeScript>[0], {
    // `import type { Camera }` reads better than a path into `components`.
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    // A default is what the server assumes: the caller may still leave the field out.
    defaultNonNullable: false,
    silent: true,
    // The client writes a Date out in UTC; what comes back stays text.
    transform: ({ format }, { path }) => (format === "date-time" && isOfParameter(path) ? textOrDate() : undefined),
  });
  return BANNER + astToString(nodes);
}

function isOfParameter(path: string | undefined): boolean {
  return path !== undefined && /\/parameters\//.test(path) && !path.startsWith("#/components/schemas/");
}

function textOrDate(): ts.TypeNode {
  const text = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  return ts.factory.createUnionTypeNode([text, ts.factory.createTypeReferenceNode("Date")]);
}
