import type { Document } from "../../generate/document.ts";
import { code, table } from "./cells.ts";
import { type Field, fieldsOf, flatten, type Nested, nameOf, typeOf } from "./fields.ts";
import { type Example, examplesOf, type FieldSchema, type ParameterPart } from "./parts.ts";

/** Returns the address of a named schema; undefined to list its fields in place. */
export type SchemaLink = ((name: string) => string) | undefined;

/** The word for a field that is never missing: required in a request, always in a response. */
export type Presence = "Required" | "Always";

/** The fields of a body as blocks of Markdown. */
export function bodyTable(document: Document, schema: FieldSchema, link: SchemaLink, presence: Presence): string[] {
  const name = nameOf(schema);
  if (name !== undefined && link) return [`Body: [${titleOf(document, name)}](${link(name)})`];
  const itemName = schema.items && nameOf(schema.items);
  if (itemName !== undefined && link) return [`Body: array of [${titleOf(document, itemName)}](${link(itemName)})`];
  const lead = flatten(document, schema).type === "array" ? [`Body: ${typeOf(document, schema)}`] : [];
  return [...lead, ...fieldTable(document, schema, link, presence)];
}

/** A row for every field of a schema. */
export function fieldTable(
  document: Document,
  schema: FieldSchema,
  link: SchemaLink,
  presence: Presence = "Always",
): string[] {
  const nested: Nested = link ? "linked" : "inline";
  const rows = fieldsOf(document, schema, nested).map((field) => [
    code(field.path),
    typeCell(document, field, link),
    field.required ? presence.toLowerCase() : "",
    explain(document, field.schema),
  ]);
  return table(["Field", "Type", presence, "Meaning"], rows);
}

/** A row for every parameter, or for every header of a response. */
export function parameterTable(document: Document, parameters: readonly ParameterPart[]): string[] {
  const rows = parameters.map((parameter) => {
    const schema = { ...flatten(document, parameter.schema ?? {}), description: parameter.description ?? "" };
    const examples = [parameter.example, ...examplesOf(document, parameter).map((example: Example) => example.value)];
    const [example] = examples.filter((value) => value !== undefined);
    const deprecated = parameter.deprecated === true || schema.deprecated === true;
    return [
      code(parameter.name),
      parameter.in,
      typeOf(document, parameter.schema ?? {}),
      parameter.required ? "required" : "",
      explain(document, { ...schema, deprecated, ...(example === undefined ? {} : { examples: [example] }) }),
    ];
  });
  return table(["Name", "In", "Type", "Required", "Meaning"], rows);
}

/** The title of a named schema. */
export function titleOf(document: Document, name: string): string {
  return flatten(document, { $ref: `#/components/schemas/${name}` }).title ?? name;
}

function typeCell(document: Document, { type, schemaName }: Field, link: SchemaLink): string {
  if (schemaName === undefined || !link) return type;
  const target = `[${titleOf(document, schemaName)}](${link(schemaName)})`;
  return type.startsWith("array") ? `array of ${target}` : target;
}

/** The description, and what values it allows. */
function explain(document: Document, schema: FieldSchema): string {
  const { description = "", default: byDefault, deprecated, readOnly, writeOnly, examples = [] } = schema;
  const notes = [
    ...(deprecated ? ["**Deprecated.**"] : []),
    description.trim(),
    ...(readOnly ? ["Read-only."] : []),
    ...(writeOnly ? ["Never in a response."] : []),
    ...constraintsOf(schema),
    ...(schema.items ? constraintsOf(flatten(document, schema.items)).map((text) => `Each: ${text}`) : []),
    ...(byDefault === undefined ? [] : [`Default: ${code(byDefault)}.`]),
    ...(examples.length === 0 ? [] : [`Example: ${code(examples[0])}.`]),
  ];
  return notes.filter((note) => note !== "").join(" ");
}

function constraintsOf(schema: FieldSchema): string[] {
  const { enum: values, const: only, minimum, maximum, pattern } = schema;
  return [
    ...(values ? [`One of ${values.map(code).join(", ")}.`] : []),
    ...(only === undefined ? [] : [`Always ${code(only)}.`]),
    ...rangeOf(minimum, maximum, ""),
    ...rangeOf(schema.minLength, schema.maxLength, "character"),
    ...rangeOf(schema.minItems, schema.maxItems, "item"),
    ...(pattern === undefined ? [] : [`Pattern: ${code(pattern)}.`]),
  ];
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string[] {
  const amount = (count: number) => (unit === "" ? `${count}` : `${count} ${unit}${count === 1 ? "" : "s"}`);
  if (least !== undefined && most !== undefined) return [`${least} to ${amount(most)}.`];
  if (least !== undefined) return [`At least ${amount(least)}.`];
  return most === undefined ? [] : [`At most ${amount(most)}.`];
}
