import fc from "fast-check";
import { type Document, resolve, type Schema as SpecSchema } from "../spec/document.ts";

/** A schema, with the keywords that requests use. */
export interface Schema extends SpecSchema {
  minLength?: number;
  minItems?: number;
  minProperties?: number;
  pattern?: string;
  contentEncoding?: string;
}

/** The fields of an object, its own and those that it has from others. */
export interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

/** Follows a reference; what stands beside it goes before what it points at. */
export function schemaOf(document: Document, reference: Schema): Schema {
  const { $ref: _, ...beside } = reference;
  return { ...resolve(document, reference), ...beside };
}

/** The fields of an object schema without branches. */
export function fieldsOf(document: Document, reference: Schema): Fields {
  const { properties = {}, required = [], allOf = [] } = schemaOf(document, reference);
  const inherited = allOf.map((part) => fieldsOf(document, part));
  return {
    properties: Object.assign({}, ...inherited.map((fields) => fields.properties), properties),
    required: [...new Set([...inherited.flatMap((fields) => fields.required), ...required])],
  };
}

/** Values that a schema allows. */
export function valuesOf(document: Document, reference: Schema): fc.Arbitrary<unknown> {
  const schema = schemaOf(document, reference);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((branch) => valuesOf(document, branch)));
  const [type, ...others] = [schema.type ?? "object"].flat();
  const value = byType(document, type ?? "object", schema);
  return others.includes("null") ? fc.oneof(value, fc.constant(null)) : value;
}

function byType(document: Document, type: string, schema: Schema): fc.Arbitrary<unknown> {
  const { minimum, maximum } = schema;
  if (type === "integer") return fc.integer({ min: minimum ?? -1_000_000, max: maximum ?? (minimum ?? 0) + 1_000_000 });
  if (type === "number")
    return fc.integer({ min: (minimum ?? 0) * 4 + 1, max: (maximum ?? 100) * 4 }).map((n) => n / 4);
  if (type === "boolean") return fc.boolean();
  if (type === "array") {
    return fc.array(valuesOf(document, schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
  }
  return type === "string" ? textOf(schema) : objectOf(document, schema);
}

function objectOf(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const { properties, required } = fieldsOf(document, schema);
  const values = Object.entries(properties).map(([name, property]) => [name, valuesOf(document, property)] as const);
  return fc
    .record(Object.fromEntries(values), { requiredKeys: [...required] })
    .filter((value) => Object.keys(value).length >= (schema.minProperties ?? 0));
}

/** Texts of the formats that requests use. */
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  email: fc.constantFrom("user@example.com", "a.b+c@mail.example.org"),
  uri: fc.constantFrom("https://example.com/callback", "rtsp://192.0.2.7:554/stream?a=1", "http://example.org"),
  "uri-reference": fc.constantFrom("/events?x=1", "https://example.com/hook"),
  duration: fc.constantFrom("PT5M", "PT1H30M", "P1D"),
  "date-time": fc
    .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().replace(/\.\d+/, "")),
};

function textOf({ format, pattern, minLength = 0, contentEncoding }: Schema): fc.Arbitrary<string> {
  const formatted = FORMATS[format ?? ""];
  if (formatted) return formatted;
  if (pattern) return fc.stringMatching(new RegExp(pattern), { size: "small" });
  if (contentEncoding) return fc.base64String({ minLength: Math.max(minLength, 4), maxLength: 40 });
  return fc.string({ unit: "grapheme-ascii", minLength, maxLength: 30 });
}
