import fc from "fast-check";
import { document } from "../client/documented-operations.ts";
import { flatten, resolve, type Schema } from "../spec/document.ts";

/** A schema with the keywords that matter for making values. */
export interface FullSchema extends Schema {
  pattern?: string;
  minLength?: number;
  minItems?: number;
  minProperties?: number;
}

/** The side that sends the value; the other side's fields are left out. */
export type Sender = "client" | "server";

/** Large enough for every list of the document to show more than one item. */
const MOST_ITEMS = 3;

/** Values that fit a schema of the document, with and without the fields that may be missing. */
export function valuesOf(reference: Schema, sender: Sender): fc.Arbitrary<unknown> {
  const schema = fullSchema(reference);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((branch) => valuesOf(branch, sender)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  return fc.oneof(...typesIn(schema).map((type) => valuesOfType(type, schema, sender)));
}

/** The schema with its reference looked up and its `allOf` put together. */
export function fullSchema(reference: Schema): FullSchema {
  return flatten(document, resolve(document, reference));
}

/** The types that a schema allows. */
export function typesIn({ type, properties, items }: FullSchema): readonly string[] {
  if (type === undefined) return [properties ? "object" : items ? "array" : "string"];
  return typeof type === "string" ? [type] : type;
}

/** The fields that this side may send. */
export function fieldsOf({ properties = {} }: FullSchema, sender: Sender): [string, Schema][] {
  return Object.entries(properties).filter(([, reference]) => {
    const { readOnly, writeOnly } = fullSchema(reference);
    return sender === "client" ? !readOnly : !writeOnly;
  });
}

function valuesOfType(type: string, schema: FullSchema, sender: Sender): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 1_000_000, items = {}, minItems = 0 } = schema;
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: minimum, max: maximum });
    case "number":
      // JSON knows no -0.
      return fc.double({ min: minimum, max: maximum, noNaN: true }).map((value) => value + 0);
    case "array":
      return fc.array(valuesOf(items, sender), { minLength: minItems, maxLength: Math.max(minItems, MOST_ITEMS) });
    case "object":
      return objectsOf(schema, sender);
    default:
      return textsOf(schema);
  }
}

function objectsOf(schema: FullSchema, sender: Sender): fc.Arbitrary<unknown> {
  const { required = [], additionalProperties, minProperties = 0 } = schema;
  const fields = fieldsOf(schema, sender);
  if (fields.length === 0 && additionalProperties) {
    return fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,10}$/), valuesOf(additionalProperties, sender), {
      minKeys: minProperties,
      maxKeys: MOST_ITEMS,
      noNullPrototype: true,
    });
  }
  const requiredKeys = required.filter((name) => fields.some(([field]) => field === name));
  const model = Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field, sender)]));
  return fc
    .record(model, { requiredKeys, noNullPrototype: true })
    .filter((value) => Object.keys(value).length >= minProperties);
}

function textsOf({ format = "", pattern, minLength = 0 }: FullSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return FORMATS[format] ?? fc.string({ minLength, maxLength: 20, unit: "grapheme" });
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "date-time": fc
    .date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T23:59:59Z"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  uri: fc.webUrl({ validSchemes: ["https"] }),
  "uri-reference": fc.stringMatching(/^\/[a-z0-9]{1,10}\/[a-z0-9]{0,10}$/),
  email: fc.stringMatching(/^[a-z]{1,10}@[a-z]{1,10}\.example\.com$/),
  uuid: fc.uuid(),
  duration: fc.integer({ min: 1, max: 100_000 }).map((seconds) => `PT${seconds}S`),
  decimal: fc.stringMatching(/^\d{1,5}\.\d{2}$/),
  password: fc.stringMatching(/^[0-9a-f]{20}$/),
};
