import openapiTypeScript, { astToString, oapiRef } from "openapi-typescript";
import ts from "typescript";
import { schemasOfBodiesAlone } from "./body-schemas.ts";
import type { Document } from "./document.ts";
import { nameSchemas } from "./named-schemas.ts";

const BANNER = "// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.\n\n";

/** Writes the text of `generated/schema.ts`: an interface per named schema, and the types of every path and operation. */
export async function writeSchema(document: Document): Promise<string> {
  // openapi-typescript changes the document that is passed to it.
  const copy = structuredClone(document);
  putHeadersInPlace(copy);
  const sent = schemasOfBodiesAlone(document);
  const nodes = await openapiTypeScript(copy as unknown as Parameters<typeof openapiTypeScript>[0], {
    // A default is what the server assumes: the caller may still leave the field out.
    defaultNonNullable: false,
    silent: true,
    transform: (schema, { path }) => {
      // The client writes a Date in UTC; what a response holds stays text.
      if (schema.format === "date-time" && isSent(path, sent)) return union([stringType(), reference("Date")]);
      return "x-open-enum" in schema ? openEnum(schema as OpenEnum) : undefined;
    },
  });
  return BANNER + withPlainDescriptions(astToString(nameSchemas(nodes)));
}

/**
 * The description is the text of a doc comment, where openapi-typescript makes a tag of it: editors show the text first. Its
 * further lines are not indented, which Markdown takes for code.
 */
function withPlainDescriptions(text: string): string {
  return text
    .replaceAll(/^(\s*\/\*\* )@description /gm, "$1")
    .replaceAll(/^(\s*\/\*\*\n\s*\* )@description /gm, "$1")
    .replaceAll(/^(\s*\*) @description /gm, "$1\n$1 ")
    .replaceAll(/^(\s*\*) {5}/gm, "$1 ");
}

/**
 * Writes each shared header where a response refers to it: openapi-typescript makes a reference required, whatever the header
 * itself says.
 */
function putHeadersInPlace({ components = {}, paths = {} }: Document): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const responses = [components, ...operations].flatMap((part) => Object.values(Object(part).responses ?? {}));
  for (const response of responses) {
    const headers: Record<string, { $ref?: string }> = Object(response).headers ?? {};
    for (const [name, { $ref = "" }] of Object.entries(headers)) {
      const shared = $ref.replace("#/components/headers/", "");
      headers[name] = Object(components.headers?.[shared] ?? headers[name]);
    }
  }
}

/** A schema with `x-open-enum`, which holds the values or refers to a schema that does. */
interface OpenEnum {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
}

/** `"online" | "offline" | (string & {})`: the known values are suggested, and a new one of the API still fits. */
function openEnum({ $ref, enum: values = [], type }: OpenEnum): ts.TypeNode {
  const literals = values
    .filter((value): value is string => typeof value === "string")
    .map((value) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)));
  const known = $ref === undefined ? literals : [oapiRef($ref)];
  const other = ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([stringType(), ts.factory.createTypeLiteralNode([])]),
  );
  const isNullable = values.includes(null) || [type].flat().includes("null");
  return union([...known, other, ...(isNullable ? [ts.factory.createLiteralTypeNode(ts.factory.createNull())] : [])]);
}

/** True for a part of a parameter, or of a schema that is only ever sent. */
function isSent(path = "", sent: ReadonlySet<string>): boolean {
  const schema = path.match(/^#\/components\/schemas\/([^/]+)/)?.[1];
  return schema === undefined ? path.includes("/parameters/") : sent.has(schema);
}

function union(types: ts.TypeNode[]): ts.TypeNode {
  return ts.factory.createUnionTypeNode(types);
}

function reference(name: string): ts.TypeNode {
  return ts.factory.createTypeReferenceNode(name);
}

function stringType(): ts.TypeNode {
  return ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
}
