import { type Document, resolve, type Schema } from "../../generate/document.ts";
import type { QueryPair } from "./read-address.ts";
import type { ReadBody } from "./read-body.ts";
import type { Rules } from "./rules.ts";
import { meantBranch } from "./select-branch.ts";
import type { Violation } from "./validation-error.ts";

// Servers ignore a name that they do not know, and Prism does so too. So a slip of the pen, `?limt=5`, changes nothing
// and is found by nobody. A mock that shall find it must refuse it.

/** Query parameters that the document does not know for the operation, that come twice, or that are empty. */
export function queryViolations(
  document: Document,
  query: readonly QueryPair[],
  { parameters, linkNames }: Rules,
): Violation[] {
  const declared = new Map(parameters.filter((one) => one.in === "query").map((one) => [one.name, one.schema ?? {}]));
  const known = new Set([...linkNames, ...declared.keys()]);
  const seen = new Set<string>();
  return query.flatMap(({ name, value }) => {
    const isTwice = seen.has(name);
    seen.add(name);
    if (!known.has(name)) return violation(["query", name], "unknown", unknown("parameter", name, known));
    if (isTwice) return violation(["query", name], "twice", "This parameter was sent twice.");
    // Prism takes an empty value for none at all.
    const isBlank = value === "" && !allowsEmpty(document, declared.get(name));
    return isBlank ? violation(["query", name], "minLength", "This parameter may not be blank.") : [];
  });
}

function allowsEmpty(document: Document, reference: Schema = {}): boolean {
  const { type, format, minLength, ...rest } = resolve(document, reference) as Schema & { minLength?: number };
  return type === "string" && !format && !minLength && !("pattern" in rest) && !("enum" in rest);
}

/** Fields of a body that the document does not know for the operation, however deep. */
export function bodyViolations(document: Document, body: ReadBody | undefined, { body: rules }: Rules): Violation[] {
  return body ? unknownFields(document, body.value, rules?.schema ?? { properties: {} }, ["body"]) : [];
}

function unknownFields(document: Document, value: unknown, schema: Schema, place: readonly string[]): Violation[] {
  if (Array.isArray(value)) {
    const { items } = resolve(document, schema);
    return items ? value.flatMap((part, index) => unknownFields(document, part, items, [...place, String(index)])) : [];
  }
  const fields = fieldsOf(document, schema, value);
  if (value === null || typeof value !== "object" || !fields) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const known = fields.get(name);
    if (!known) return violation([...place, name], "unknown", unknown("field", name, fields.keys()));
    return unknownFields(document, part, known, [...place, name]);
  });
}

/** The fields that a schema knows; undefined for one that lets any pass. */
function fieldsOf(document: Document, reference: Schema, value: unknown): Map<string, Schema> | undefined {
  const schema = resolve(document, reference) as Schema & { additionalProperties?: unknown };
  if (schema.additionalProperties) return undefined;
  const meant = meantBranch(document, schema, value);
  const parts = [...(schema.allOf ?? []), ...(meant ? [meant] : (schema.oneOf ?? schema.anyOf ?? []))];
  const inherited = parts.map((part) => fieldsOf(document, part, value));
  const own = Object.entries(schema.properties ?? {});
  if (parts.length === 0 && !schema.properties) return undefined;
  return new Map([...inherited.flatMap((fields) => [...(fields ?? [])]), ...own]);
}

function violation(place: readonly string[], code: string, message: string): [Violation] {
  return [{ location: ["request", ...place], severity: "Error", code, message }];
}

function unknown(what: string, name: string, known: Iterable<string>): string {
  const nearest = [...known].find((candidate) => isNear(name, candidate));
  return `The document knows no such ${what}.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`;
}

/** True for names that differ in one letter, in the order of two, or in case. */
function isNear(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  if (first === second || Math.abs(first.length - second.length) > 1) return first === second;
  let head = 0;
  while (head < Math.min(first.length, second.length) && first[head] === second[head]) head++;
  const [restOfFirst, restOfSecond] = [first.slice(head), second.slice(head)];
  const swapped = `${restOfFirst[1] ?? ""}${restOfFirst[0] ?? ""}${restOfFirst.slice(2)}`;
  return (
    restOfFirst.slice(1) === restOfSecond.slice(1) ||
    restOfFirst === restOfSecond.slice(1) ||
    restOfFirst.slice(1) === restOfSecond ||
    swapped === restOfSecond
  );
}
