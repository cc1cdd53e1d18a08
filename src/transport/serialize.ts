import type { Operation } from "../operation.ts";

/** A query string: lists joined with commas, dates in UTC, nothing for what is undefined or null. */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const name in query) {
    const value = query[name];
    if (value === undefined || value === null) continue;
    const texts = Array.isArray(value) ? value.map(asText) : [asText(value)];
    if (texts.length > 0) parts.push(`${name}=${texts.map(encodeURIComponent).join(",")}`);
  }
  return parts.join("&");
}

/** A body in the encoding that the spec names for it. */
export function serializeBody(contentType: Operation["contentType"], body: unknown): string {
  if (contentType !== "application/x-www-form-urlencoded") return JSON.stringify(body);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body as object)) {
    if (value !== undefined && value !== null) form.set(name, asText(value));
  }
  return form.toString();
}

function asText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
