import { isId } from "../base/is-id.ts";
import { isObject } from "../base/is-object.ts";
import { parseTime } from "../base/time.ts";
import { quote, type RespondingOperation, unexpectedContent, unexpectedShape } from "../errors/unexpected-shape.ts";

// Readers for the fields of responses that helpers use: a response may hold anything, whatever its type says.

/** A field of a response: the operation that it came from, and where it is. */
export interface FieldLocation {
  readonly operation: RespondingOperation;
  /** The path to the object that has the field, as `segments[0]`; empty for the response itself. */
  readonly path: string;
}

/** The location of the response of an operation. */
export function locationOf(operationId: string): FieldLocation {
  return { operation: { id: operationId }, path: "" };
}

/** The location of an item or an object within another location: `within(location, "segments", 0)` is `segments[0]`. */
export function within({ operation, path }: FieldLocation, name: string, index?: number): FieldLocation {
  const inner = path === "" ? name : `${path}.${name}`;
  return { operation, path: index === undefined ? inner : `${inner}[${index}]` };
}

/** @throws UnexpectedResponseError naming the operation and the field, as all readers do. */
export function readObject({ operation, path }: FieldLocation, value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value as Record<string, unknown>;
  throw unexpectedShape(operation, path, "an object", value);
}

export function readArray(location: FieldLocation, value: unknown, name: string): readonly unknown[] {
  const field = readObject(location, value)[name];
  if (Array.isArray(field)) return field;
  throw unexpectedShape(location.operation, within(location, name).path, "an array", field);
}

/** A non-empty string. */
export function readString(location: FieldLocation, value: unknown, name: string): string {
  const field = readObject(location, value)[name];
  if (typeof field === "string" && field !== "") return field;
  throw unexpectedShape(location.operation, within(location, name).path, "a non-empty string", field);
}

/** A string that can be part of a path: an id. */
export function readId(location: FieldLocation, value: unknown, name: string): string {
  const id = readString(location, value, name);
  if (isId(id)) return id;
  throw unexpectedContent(location.operation, `${within(location, name).path} must be an id, got ${quote(id)}`);
}

/** A non-empty string; undefined where the field is missing, null or empty. */
export function readOptionalString(location: FieldLocation, value: unknown, name: string): string | undefined {
  const field = readObject(location, value)[name];
  if (field === undefined || field === null || field === "") return undefined;
  return readString(location, value, name);
}

/** An id; undefined where the field is missing, null or empty. */
export function readOptionalId(location: FieldLocation, value: unknown, name: string): string | undefined {
  return readOptionalString(location, value, name) === undefined ? undefined : readId(location, value, name);
}

/** A date with its time zone, in milliseconds since 1970 (UTC). */
export function readTime(location: FieldLocation, value: unknown, name: string): number {
  const field = readObject(location, value)[name];
  const time = typeof field === "string" ? parseTime(field) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  const expected = "must be a date with its time zone, as 2026-11-24T08:00:00Z";
  throw unexpectedContent(location.operation, `${within(location, name).path} ${expected}, got ${quote(field)}`);
}
