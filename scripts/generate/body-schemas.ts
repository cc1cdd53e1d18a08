import type { Document } from "./document.ts";

/** The names of the schemas that are in the body of a request, and in no response or webhook. */
export function schemasOfBodiesAlone(document: Document): ReadonlySet<string> {
  const operations = Object.values(document.paths ?? {}).flatMap((item) => Object.values(item));
  const bodies = operations.map((operation) => Object(operation).requestBody);
  const others = operations.map((operation) => Object(operation).responses);
  const received = schemasIn([...others, document.webhooks], document);
  return new Set([...schemasIn(bodies, document)].filter((name) => !received.has(name)));
}

/** The names of the schemas that a part of the document refers to, directly or by way of other components. */
function schemasIn(part: unknown, document: Document): Set<string> {
  const references = new Set<string>();
  collectReferences(part, document, references);
  return new Set([...references].flatMap((reference) => reference.match(/^#\/components\/schemas\/(.+)$/)?.[1] ?? []));
}

function collectReferences(part: unknown, document: Document, found: Set<string>): void {
  for (const [name, value] of Object.entries(Object(part))) {
    if (typeof value === "object") collectReferences(value, document, found);
    else if (name === "$ref" && typeof value === "string" && !found.has(value)) {
      found.add(value);
      const [, , section = "", component = ""] = value.split("/");
      collectReferences(document.components?.[section]?.[component], document, found);
    }
  }
}
