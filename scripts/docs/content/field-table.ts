import type { Document } from "../../generate/document.ts";
import { code, table } from "./cells.ts";
import { fieldOf, fieldsOf, flatten, type Nested, namedSchema, typeOf } from "./fields.ts";
import { examplesOf, type FieldSchema, type ParameterPart } from "./parts.ts";

/** The word for a field that is never missing: required in a request, always in a response. */
export type Presence = "Required" | "Always";

/** The fields of a body as blocks of Markdown, or a link to its schema. */
export function bodyTable(document: Document, schema: FieldSchema, nested: Nested, presence: Presence): string[] {
  const { type, name } = fieldOf(document, schema);
  if (nested === "linked" && name !== undefined) return [`Body: ${linkTo(document, name, type)}`];
  const lead = type.startsWith("array") ? [`Body: ${type}`] : [];
  return [...lead, ...fieldTable(document, schema, nested, presence)];
}

/** A row for every field of a schema. */
export function fieldTable(document: Document, schema: FieldSchema, nested: Nested, presence: Presence): string[] {
  const rows = fieldsOf(document, schema, nested).map(({ path, type, name, required, schema: value }) => [
    code(path),
    nested === "linked" && name !== undefined ? linkTo(document, name, type) : type,
    required ? presence.toLowerCase() : "",
    explain(document, value),
  ]);
  return table(["Field", "Type", presence, "Meaning"], rows);
}

function linkTo(document: Document, name: string, type: string): string {
  return `${type.startsWith("array") ? "array of " : ""}[${namedSchema(document, name).title}](#schema/${name})`;
}

/** A row for every parameter, or for every header of a response. */
export function parameterTable(document: Document, parameters: readonly ParameterPart[]): string[] {
  const rows = parameters.map((parameter) => {
    const { name, in: place, required, description = "", schema: type = {}, example } = parameter;
    const schema = flatten(document, type);
    const examples = [
      example,
      ...examplesOf(document, parameter).map(({ value }) => value),
      ...(schema.examples ?? []),
    ];
    const deprecated = parameter.deprecated === true || schema.deprecated === true;
    const shown = { ...schema, description, deprecated, examples: examples.filter((value) => value !== undefined) };
    return [code(name), place, typeOf(document, type), required ? "required" : "", explain(document, shown)];
  });
  return table(["Name", "In", "Type", "Required", "Meaning"], rows);
}

/** The description, and what values it allows. */
function explain(document: Document, schema: FieldSchema): string {
  const { description = "", default: byDefault, deprecated, readOnly, writeOnly, examples = [] } = schema;
  const notes = [
    deprecated ? "**Deprecated.**" : "",
    description.trim(),
    readOnly ? "Read-only." : "",
    writeOnly ? "Never in a response." : "",
    ...constraintsOf(schema),
    ...(schema.items ? constraintsOf(flatten(document, schema.items)).map((text) => `Each: ${text}`) : []),
    byDefault === undefined ? "" : `Default: ${code(byDefault)}.`,
    examples.length === 0 ? "" : `Example: ${code(examples[0])}.`,
  ];
  return notes.filter((note) => note !== "").join(" ");
}

function constraintsOf(schema: FieldSchema): string[] {
  const { enum: values, const: only, pattern } = schema;
  const constraints = [
    values ? `One of ${values.map(code).join(", ")}.` : "",
    only === undefined ? "" : `Always ${code(only)}.`,
    rangeOf(schema.minimum, schema.maximum, ""),
    rangeOf(schema.minLength, schema.maxLength, " character"),
    rangeOf(schema.minItems, schema.maxItems, " item"),
    pattern === undefined ? "" : `Pattern: ${code(pattern)}.`,
  ];
  return constraints.filter((text) => text !== "");
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  const amount = (count: number) => `${count}${unit}${unit === "" || count === 1 ? "" : "s"}`;
  if (least !== undefined && most !== undefined) return `${least} to ${amount(most)}.`;
  if (least !== undefined) return `At least ${amount(least)}.`;
  return most === undefined ? "" : `At most ${amount(most)}.`;
}
