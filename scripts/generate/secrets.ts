import type { Document, Schema } from "./document.ts";

/**
 * The names of all fields that hold a credential: those of format `password`, anywhere in the document.
 * The client removes their values from logs, errors and events.
 */
export function readSecretNames(document: Document): string[] {
  const names = new Set<string>();
  collect(document, names);
  return [...names].sort();
}

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== "object" || part === null) return;
  const { properties } = part as Schema;
  if (typeof properties === "object" && properties !== null) {
    for (const [name, schema] of Object.entries(properties)) {
      if (schema?.format === "password") names.add(name);
    }
  }
  for (const child of Object.values(part)) collect(child, names);
}
