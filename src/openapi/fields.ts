import type { Schema } from "./schema.ts";

/** The fields of an object schema. */
export interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: ReadonlySet<string>;
}

const NONE: Fields = { properties: {}, required: new Set() };

/**
 * The fields of a schema with all that it takes from others. Of a `oneOf`, the branch whose constants the value has, else
 * the first one with fields.
 */
export function fieldsOf(schema: Schema | undefined, value: object = {}): Fields {
  if (!schema) return NONE;
  const branches = (schema.oneOf ?? schema.anyOf ?? []) as Schema[];
  const branch =
    branches.find((one) => hasConstants(one, value)) ??
    branches.find((one) => Object.keys(fieldsOf(one).properties)[0]);
  const parts = [...((schema.allOf ?? []) as Schema[]), ...(branch ? [branch] : [])].map((part) =>
    fieldsOf(part, value),
  );
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties),
    required: new Set([...parts.flatMap(({ required }) => [...required]), ...(schema.required ?? [])]),
  };
}

/** Leaves out the fields that the schema does not know. */
export function project(item: object, schema: Schema | undefined): object {
  const { properties } = fieldsOf(schema, item);
  return Object.fromEntries(Object.entries(item).filter(([name, value]) => name in properties && value !== undefined));
}

/** True when null is among the values that the schema allows. */
export function isNullable({ type, oneOf = [], anyOf = [] }: Schema): boolean {
  if ((Array.isArray(type) ? type : [type]).includes("null")) return true;
  return ([...oneOf, ...anyOf] as Schema[]).some((branch) => branch.type === "null");
}

/** The type of a value that is not null. */
export function typeOf({ type }: Schema): string | undefined {
  return [type].flat().find((one) => one !== "null");
}

function hasConstants(branch: Schema, value: object): boolean {
  const constants = Object.entries(fieldsOf(branch).properties).filter(([, field]) => field.const !== undefined);
  return constants.length > 0 && constants.every(([name, field]) => (value as never)[name] === field.const);
}
