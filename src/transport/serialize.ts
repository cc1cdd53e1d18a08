import type { Operation } from "../client/operation.ts";

/** A query with its question mark: lists joined with commas, dates in UTC, nothing for what is undefined or null. */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = entriesOf(query).map(
    ([name, value]) => `${name}=${[value].flat().map(toText).map(encodeURIComponent).join(",")}`,
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** A body in the encoding that the spec names for it. */
export function serializeBody(contentType: Operation["contentType"], body: unknown): string {
  if (contentType !== "application/x-www-form-urlencoded") return JSON.stringify(body);
  return `${new URLSearchParams(entriesOf(body as object).map(([name, value]) => [name, toText(value)]))}`;
}

function entriesOf(values: object): [name: string, value: unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

function toText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
