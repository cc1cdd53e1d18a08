import type { Schema } from "../spec/document.ts";
import { type FullSchema, fieldsOf, fullSchema, type Sender, typesIn } from "./schema-values.ts";

/** The kind of mutation. */
export type Fault =
  | "missing"
  | "unknown"
  | "wrong type"
  | "out of range"
  | "not in the enum"
  | "wrong format"
  | "not by the pattern"
  | "empty"
  | "missing slash"
  | "wrong content type"
  | "broken JSON";

/** A value that a schema rejects. */
export interface WrongValue {
  readonly fault: Fault;
  readonly value: unknown;
}

/** A value with one thing wrong in it. */
export interface Damage {
  readonly fault: Fault;
  /** JSON pointer to what is wrong. */
  readonly pointer: string;
  /** The whole value, with the damage. */
  readonly value: unknown;
}

/** The name of a field and a parameter that no schema has. */
export const UNKNOWN_NAME = "no_such_name";

/** A text that is no number, no date, no address and no member of anything. */
const NONSENSE = "not a value";

/**
 * The values that a schema rejects, one for each of its keywords.
 *
 * @param isText True where everything is written as text, as in a query: then a number can be a text, and a text is
 *   never of the wrong type.
 */
export function wrongValues(reference: Schema, isText: boolean): WrongValue[] {
  const schema = fullSchema(reference);
  if (schema.oneOf) return [];
  const wrong: WrongValue[] = [...wrongTypes(schema, isText), ...outOfRange(schema), ...outOfSet(schema)];
  const { format = "", pattern, minLength = 0, minItems = 0, minProperties = 0 } = schema;
  const add = (fault: Fault, value: unknown) => wrong.push({ fault, value });
  if (FORMATS.has(format)) add("wrong format", NONSENSE);
  if (pattern !== undefined) add("not by the pattern", NONSENSE);
  if (minLength > 0 && pattern === undefined) add("empty", "");
  if (minItems > 0) add("empty", []);
  if (minProperties > 0) add("empty", {});
  return wrong;
}

/** Every single damage of a value: at each of its places, each thing that its schema rejects. */
export function damagesOf(reference: Schema, value: unknown, sender: Sender, isText = false): Damage[] {
  return damagesAt(reference, value, "", { sender, isText });
}

interface Circumstances {
  readonly sender: Sender;
  readonly isText: boolean;
}

function damagesAt(reference: Schema, value: unknown, pointer: string, at: Circumstances): Damage[] {
  const whole = fullSchema(reference);
  const schema = branchOf(whole, value);
  // The fields of a form are texts, and the form itself is nothing else.
  const own =
    at.isText && pointer === ""
      ? []
      : wrongValues(schema, at.isText).filter(({ value: wrong }) => !suitsAlternative(whole, schema, wrong));
  const damages: Damage[] = own.map(({ fault, value: wrong }) => ({ fault, pointer, value: wrong }));
  if (Array.isArray(value)) return [...damages, ...damagedItems(schema, value, pointer, at)];
  if (typeof value === "object" && value !== null && schema.properties) {
    damages.push(...damagedFields(schema, value as Record<string, unknown>, pointer, at));
  }
  return damages;
}

/** The first item will do: the others are like it. */
function damagedItems(
  { items = {} }: FullSchema,
  value: readonly unknown[],
  pointer: string,
  at: Circumstances,
): Damage[] {
  if (value.length === 0) return [];
  return damagesAt(items, value[0], `${pointer}/0`, at).map((damage) => ({
    ...damage,
    value: value.with(0, damage.value),
  }));
}

function damagedFields(
  schema: FullSchema,
  value: Readonly<Record<string, unknown>>,
  pointer: string,
  at: Circumstances,
): Damage[] {
  const fields = fieldsOf(schema, at.sender);
  const missing = (schema.required ?? [])
    .filter((name) => fields.some(([field]) => field === name))
    .map((name): Damage => {
      const { [name]: _, ...rest } = value;
      return { fault: "missing", pointer: `${pointer}/${name}`, value: rest };
    });
  const unknown: Damage = {
    fault: "unknown",
    pointer: `${pointer}/${UNKNOWN_NAME}`,
    value: { ...value, [UNKNOWN_NAME]: 1 },
  };
  const wrong = fields.flatMap(([name, field]) =>
    // An absent field can still be added with a wrong value.
    damagesAt(field, value[name], `${pointer}/${name}`, at).map((damage) => ({
      ...damage,
      value: { ...value, [name]: damage.value },
    })),
  );
  return [...missing, unknown, ...wrong];
}

/** The alternative that a value was made from: the one with the same constant, or of the same type. */
function branchOf(schema: FullSchema, value: unknown): FullSchema {
  if (!schema.oneOf) return schema;
  const branches = schema.oneOf.map(fullSchema);
  const fitting = branches.filter((branch) => {
    const constants = Object.entries(branch.properties ?? {}).flatMap(([name, field]) => {
      const { const: constant } = fullSchema(field);
      return constant === undefined ? [] : [[name, constant] as const];
    });
    return constants.length > 0
      ? constants.every(([name, constant]) => (value as Record<string, unknown> | undefined)?.[name] === constant)
      : typesIn(branch).includes(typeOf(value));
  });
  return fitting[0] ?? schema;
}

/** True for a value of a type that belongs to another alternative. */
function suitsAlternative({ oneOf = [] }: FullSchema, branch: FullSchema, value: unknown): boolean {
  const others = oneOf
    .map(fullSchema)
    .filter((other) => !typesIn(other).every((type) => typesIn(branch).includes(type)));
  return others.some((other) => typesIn(other).includes(typeOf(value)));
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function wrongTypes(schema: FullSchema, isText: boolean): WrongValue[] {
  const types = typesIn(schema);
  const allows = (type: string) => types.includes(type);
  const wrong: unknown[] = [];
  if (isText) {
    if (allows("integer") || allows("number") || allows("boolean")) wrong.push(NONSENSE);
    if (allows("integer")) wrong.push(1.5);
    return wrong.map((value) => ({ fault: "wrong type", value }));
  }
  if (!allows("string")) wrong.push("1");
  else if (!allows("integer") && !allows("number")) wrong.push(1);
  if (allows("integer") && !allows("number")) wrong.push(1.5);
  if (!allows("null")) wrong.push(null);
  if (!allows("array")) wrong.push([]);
  return wrong.map((value) => ({ fault: "wrong type", value }));
}

function outOfRange({ minimum, maximum }: FullSchema): WrongValue[] {
  const wrong = [...(minimum === undefined ? [] : [minimum - 1]), ...(maximum === undefined ? [] : [maximum + 1])];
  return wrong.map((value) => ({ fault: "out of range", value }));
}

function outOfSet(schema: FullSchema): WrongValue[] {
  const members = schema.const === undefined ? schema.enum : [schema.const];
  if (!members) return [];
  const isNumeric = members.every((member) => typeof member === "number");
  return [{ fault: "not in the enum", value: isNumeric ? Math.max(...(members as number[])) + 1 : NONSENSE }];
}

/** The formats that assert something; `password` and `float` do not. */
const FORMATS: ReadonlySet<string> = new Set([
  "date-time",
  "uri",
  "uri-reference",
  "email",
  "uuid",
  "duration",
  "decimal",
]);
