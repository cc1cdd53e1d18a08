import type { Random } from "../../base/random.ts";
import { type Fields, fieldsOf, isNullable, typeOf } from "../../openapi/fields.ts";
import type { Schema } from "../../openapi/schema.ts";
import { timestamp } from "../clock.ts";
import type { Space } from "../space.ts";
import type { Item, Resource } from "./resource-table.ts";
import { withOwnReferences } from "./seed-items.ts";

/**
 * Makes an item: given fields as they are, its id among them, fields that a client can set by their defaults, and the rest
 * as Angelcam makes it: the time, secrets, counters from their minimum.
 */
export function makeItem(resource: Resource, given: Item, space: Space, random: Random): Item {
  const { properties, required } = fieldsOf(resource.schema, given);
  const settable = fieldsOf(resource.input, given).properties;
  const example = withOwnReferences(exampleFor(resource, given), space);
  const isKept = (name: string) => isReadAsWritten(name, properties, settable);
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => isKept(name)));
  const made = Object.entries(properties).map(([name, field]) => {
    if (name in kept) return [name, kept[name]];
    const value =
      settable[name] && isKept(name)
        ? defaultOf({ ...settable[name], ...field }, example[name], required.has(name))
        : madeUp([name, field], example, given, space, random);
    return [name, structuredClone(value)];
  });
  return { ...Object.fromEntries(made.filter(([, value]) => value !== undefined)), ...kept };
}

/** Changes an item in place and recomputes the fields that Angelcam derives from the changed ones. */
export function remakeItem(resource: Resource, item: Item, changes: Item, now: number): void {
  const { properties } = fieldsOf(resource.schema, { ...item, ...changes });
  const settable = fieldsOf(resource.input, changes).properties;
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete item[name];
    else if (isReadAsWritten(name, properties, settable)) item[name] = value;
  }
  if ("updated_at" in properties) item.updated_at = timestamp(now);
}

/** False for a field that reads otherwise than it is written, such as a sound that becomes a link: its reading is made up. */
function isReadAsWritten(name: string, properties: Fields["properties"], settable: Fields["properties"]): boolean {
  const [read, written] = [properties[name], settable[name]];
  return !read || !written || (read.format === written.format && typeOf(read) === typeOf(written));
}

/** An example of the kind that was given: of a `oneOf`, one of the same branch. */
function exampleFor({ schema, examples }: Resource, given: Item): Item {
  const constants = Object.entries(fieldsOf(schema, given).properties).filter(([, field]) => field.const !== undefined);
  return examples.find((one) => constants.every(([name, field]) => one[name] === field.const)) ?? examples[0] ?? {};
}

/** The default of a field that a client could have set, and did not. */
function defaultOf(field: Schema, example: unknown, isRequired: boolean): unknown {
  if (field.default !== undefined) return field.default;
  if (isNullable(field)) return null;
  const type = typeOf(field);
  // A switch or a choice keeps the example's value; a text of the example would belong to another item.
  if (type === "boolean" || type === "object" || field.enum) return example ?? field.enum?.[0];
  if (type === "array") return [];
  if (!isRequired) return undefined;
  return type === "string" && !field.format ? "" : example;
}

/** The value that Angelcam sets for a read-only field. */
function madeUp([name, field]: [string, Schema], example: Item, given: Item, space: Space, random: Random): unknown {
  if (field.format === "date-time") return isNullable(field) ? null : timestamp(space.clock.now());
  if (isNullable(field)) return null;
  if (field.format === "uuid") return random.uuid();
  const value = example[name];
  if (name === "user" || name === "created_by") return space.userId;
  if (typeOf(field) === "integer" && /count/.test(name)) return field.minimum ?? 0;
  if (typeof value !== "string" || field.enum) return value;
  if (field.format === "uri") {
    const linked = value.replace(String(example.id), String(given.id));
    return typeof given.name === "string" ? linked.replace(slug(String(example.name)), slug(given.name)) : linked;
  }
  // A hash, a key or an address that contains one must be unique.
  return /\d/.test(value) && !/\s/.test(value) ? scrambled(value, random) : value;
}

/** Other letters and digits of the same form, up to the `@` of an e-mail address. */
function scrambled(text: string, random: Random): string {
  const [secret = "", ...rest] = text.split("@");
  const other = secret.replaceAll(/[a-z0-9]/gi, () => random.hexadecimal(1));
  return [other, ...rest].join("@");
}

function slug(name: string): string {
  return encodeURIComponent(name.toLowerCase().replaceAll(/\s+/g, "-"));
}
