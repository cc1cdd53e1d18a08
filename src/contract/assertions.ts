import { type Schema as LibrarySchema, Validator } from "@cfworker/json-schema";
import { isObject } from "../base/is-object.ts";
import { resolvePointer } from "../base/json-pointer.ts";
import type { References, Schema } from "../openapi/schema.ts";
import type { ViolationKind } from "./violation.ts";

/** One keyword of a schema that a value does not satisfy. Its parts are not looked into. */
export interface ValidationError {
  readonly kind: ViolationKind;
  readonly text: string;
}

/** Keywords that `inspect` applies itself, one part of the value at a time, and keywords that assert nothing. */
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

/** Keywords that only apply other schemas, whose errors are reported as well. */
const STRUCTURAL: ReadonlySet<string> = new Set(["if", "dependentSchemas"]);

/**
 * What JSON Schema does not check of a format. A leap second is a time by RFC 3339, but no Date of any program; a space
 * instead of the T, as Python prints it, is read by some programs only.
 */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  decimal: (text) => /^-?\d+(?:\.\d+)?$/.test(text),
  "date-time": (text) => !/:60|\s/.test(text),
};

const validators = new WeakMap<Schema, Validator | undefined>();

/**
 * The errors of a value against the schema itself. A value of another type has that error alone.
 *
 * @param references Resolves what a keyword such as `not` refers to.
 */
export function validate(value: unknown, schema: Schema, references: References): ValidationError[] {
  // JSON can say 1e400, and `JSON.parse` makes Infinity of it.
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    return [{ kind: "range", text: "must be a number that a program can hold" }];
  }
  if (!validators.has(schema)) validators.set(schema, validatorOf(schema, references));
  const errors = validators.get(schema)?.validate(value).errors ?? [];
  // The parts of the value are validated on their own.
  const own = errors.filter(({ instanceLocation, keyword }) => instanceLocation === "#" && !STRUCTURAL.has(keyword));
  const wrongType = own.find(({ keyword }) => keyword === "type");
  const found = (wrongType ? [wrongType] : own).map(({ keyword, keywordLocation }) =>
    errorFor(keyword, schemaAt(keywordLocation, schema)),
  );
  const { format = "" } = schema;
  const isWellFormed = FORMATS[format] ?? (() => true);
  if (typeof value === "string" && !isWellFormed(value)) found.push(errorFor("format", schema));
  return found;
}

/** The part of a schema that has the keyword at this location: the schema itself, or its `then`. */
function schemaAt(keywordLocation: string, schema: Schema): Schema {
  const parent = keywordLocation.slice(0, keywordLocation.lastIndexOf("/"));
  return (resolvePointer(schema, parent) as Schema | undefined) ?? {};
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

function errorFor(keyword: string, schema: Schema): ValidationError {
  const expected = (schema as Readonly<Record<string, unknown>>)[keyword];
  return { kind: KINDS[keyword] ?? "constraint", text: textOf(keyword, expected) };
}

function textOf(keyword: string, expected: unknown): string {
  switch (keyword) {
    case "type":
      return `must be ${typeText(expected as string | string[])}`;
    case "enum":
      return `must be one of ${(expected as unknown[]).map((one) => JSON.stringify(one)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(expected)}`;
    case "format":
      return `must be of the format ${expected}`;
    case "pattern":
      return `must match ${expected}`;
    case "minimum":
      return `must be ${expected} or more`;
    case "maximum":
      return `must be ${expected} or less`;
    case "exclusiveMinimum":
      return `must be more than ${expected}`;
    case "exclusiveMaximum":
      return `must be less than ${expected}`;
    case "minLength":
      return expected === 1 ? "must not be empty" : `must have ${expected} characters or more`;
    case "maxLength":
      return `must have ${expected} characters or fewer`;
    case "minItems":
    case "minProperties":
      return expected === 1 ? "must not be empty" : `must hold ${expected} or more`;
    case "maxItems":
    case "maxProperties":
      return `must hold ${expected} or fewer`;
    case "required":
      return `must have ${(expected as string[]).join(", ")}`;
    case "not":
      return isNothing(expected) ? "must be left out" : "must not fit what its schema excludes";
    case "uniqueItems":
      return "must not hold the same twice";
    default:
      return `must satisfy ${keyword} of its schema`;
  }
}

/** Undefined when the schema asserts nothing by itself. */
function validatorOf(schema: Schema, references: References): Validator | undefined {
  const asserted = Object.entries(schema).filter(
    ([keyword]) => !NOT_ASSERTED.has(keyword) && !keyword.startsWith("x-"),
  );
  return asserted.length === 0
    ? undefined
    : new Validator(withDefinitions(Object.fromEntries(asserted), references) as LibrarySchema, "2020-12", false);
}

/** Keywords whose values are no schemas. */
const PLAIN_VALUES: ReadonlySet<string> = new Set(["const", "enum"]);

/** The schema with all that it refers to below `$defs`, because the library does not know the document. */
function withDefinitions(schema: object, references: References): object {
  const names = new Map<string, string>();
  const $defs: Record<string, unknown> = {};
  const adapt = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(adapt);
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, part]) => {
        if (key === "$ref" && typeof part === "string") return [key, `#/$defs/${nameOf(part)}`];
        return [key, PLAIN_VALUES.has(key) ? part : adapt(part)];
      }),
    );
  };
  const nameOf = ($ref: string): string => {
    const known = names.get($ref);
    if (known !== undefined) return known;
    const name = String(names.size);
    names.set($ref, name);
    $defs[name] = adapt(references.resolve({ $ref }));
    return name;
  };
  const adapted = adapt(schema) as object;
  return names.size === 0 ? schema : { ...adapted, $defs };
}

function isNothing(schema: unknown): boolean {
  return isObject(schema) && Object.keys(schema).length === 0;
}
