import { type Document, resolve } from "../../generate/document.ts";
import type { FieldSchema } from "./parts.ts";

/** A row of a table of fields. */
export interface Field {
  /** The path from the top, such as `streams[].url`. */
  readonly path: string;
  readonly type: string;
  /** The named schema of its value, or of the items of its value. */
  readonly name: string | undefined;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

/** Whether the fields of a named schema are listed in place, or the table links to the schema. */
export type Nested = "inline" | "linked";

/** Every field of a schema, nested fields included. A schema within itself has no rows. */
export function fieldsOf(document: Document, schema: FieldSchema, nested: Nested): Field[] {
  const inner = (part: FieldSchema, path: string, within: readonly string[]): Field[] => {
    const name = nameOf(part);
    if (name === undefined) return fieldsIn(part, path, within);
    return nested === "linked" || within.includes(name) ? [] : fieldsIn(part, path, [...within, name]);
  };
  const fieldsIn = (part: FieldSchema, path: string, within: readonly string[]): Field[] => {
    const row = (value: FieldSchema, name: string, required = false): Field[] => {
      const valuePath = path === "" ? name : `${path}.${name}`;
      return [fieldOf(document, value, valuePath, required), ...inner(value, valuePath, within)];
    };
    const own = flatten(document, part);
    const { properties = {}, required = [], additionalProperties: others, items } = own;
    const variants = (own.oneOf ?? own.anyOf ?? []).filter((variant) => flatten(document, variant).type !== "null");
    return [
      ...Object.entries(properties).flatMap(([name, value]) => row(value, name, required.includes(name))),
      ...(typeof others === "object" ? row(others, "*") : []),
      ...(items ? inner(items, `${path}[]`, within) : []),
      ...variants.flatMap((variant) => {
        const title = flatten(document, variant).title ?? nameOf(variant) ?? "or";
        const field = fieldOf(document, variant, `${path} ‹${title}›`.trimStart());
        return [field, ...inner(variant, path, within)];
      }),
    ];
  };
  return fieldsIn(schema, "", []);
}

/** One row: a schema as the value of a field, or as a body. */
export function fieldOf(document: Document, schema: FieldSchema, path = "", required = false): Field {
  const name = nameOf(schema) ?? nameOf(schema.items ?? {});
  return { path, type: typeOf(document, schema), name, required, schema: flatten(document, schema) };
}

/** The kind of value that a schema takes: `string or null (uri)`, `array of integer`. */
export function typeOf(document: Document, schema: FieldSchema): string {
  const own = flatten(document, schema);
  const { items, format } = own;
  const variants = own.oneOf ?? own.anyOf;
  if (variants) return [...new Set(variants.map((variant) => typeOf(document, variant)))].join(" or ");
  const types = [own.type ?? (own.properties ? "object" : "any")].flat();
  const named = types.map((type) => (type === "array" && items ? `array of ${plural(typeOf(document, items))}` : type));
  return `${named.join(" or ")}${format ? ` (${format})` : ""}`;
}

function plural(type: string): string {
  return /^\w+$/.test(type) && type !== "any" ? `${type}s` : type;
}

/** `Camera` for a reference to that schema. */
function nameOf(schema: FieldSchema): string | undefined {
  return schema.$ref?.startsWith("#/components/schemas/") ? schema.$ref.split("/").at(-1) : undefined;
}

/** A schema with what its `$ref` and `allOf` add. What it says itself counts more. */
export function flatten(document: Document, schema: FieldSchema): FieldSchema {
  const { $ref, ...beside } = schema;
  const own = $ref === undefined ? schema : { ...resolve(document, { $ref } as FieldSchema), ...beside };
  if (!own.allOf) return own;
  const { allOf, ...rest } = own;
  const parts = [...allOf.map((part) => flatten(document, part)), rest];
  const properties: Record<string, FieldSchema> = {};
  for (const [name, property] of parts.flatMap((part) => Object.entries(part.properties ?? {}))) {
    properties[name] = { ...properties[name], ...property };
  }
  const required = parts.flatMap((part) => part.required ?? []);
  return Object.assign({}, ...parts, { properties, required });
}

/** A named schema of the document. */
export function namedSchema(document: Document, name: string): FieldSchema & { readonly title: string } {
  return { title: name, ...flatten(document, { $ref: `#/components/schemas/${name}` }) };
}
