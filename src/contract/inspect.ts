import { appendPointer } from "../base/json-pointer.ts";
import { suggestion } from "../base/nearest-name.ts";
import { partsOf, type Schema, type SchemaPart } from "../openapi/schema.ts";
import { isSecret } from "../openapi/secrets.ts";
import { validate } from "./assertions.ts";
import { formatName, formatValue } from "./format-value.ts";
import type { Inspection, Location } from "./inspection.ts";
import { selectBranch } from "./select-branch.ts";

/**
 * Checks a value against its schema and notes each issue at its own location. The structure is walked here, so that
 * unknown fields are found across `allOf` and a `oneOf` is explained by one branch; the library validates single values.
 *
 * @param label The name of the schema for coverage, if it has none of its own.
 */
export function inspect(
  schema: Schema,
  label: string,
  value: unknown,
  location: Location,
  inspection: Inspection,
): void {
  const parts = applicable(schema, label, value, location, inspection);
  const isCredential = parts.some(({ schema: part }) => isSecret(part));
  if (isCredential && typeof value === "string") inspection.secrets.add(value);
  for (const { schema: part } of parts) {
    for (const { kind, text } of validate(value, part, inspection.references)) {
      const isNew = kind === "enum" && part.enum?.some((member) => typeof member === typeof value);
      const severity = isNew ? inspection.severityOfNew : "error";
      inspection.note({ severity, kind, ...location, text, value: formatValue(value, isCredential) });
    }
  }
  if (Array.isArray(value)) inspectItems(parts, value, location, inspection);
  else if (typeof value === "object" && value !== null) {
    inspectFields(parts, value as Readonly<Record<string, unknown>>, location, inspection);
  }
}

/** All schemas that apply to the value at once: the schema, those that it includes, and the selected branches. */
function applicable(
  schema: Schema,
  label: string,
  value: unknown,
  location: Location,
  inspection: Inspection,
): SchemaPart[] {
  return partsOf(schema, label, inspection.references).flatMap((part) => {
    const { oneOf, anyOf } = part.schema;
    const select = (branches: readonly Schema[], isExclusive: boolean) =>
      selectBranch({ branches, isExclusive, value, label: part.label, location, inspection, inspect });
    const selected = [...(oneOf ? [select(oneOf, true)] : []), ...(anyOf ? [select(anyOf, false)] : [])];
    const branches = selected.flatMap((branch) =>
      branch ? applicable(branch.schema, branch.label, value, location, inspection) : [],
    );
    return [{ ...part, isOpen: selected.includes(undefined) }, ...branches];
  });
}

function inspectItems(
  parts: readonly SchemaPart[],
  items: readonly unknown[],
  location: Location,
  inspection: Inspection,
): void {
  for (const { schema, label } of parts) {
    if (schema.items === undefined) continue;
    for (const [index, item] of items.entries()) {
      if (index < (schema.prefixItems?.length ?? 0)) continue;
      inspect(schema.items, `${label}[]`, item, within(location, String(index)), inspection);
    }
  }
}

function inspectFields(
  parts: readonly SchemaPart[],
  fields: Readonly<Record<string, unknown>>,
  location: Location,
  inspection: Inspection,
): void {
  for (const { schema } of parts) noteMissing(schema, parts, fields, location, inspection);
  for (const [name, value] of Object.entries(fields)) {
    const owners = parts.flatMap((part) => {
      const { properties = {} } = part.schema;
      return Object.hasOwn(properties, name) ? [{ ...part, property: properties[name] as Schema }] : [];
    });
    for (const { property, label } of owners) {
      inspection.seen.add(`${label}.${name}`);
      const field = within(location, name);
      noteDirection(property, value, field, inspection);
      inspect(property, `${label}.${name}`, value, field, inspection);
    }
    if (owners.length === 0) inspectOther(name, value, parts, location, inspection);
  }
}

/** A field without a schema of its own. */
function inspectOther(
  name: string,
  value: unknown,
  parts: readonly SchemaPart[],
  location: Location,
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
  for (const { schema, label } of schemas) inspect(schema, label, value, within(location, name), inspection);
  if (schemas.length > 0) return;
  // The document does not have it, so its name decides whether its value is masked elsewhere.
  if (typeof value === "string" && inspection.references.isSecretName(name)) inspection.secrets.add(value);
  if (!isOpen(parts)) noteUnknown(name, value, parts, location, inspection);
}

/** True when the schemas allow any field. */
function isOpen(parts: readonly SchemaPart[]): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties === true)) return true;
  if (parts.some((part) => part.isOpen)) return true;
  return parts.every(({ schema }) => !schema.properties && schema.additionalProperties === undefined);
}

function noteUnknown(
  name: string,
  value: unknown,
  parts: readonly SchemaPart[],
  location: Location,
  inspection: Inspection,
): void {
  const known = parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {}));
  const isForbidden = parts.some(({ schema }) => schema.additionalProperties === false);
  inspection.note({
    severity: isForbidden ? "error" : inspection.severityOfNew,
    kind: "unknown",
    ...within(location, formatName(name)),
    text: "is not in the document",
    value: inspection.formatUnknown(name, value, known),
    hint: suggestion(name, known),
  });
}

function noteMissing(
  { required = [] }: Schema,
  parts: readonly SchemaPart[],
  fields: Readonly<Record<string, unknown>>,
  location: Location,
  inspection: Inspection,
): void {
  for (const name of required) {
    if (Object.hasOwn(fields, name)) continue;
    const properties = parts.flatMap(({ schema }) => schema.properties?.[name] ?? []);
    const isForOther = properties.some((one) => isOfOtherSide(one, inspection));
    if (!isForOther) inspection.note({ kind: "missing", ...within(location, name), text: "is missing" });
  }
}

function noteDirection(property: Schema, value: unknown, location: Location, inspection: Inspection): void {
  if (!isOfOtherSide(property, inspection)) return;
  const sender = inspection.side === "request" ? "the server" : "the client";
  const schema = inspection.references.resolve(property);
  inspection.noteValue("direction", location, `may be sent by ${sender} only`, value, schema);
}

function isOfOtherSide(property: Schema, { side, references }: Inspection): boolean {
  return partsOf(property, "", references).some(({ schema }) =>
    side === "request" ? schema.readOnly : schema.writeOnly,
  );
}

/** The location of a field or an item. */
function within({ in: part, pointer }: Location, key: string): Location {
  return { in: part, pointer: appendPointer(pointer, key) };
}
