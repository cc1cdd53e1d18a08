import { hash } from "../../base/hash.ts";
import { timestamp } from "../clock.ts";
import type { Space } from "../space.ts";
import type { Item, Resource } from "./resource-table.ts";

/** The moment that the examples of the document were written for. */
const EXAMPLES_AT = Date.parse("2026-11-24T12:00:00Z");

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Fields that hold the id of a camera, of an item of this space, and of an Arrow client. */
const CAMERA = /^(camera|camera_id|cameras|camera_ids|allowed_cameras)$/;
const SHIFTED_FIELD = /^(notification_method|location_id|site)$/;
const ARROW_CLIENT = /^(arrow_client|allowed_arrow_clients)$/;

/**
 * The items of the document's examples as a space has them: with ids of its own, dates near its time, and references to
 * cameras that it has.
 */
export function seedItems({ examples, idName }: Resource, space: Space): Item[] {
  const seeds = new Map<unknown, Item>();
  for (const [index, example] of examples.entries()) {
    const key = example[idName] ?? index;
    if (!seeds.has(key)) seeds.set(key, adapt(example, idName, space) as Item);
  }
  return [...seeds.values()];
}

function adapt(value: unknown, name: string, space: Space): unknown {
  if (Array.isArray(value)) return value.map((part) => adapt(part, name, space)).filter((part) => part !== undefined);
  if (typeof value === "string") return adaptText(value, name, space);
  if (value === null || typeof value !== "object") {
    if (typeof value === "number" && name === "id") return value + space.offset;
    if (typeof value === "number" && /^(user|created_by)$/.test(name)) return space.userId;
    return ownReference(value, name, space);
  }
  const adapted = Object.fromEntries(Object.entries(value).map(([field, part]) => [field, adapt(part, field, space)]));
  if ("camera_name" in adapted) adapted.camera_name = space.cameras.get(adapted.camera_id as number)?.name;
  return Object.fromEntries(Object.entries(adapted).filter(([, part]) => part !== undefined));
}

/** A copy whose references lead to cameras and other things that this space has. */
export function withOwnReferences(example: Item, space: Space): Item {
  const entries = Object.entries(example).map(([name, value]) => [name, ownReference(value, name, space)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function ownReference<Value>(value: Value, name: string, space: Space): Value | number | string | undefined {
  if (ARROW_CLIENT.test(name) && typeof value === "string") return [...space.arrowClients][0]?.uuid ?? value;
  if (typeof value !== "number") return value;
  if (SHIFTED_FIELD.test(name)) return value + space.offset;
  return CAMERA.test(name) ? [...space.cameras][value % Math.max(space.cameras.count, 1)]?.id : value;
}

function adaptText(value: string, name: string, space: Space): string {
  if (DATE_TIME.test(value)) return timestamp(Date.parse(value) + space.clock.now() - EXAMPLES_AT);
  if (ARROW_CLIENT.test(name)) return ownReference(value, name, space) as string;
  if (space.offset === 0) return value;
  if (name === "id" || name === "uuid") return own(value, space.offset);
  return name === "hash" || (name === "email" && value.includes("@events.")) ? own(value, space.offset) : value;
}

/** The text with its first digits and letters, at most 8, changed for one space. */
function own(value: string, offset: number): string {
  const other = hash(value, offset).toString(16).padStart(8, "0");
  const length = value.search(/[^\da-z]|$/i);
  return other.slice(0, length) + value.slice(Math.min(length, 8));
}
