import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import type { OperationRules, Parameter } from "./contract.ts";
import type { Problems } from "./responses.ts";

/** Values that passed, or what is wrong with them. */
export type Checked = { readonly values: Readonly<Record<string, unknown>> } | { readonly problems: Problems };

/** Reads parameters by the schemas of the document. Unknown ones are ignored, as servers do. */
export function checkParameters(
  parameters: readonly Parameter[],
  textOf: (name: string) => string | undefined,
): Checked {
  const values: Record<string, unknown> = {};
  const problems: Record<string, string[]> = {};
  for (const { name, required, schema } of parameters) {
    const text = textOf(name);
    if (text === undefined) {
      if (required) problems[name] = ["This field is required."];
      else if (schema.default !== undefined) values[name] = schema.default;
      continue;
    }
    values[name] = valueIn(text, schema);
    const errors = problemsOf(values[name], schema);
    if (errors.length > 0) problems[name] = errors;
  }
  return Object.keys(problems).length > 0 ? { problems } : { values };
}

/** Reads a JSON body by the schema of the document. Unknown fields are ignored, as servers do. */
export function checkBody(
  text: string,
  { body, bodyRequired }: Pick<OperationRules, "body" | "bodyRequired">,
): { readonly value: unknown } | { readonly problems: Problems | string } {
  if (text === "" && !bodyRequired) return { value: undefined };
  const value = parse(text);
  if (!body || value === null || typeof value !== "object") return { problems: "The body cannot be read." };
  const problems: Record<string, string[]> = {};
  for (const name of requiredIn(body)) if (!(name in value)) problems[name] = ["This field is required."];
  const schemas = propertiesIn(body);
  for (const [name, part] of Object.entries(value)) {
    const errors = name in schemas ? problemsOf(part, schemas[name] as Schema) : [];
    if (errors.length > 0) problems[name] = errors;
  }
  if (Object.keys(problems).length > 0) return { problems };
  return fits(value, body) ? { value } : { problems: "The body is not what the operation takes." };
}

/** True when the value fits the schema of the document. */
export function fits(value: unknown, schema: Schema | boolean | undefined): boolean {
  return new Validator(schema ?? false, "2020-12").validate(value).valid;
}

/** The value that a text stands for; the text itself where it stands for none, so that the schema refuses it. */
function valueIn(text: string, schema: Schema): unknown {
  if (schema.type === "array") return text.split(",").map((part) => valueIn(part, schema.items as Schema));
  if (schema.type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (schema.type === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requiredIn({ required = [], allOf = [] }: Schema): string[] {
  return [...required, ...allOf.flatMap(requiredIn)];
}

/** The schemas of the fields; what stands in the schema itself goes before what it has from others. */
function propertiesIn({ properties = {}, allOf = [] }: Schema): Readonly<Record<string, Schema | boolean>> {
  return Object.assign({}, ...allOf.map(propertiesIn), properties);
}

function problemsOf(value: unknown, schema: Schema): string[] {
  const { errors } = new Validator(schema, "2020-12", false).validate(value);
  // An error about the parts of a list comes twice: for the list and for the part. The part says what it is.
  return [...new Set(errors.filter(({ keyword }) => keyword !== "items").map((error) => sentence(error, schema)))];
}

function sentence({ keyword, keywordLocation, error }: OutputUnit, schema: Schema): string {
  const wanted = keywordLocation
    .split("/")
    .slice(1)
    .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], schema);
  if (keyword === "minimum") return `Ensure this value is greater than or equal to ${wanted}.`;
  if (keyword === "maximum") return `Ensure this value is less than or equal to ${wanted}.`;
  if (keyword === "type") return wanted === "string" ? "A valid text is required." : `A valid ${wanted} is required.`;
  if (keyword === "enum" || keyword === "const") return "This is not one of the valid choices.";
  if (keyword === "minLength" || keyword === "minItems") return "This field may not be blank.";
  if (keyword === "format")
    return wanted === "date-time" ? "A date and time in UTC is required." : `A valid ${wanted} is required.`;
  return error;
}
