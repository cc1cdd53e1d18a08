import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import { labelOf, partsOf, type Schema } from "../openapi/schema.ts";
import type { Difference } from "./difference.ts";

/** How deep schemas are compared: a document may nest, and hold itself. */
const DEEPEST = 12;

/** A schema with all that it includes, and with the branches of a `oneOf` put together. */
interface Merged {
  readonly types: ReadonlySet<string>;
  readonly isNullable: boolean;
  readonly format: string | undefined;
  readonly members: readonly string[] | undefined;
  readonly fields: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
  readonly items: Schema | undefined;
  /** The name of our schema that each field belongs to. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Compares two schemas, and those of their fields and items. */
export function compareSchemas(
  ours: Schema,
  theirs: Schema,
  location: string,
  side: "request" | "response",
  documents: { readonly ours: OpenApiDocument; readonly theirs: OpenApiDocument },
  add: (difference: Difference) => void,
  depth = 0,
): void {
  if (depth > DEEPEST) return;
  const own = merge(ours, labelOf(ours, location), documents.ours);
  const other = merge(theirs, "", documents.theirs);
  compareValues(own, other, location, add);
  for (const name of new Set([...own.fields.keys(), ...other.fields.keys()])) {
    const field = fieldOf(own, name, side, documents.ours);
    const otherField = fieldOf(other, name, side, documents.theirs);
    if (!field && !otherField) continue;
    const fieldLocation = `${own.owners.get(name) ?? ownerOf(own, ours, location)}.${name}`;
    if (!field || !otherField) {
      // A schema without any field says nothing about fields.
      if (own.fields.size > 0 && other.fields.size > 0) {
        add({ kind: "field", location: fieldLocation, ours: field && name, theirs: otherField && name });
      }
      continue;
    }
    const [required, otherRequired] = [own.required.has(name), other.required.has(name)].map(String);
    if (required !== otherRequired) {
      add({ kind: "field_required", location: `${fieldLocation} (${side})`, ours: required, theirs: otherRequired });
    }
    compareSchemas(field, otherField, fieldLocation, side, documents, add, depth + 1);
  }
  if (own.items && other.items) {
    compareSchemas(own.items, other.items, `${location}[]`, side, documents, add, depth + 1);
  }
}

/** A field, if it is sent in this direction. */
function fieldOf({ fields }: Merged, name: string, side: "request" | "response", document: OpenApiDocument) {
  const field = fields.get(name);
  const isOnly = side === "request" ? "readOnly" : "writeOnly";
  return field && (field[isOnly] || document.resolve(field)[isOnly]) ? undefined : field;
}

function compareValues(own: Merged, other: Merged, location: string, add: (difference: Difference) => void): void {
  const [types, otherTypes] = [own, other].map(({ types: all }) => [...all].sort().join(" or "));
  // `number` includes `integer`; a schema without a type says nothing.
  if (types && otherTypes && types !== otherTypes) add({ kind: "type", location, ours: types, theirs: otherTypes });
  if (own.types.size > 0 && other.types.size > 0 && own.isNullable !== other.isNullable) {
    const [nullable, otherNullable] = [own.isNullable, other.isNullable].map(String);
    add({ kind: "nullable", location, ours: nullable, theirs: otherNullable });
  }
  const [members, otherMembers] = [own, other].map(({ members: all }) => all && [...all].sort().join(", "));
  if (members !== otherMembers) add({ kind: "enum", location, ours: members, theirs: otherMembers });
  if (own.format !== other.format && own.types.has("string") && other.types.has("string")) {
    add({ kind: "format", location, ours: own.format, theirs: other.format });
  }
}

function merge(schema: Schema, label: string, document: OpenApiDocument): Merged {
  const types = new Set<string>();
  const fields = new Map<string, Schema>();
  const owners = new Map<string, string>();
  const required = new Set<string>();
  let isNullable = false;
  let format: string | undefined;
  let members: string[] | undefined;
  let items: Schema | undefined;
  const passed = new Set<Schema>();
  const collect = (one: Schema, name: string, isBranch: boolean): void => {
    // Written beside a `$ref`, where OpenAPI 3.0 does not read it and authors mean it.
    if (isNullable30(one)) isNullable = true;
    for (const { schema: part, label: partLabel } of partsOf(one, name, document)) {
      if (passed.has(part)) continue;
      passed.add(part);
      for (const type of [part.type ?? []].flat()) {
        if (type === "null") isNullable = true;
        else types.add(type);
      }
      if (isNullable30(part)) isNullable = true;
      format ??= part.format;
      const values = part.enum ?? (part.const === undefined ? undefined : [part.const]);
      // Generators write a branch of its own for null, without a type.
      if (part.type === undefined && values?.includes(null)) isNullable = true;
      const shown = values?.filter((value) => value !== null).map((value) => JSON.stringify(value));
      if (shown && shown.length > 0) members = [...new Set([...(isBranch ? (members ?? []) : []), ...shown])];
      for (const [field, property] of Object.entries(part.properties ?? {})) {
        if (!fields.has(field)) owners.set(field, partLabel);
        fields.set(field, fields.get(field) ?? property);
      }
      if (!isBranch) for (const field of part.required ?? []) required.add(field);
      items ??= part.items;
      const branches = [...(part.oneOf ?? []), ...(part.anyOf ?? [])];
      // One branch beside null is no choice: what it requires is required.
      const isChoice = branches.filter((branch) => !isNull(document.resolve(branch))).length > 1;
      for (const branch of branches) collect(branch, labelOf(branch, partLabel, true), isBranch || isChoice);
    }
  };
  collect(schema, label, false);
  return { types, isNullable, format, members, fields, required, items, owners };
}

/** The name for a field that our schema does not have. */
function ownerOf({ owners }: Merged, schema: Schema, location: string): string {
  return labelOf(schema, [...new Set(owners.values())][0] ?? location);
}

/** True for a schema that only null satisfies; generators write it without a type, too. */
function isNull({ type, enum: members, const: constant }: Schema): boolean {
  return [type ?? []].flat().join() === "null" || constant === null || members?.every((one) => one === null) === true;
}

/** True for a schema that may be null as OpenAPI 3.0 writes it. */
function isNullable30(schema: Schema): boolean {
  return (schema as { readonly nullable?: boolean }).nullable === true;
}
