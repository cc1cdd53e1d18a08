import { suggestion } from "../base/nearest-name.ts";
import { refusalsOf } from "./assertions.ts";
import { isSecret, shown, shownName } from "./format-value.ts";
import type { Inspection, Spot } from "./inspection.ts";
import { partsOf, type Schema, type SchemaPart } from "./schema.ts";
import { meantBranch } from "./select-branch.ts";

/**
 * Holds a value to its schema and notes what is wrong, each thing at its own place. The structure is walked here, so that
 * unknown fields are seen across `allOf` and a `oneOf` is explained by one branch; values are judged by the library.
 *
 * @param label The name of the schema for coverage, if it has none of its own.
 */
export function inspect(schema: Schema, label: string, value: unknown, spot: Spot, inspection: Inspection): void {
  const parts = applicable(schema, label, value, spot, inspection);
  const isCredential = parts.some(({ schema: part }) => isSecret(part));
  if (isCredential && typeof value === "string") inspection.secrets.add(value);
  for (const { schema: part } of parts) {
    for (const { kind, text } of refusalsOf(value, part)) {
      const isNew = kind === "enum" && part.enum?.some((member) => typeof member === typeof value);
      const severity = isNew ? inspection.severityOfNew : "error";
      inspection.note({ severity, kind, ...spot, text, value: shown(value, isCredential) });
    }
  }
  if (Array.isArray(value)) inspectItems(parts, value, spot, inspection);
  else if (typeof value === "object" && value !== null) {
    inspectFields(parts, value as Readonly<Record<string, unknown>>, spot, inspection);
  }
}

/** All schemas that hold for the value at once: the schema, what it includes, and the branches that were meant. */
function applicable(schema: Schema, label: string, value: unknown, spot: Spot, inspection: Inspection): SchemaPart[] {
  return partsOf(schema, label, inspection.references).flatMap((part) => {
    const { oneOf, anyOf } = part.schema;
    const meant = [
      ...(oneOf ? [meantBranch(oneOf, true, value, part.label, spot, inspection)] : []),
      ...(anyOf ? [meantBranch(anyOf, false, value, part.label, spot, inspection)] : []),
    ];
    const branches = meant.flatMap((branch) =>
      branch ? applicable(branch.schema, branch.label, value, spot, inspection) : [],
    );
    return [{ ...part, isOpen: meant.includes(undefined) }, ...branches];
  });
}

function inspectItems(
  parts: readonly SchemaPart[],
  items: readonly unknown[],
  spot: Spot,
  inspection: Inspection,
): void {
  for (const { schema, label } of parts) {
    if (!schema.items) continue;
    for (const [index, item] of items.entries()) {
      inspect(schema.items, `${label}[]`, item, within(spot, String(index)), inspection);
    }
  }
}

function inspectFields(
  parts: readonly SchemaPart[],
  fields: Readonly<Record<string, unknown>>,
  spot: Spot,
  inspection: Inspection,
): void {
  for (const { schema } of parts) noteMissing(schema, parts, fields, spot, inspection);
  for (const [name, value] of Object.entries(fields)) {
    const owners = parts.flatMap((part) => {
      const { properties = {} } = part.schema;
      return Object.hasOwn(properties, name) ? [{ ...part, property: properties[name] as Schema }] : [];
    });
    for (const { property, label } of owners) {
      inspection.seen.add(`${label}.${name}`);
      const place = within(spot, name);
      noteDirection(property, value, place, inspection);
      inspect(property, `${label}.${name}`, value, place, inspection);
    }
    if (owners.length === 0) inspectOther(name, value, parts, spot, inspection);
  }
}

/** A field without a schema of its own. */
function inspectOther(
  name: string,
  value: unknown,
  parts: readonly SchemaPart[],
  spot: Spot,
  inspection: Inspection,
): void {
  const matching = parts.flatMap(({ schema: { patternProperties = {} }, label }) =>
    Object.entries(patternProperties)
      .filter(([pattern]) => new RegExp(pattern, "u").test(name))
      .map(([, schema]) => ({ schema, label })),
  );
  const additional = parts.flatMap(({ schema: { additionalProperties }, label }) =>
    typeof additionalProperties === "object" ? [{ schema: additionalProperties, label: `${label}{}` }] : [],
  );
  const schemas = matching.length > 0 ? matching : additional;
  for (const { schema, label } of schemas) inspect(schema, label, value, within(spot, name), inspection);
  if (schemas.length > 0) return;
  // Nobody knows what it is, so its name decides whether it must not be shown elsewhere.
  if (typeof value === "string" && inspection.references.isSecretName(name)) inspection.secrets.add(value);
  if (!isOpen(parts)) noteUnknown(name, value, parts, spot, inspection);
}

/** True when the schemas say nothing of fields, or that there may be any. */
function isOpen(parts: readonly SchemaPart[]): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties === true)) return true;
  if (parts.some((part) => part.isOpen)) return true;
  return parts.every(({ schema }) => !schema.properties && schema.additionalProperties === undefined);
}

function noteUnknown(
  name: string,
  value: unknown,
  parts: readonly SchemaPart[],
  spot: Spot,
  inspection: Inspection,
): void {
  const known = parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {}));
  const isForbidden = parts.some(({ schema }) => schema.additionalProperties === false);
  inspection.note({
    severity: isForbidden ? "error" : inspection.severityOfNew,
    kind: "unknown",
    ...within(spot, shownName(name)),
    text: "is not in the document",
    value: inspection.showUnknown(name, value, known),
    hint: suggestion(name, known),
  });
}

function noteMissing(
  { required = [] }: Schema,
  parts: readonly SchemaPart[],
  fields: Readonly<Record<string, unknown>>,
  spot: Spot,
  inspection: Inspection,
): void {
  for (const name of required) {
    if (Object.hasOwn(fields, name)) continue;
    const properties = parts.flatMap(({ schema }) => schema.properties?.[name] ?? []);
    const isForOther = properties.some((one) => isOfOtherSide(one, inspection));
    if (!isForOther) inspection.note({ kind: "missing", ...within(spot, name), text: "is missing" });
  }
}

function noteDirection(property: Schema, value: unknown, spot: Spot, inspection: Inspection): void {
  if (!isOfOtherSide(property, inspection)) return;
  const sender = inspection.side === "request" ? "the server" : "the client";
  const schema = inspection.references.resolve(property);
  inspection.noteValue("direction", spot, `may be sent by ${sender} only`, value, schema);
}

function isOfOtherSide(property: Schema, { side, references }: Inspection): boolean {
  return partsOf(property, "", references).some(({ schema }) =>
    side === "request" ? schema.readOnly : schema.writeOnly,
  );
}

/** The place of a field or an item. */
function within({ in: place, pointer }: Spot, key: string): Spot {
  return { in: place, pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` };
}
