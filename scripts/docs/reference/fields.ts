import { type Document, resolve } from "../../generate/document.ts";
import type { FieldSchema } from "./parts.ts";

/** A row of a table of fields. */
export interface Field {
  /** The way to it from the top, such as `streams[].url`. */
  readonly path: string;
  readonly type: string;
  /** The schema that it has of its own, where that is told elsewhere. */
  readonly told?: string;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

/** Where schemas with a name are told: with each body, or once for all in a chapter of their own. */
export type Telling = "here" | "elsewhere";

/**
 * Every field of a schema, and of what lies within it.
 *
 * @param telling `"elsewhere"` leaves out what lies within a named schema, and says its name.
 */
export function fieldsOf(document: Document, schema: FieldSchema, telling: Telling): Field[] {
  return walk({ document, telling, within: [] }, schema, "");
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
  readonly telling: Telling;
  /** The named schemas around, so that none is told within itself. */
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
  const told = nameOf(target);
  const field = { path, type: typeOf(state.document, property), required, schema };
  if (told !== undefined && state.telling === "elsewhere") return [{ ...field, told }];
  return [field, ...inner(state, property, path)];
}

/** What lies within a schema, unless it lies within itself or is told elsewhere. */
function inner(state: Walk, schema: FieldSchema, path: string): Field[] {
  const name = nameOf(schema);
  if (name === undefined) return walk(state, schema, path);
  if (state.telling === "elsewhere" || state.within.includes(name)) return [];
  return walk({ ...state, within: [...state.within, name] }, schema, path);
}

/** One of several kinds is told under its title. */
function variantRows(state: Walk, variant: FieldSchema, path: string): Field[] {
  const schema = flatten(state.document, variant);
  if (schema.type === "null") return [];
  const name = nameOf(variant);
  const label = `${path}${path === "" ? "" : " "}‹${schema.title ?? name ?? "or"}›`;
  const field = { path: label, type: typeOf(state.document, variant), required: false, schema };
  if (name !== undefined && state.telling === "elsewhere") return [{ ...field, told: name }];
  return [field, ...inner(state, variant, path)];
}

function mergeProperties(parts: readonly FieldSchema[]): Record<string, FieldSchema> {
  const merged: Record<string, FieldSchema> = {};
  for (const { properties = {} } of parts) {
    for (const [name, property] of Object.entries(properties)) merged[name] = { ...merged[name], ...property };
  }
  return merged;
}
