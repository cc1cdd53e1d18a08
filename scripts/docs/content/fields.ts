import { type Document, resolve } from "../../generate/document.ts";
import type { FieldSchema } from "./parts.ts";

/** A row of a table of fields. */
export interface Field {
  /** The path from the top, such as `streams[].url`. */
  readonly path: string;
  readonly type: string;
  /** The named schema of its value, where the table links to it. */
  readonly schemaName?: string;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

/** Whether the fields of a named schema are listed in place, or the table links to the schema. */
export type Nested = "inline" | "linked";

/**
 * Every field of a schema, nested fields included.
 *
 * @param nested `"linked"` leaves out the fields of named schemas.
 */
export function fieldsOf(document: Document, schema: FieldSchema, nested: Nested): Field[] {
  return walk({ document, nested, within: [] }, schema, "");
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
export function nameOf(schema: FieldSchema): string | undefined {
  return schema.$ref?.startsWith("#/components/schemas/") ? schema.$ref.split("/").at(-1) : undefined;
}

/** A schema with what its `$ref` and `allOf` add. What it says itself counts more. */
export function flatten(document: Document, schema: FieldSchema): FieldSchema {
  const { $ref, ...beside } = schema;
  const own = $ref === undefined ? schema : { ...resolve(document, { $ref } as FieldSchema), ...beside };
  if (!own.allOf) return own;
  const { allOf, ...rest } = own;
  const parts = [...allOf.map((part) => flatten(document, part)), rest];
  return {
    ...parts.reduce((all, part) => Object.assign(all, part), {} as FieldSchema),
    properties: mergeProperties(parts),
    required: [...new Set(parts.flatMap((part) => part.required ?? []))],
  };
}

interface Walk {
  readonly document: Document;
  readonly nested: Nested;
  /** The named schemas around, so that a recursive schema ends. */
  readonly within: readonly string[];
}

function walk(state: Walk, schema: FieldSchema, path: string): Field[] {
  const own = flatten(state.document, schema);
  const required = new Set(own.required ?? []);
  const fields = Object.entries(own.properties ?? {}).flatMap(([name, property]) =>
    row(state, property, path === "" ? name : `${path}.${name}`, required.has(name)),
  );
  const { additionalProperties: others, items } = own;
  if (typeof others === "object") fields.push(...row(state, others, path === "" ? "*" : `${path}.*`, false));
  if (items) fields.push(...inner(state, items, `${path}[]`));
  for (const variant of own.oneOf ?? own.anyOf ?? []) fields.push(...variantRows(state, variant, path));
  return fields;
}

function row(state: Walk, property: FieldSchema, path: string, required: boolean): Field[] {
  const schema = flatten(state.document, property);
  const target = property.items && !property.$ref ? property.items : property;
  const schemaName = nameOf(target);
  const field = { path, type: typeOf(state.document, property), required, schema };
  if (schemaName !== undefined && state.nested === "linked") return [{ ...field, schemaName }];
  return [field, ...inner(state, property, path)];
}

/** The fields within a schema. A recursive or linked schema has none. */
function inner(state: Walk, schema: FieldSchema, path: string): Field[] {
  const name = nameOf(schema);
  if (name === undefined) return walk(state, schema, path);
  if (state.nested === "linked" || state.within.includes(name)) return [];
  return walk({ ...state, within: [...state.within, name] }, schema, path);
}

/** A variant of `oneOf` has a row with its title. */
function variantRows(state: Walk, variant: FieldSchema, path: string): Field[] {
  const schema = flatten(state.document, variant);
  if (schema.type === "null") return [];
  const name = nameOf(variant);
  const label = `${path}${path === "" ? "" : " "}‹${schema.title ?? name ?? "or"}›`;
  const field = { path: label, type: typeOf(state.document, variant), required: false, schema };
  if (name !== undefined && state.nested === "linked") return [{ ...field, schemaName: name }];
  return [field, ...inner(state, variant, path)];
}

function mergeProperties(parts: readonly FieldSchema[]): Record<string, FieldSchema> {
  const merged: Record<string, FieldSchema> = {};
  for (const { properties = {} } of parts) {
    for (const [name, property] of Object.entries(properties)) merged[name] = { ...merged[name], ...property };
  }
  return merged;
}
