import { type Schema as LibrarySchema, Validator } from "@cfworker/json-schema";
import type { Schema } from "./schema.ts";
import type { ViolationKind } from "./violation.ts";

/** What a schema has against a value, without looking into its parts. */
export interface Refusal {
  readonly kind: ViolationKind;
  readonly text: string;
}

/** What is looked at elsewhere, one part of the value at a time; and what asserts nothing. */
const NOT_ASSERTED: ReadonlySet<string> = new Set([
  ...[
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "items",
  ],
  ...["title", "description", "examples", "example", "default", "deprecated", "readOnly", "writeOnly", "discriminator"],
]);

/** Formats of Angelcam's document that JSON Schema does not know. */
const FORMATS: Readonly<Record<string, RegExp>> = { decimal: /^-?\d+(?:\.\d+)?$/ };

const validators = new WeakMap<Schema, Validator | undefined>();

/** What the schema itself has against the value. A value of another type is refused for that alone. */
export function refusalsOf(value: unknown, schema: Schema): Refusal[] {
  if (!validators.has(schema)) validators.set(schema, validatorOf(schema));
  const errors = validators.get(schema)?.validate(value).errors ?? [];
  // An error that stands deeper explains one that is here; the one that is here is told.
  const own = errors.filter(({ instanceLocation }) => instanceLocation === "#");
  const wrongType = own.find(({ keyword }) => keyword === "type");
  const refusals = (wrongType ? [wrongType] : own).map(({ keyword }) => refusalBy(keyword, schema));
  const { format = "" } = schema;
  const ownFormat = FORMATS[format];
  if (ownFormat && typeof value === "string" && !ownFormat.test(value)) refusals.push(refusalBy("format", schema));
  return refusals;
}

/** `an integer`, `text or null`. */
export function typeText(types: string | readonly string[]): string {
  return (typeof types === "string" ? [types] : types).map((type) => TYPES[type] ?? type).join(" or ");
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "an integer",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a text",
};

const KINDS: Readonly<Record<string, ViolationKind>> = {
  type: "type",
  enum: "enum",
  const: "enum",
  format: "format",
  pattern: "pattern",
  minimum: "range",
  maximum: "range",
  exclusiveMinimum: "range",
  exclusiveMaximum: "range",
  minLength: "range",
  maxLength: "range",
  minItems: "range",
  maxItems: "range",
  minProperties: "range",
  maxProperties: "range",
};

function refusalBy(keyword: string, schema: Schema): Refusal {
  const wanted = (schema as Readonly<Record<string, unknown>>)[keyword];
  return { kind: KINDS[keyword] ?? "constraint", text: textOf(keyword, wanted) };
}

function textOf(keyword: string, wanted: unknown): string {
  switch (keyword) {
    case "type":
      return `must be ${typeText(wanted as string | string[])}`;
    case "enum":
      return `must be one of ${(wanted as unknown[]).map((one) => JSON.stringify(one)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(wanted)}`;
    case "format":
      return `must be of the format ${wanted}`;
    case "pattern":
      return `must match ${wanted}`;
    case "minimum":
      return `must be ${wanted} or more`;
    case "maximum":
      return `must be ${wanted} or less`;
    case "exclusiveMinimum":
      return `must be more than ${wanted}`;
    case "exclusiveMaximum":
      return `must be less than ${wanted}`;
    case "minLength":
      return wanted === 1 ? "must not be empty" : `must have ${wanted} characters or more`;
    case "maxLength":
      return `must have ${wanted} characters or fewer`;
    case "minItems":
    case "minProperties":
      return wanted === 1 ? "must not be empty" : `must hold ${wanted} or more`;
    case "maxItems":
    case "maxProperties":
      return `must hold ${wanted} or fewer`;
    case "uniqueItems":
      return "must not hold the same twice";
    default:
      return `must satisfy ${keyword} of its schema`;
  }
}

/** Undefined when there is nothing to assert. */
function validatorOf(schema: Schema): Validator | undefined {
  const asserted = Object.entries(schema).filter(
    ([keyword]) => !NOT_ASSERTED.has(keyword) && !keyword.startsWith("x-"),
  );
  return asserted.length === 0
    ? undefined
    : new Validator(Object.fromEntries(asserted) as LibrarySchema, "2020-12", false);
}
