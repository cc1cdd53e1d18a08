import type { Document, Schema } from "./document.ts";
import { resolve } from "./document.ts";

/**
 * The string enums that responses use. The API may add a value to them, so their types stay open; the enums of requests
 * alone stay closed, so that a misspelt value does not compile.
 */
export function readOpenEnums(document: Document): ReadonlySet<unknown> {
  const enums = new Set<unknown>();
  const visited = new Set<object>();
  const visit = (part: object | undefined): void => {
    if (!part) return;
    const schema: Schema = resolve(document, part);
    if (visited.has(schema)) return;
    visited.add(schema);
    // One string is a tag that tells alternatives apart, not a list that may grow.
    const strings = schema.enum?.filter((value) => typeof value === "string") ?? [];
    if (strings.length > 1) enums.add(schema);
    const { properties = {}, items, allOf = [], oneOf = [], anyOf = [] } = schema;
    for (const child of [...Object.values(properties), items, ...allOf, ...oneOf, ...anyOf]) visit(child);
  };
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of ["get", "put", "post", "delete"] as const) {
      for (const response of Object.values(item[method]?.responses ?? {})) {
        for (const { schema } of Object.values(resolve(document, response).content ?? {})) visit(schema);
      }
    }
  }
  return enums;
}
