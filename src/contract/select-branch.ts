import { appendPointer } from "../base/json-pointer.ts";
import { labelOf, partsOf, type References, type Schema, type SchemaPart, typesOf } from "../openapi/schema.ts";
import { typeText } from "./assertions.ts";
import type { Inspection, Location } from "./inspection.ts";

/** A choice between the branches of a `oneOf` or an `anyOf`. */
export interface BranchChoice {
  readonly branches: readonly Schema[];
  /** True for a `oneOf`: more than one branch that fits is an issue. */
  readonly isExclusive: boolean;
  readonly value: unknown;
  /** Name of the schema in the coverage, for branches without one of their own. */
  readonly label: string;
  readonly location: Location;
  readonly inspection: Inspection;
  /** Checks a value against a branch. */
  readonly inspect: (schema: Schema, label: string, value: unknown, location: Location, inspection: Inspection) => void;
}

/**
 * Selects the branch that the sender meant, so that only that one is explained. A field that is another constant in each
 * branch decides, such as `grant_type`; else the type of the value; else the branch with the fewest errors. Returns
 * undefined, and notes that, when none fits.
 */
export function selectBranch(choice: BranchChoice): SchemaPart | undefined {
  const { branches, isExclusive, value, label, location, inspection } = choice;
  const { references } = inspection;
  const parts = branches.map((schema) => ({ schema, label: labelOf(schema, label, true) }));
  const name = discriminatorOf(branches, references);
  if (name !== undefined && isObject(value)) return byConstant(parts, name, value, location, inspection);
  const possible = parts.filter(({ schema }) => admits(typesOf(schema, references), value));
  if (possible.length === 0) {
    const types = [...new Set(branches.flatMap((branch) => typesOf(branch, references) ?? []))];
    inspection.noteValue("type", location, `must be ${typeText(types)}`, value, {});
    return undefined;
  }
  if (possible.length === 1) return possible[0];
  const rated = possible.map((part) => ({ part, errors: errorsIn(part, choice) }));
  if (isExclusive && rated.filter(({ errors }) => errors === 0).length > 1) {
    inspection.noteValue("constraint", location, "must fit one of the alternatives, and fits several", value, {});
  }
  return rated.reduce((best, one) => (one.errors < best.errors ? one : best)).part;
}

function byConstant(
  parts: readonly SchemaPart[],
  name: string,
  value: Readonly<Record<string, unknown>>,
  location: Location,
  inspection: Inspection,
): SchemaPart | undefined {
  const constants = parts.map(({ schema }) => constantsOf(schema, inspection.references).get(name));
  const index = constants.indexOf(value[name]);
  if (Object.hasOwn(value, name) && index >= 0) return parts[index];
  const field = { in: location.in, pointer: appendPointer(location.pointer, name) };
  const choice = constants.map((constant) => JSON.stringify(constant)).join(", ");
  if (!Object.hasOwn(value, name)) {
    inspection.note({ kind: "missing", ...field, text: `is missing; it must be one of ${choice}` });
  } else {
    const isNew = typeof value[name] === typeof constants[0];
    const severity = isNew ? inspection.severityOfNew : "error";
    inspection.noteValue(isNew ? "enum" : "type", field, `must be one of ${choice}`, value[name], {}, severity);
  }
  return undefined;
}

/** The field that is another constant in each branch. */
function discriminatorOf(branches: readonly Schema[], references: References): string | undefined {
  const [first, ...others] = branches.map((branch) => constantsOf(branch, references));
  for (const [name, constant] of first ?? []) {
    const all = [constant, ...others.map((constants) => constants.get(name))];
    if (!all.includes(undefined) && new Set(all).size === branches.length) return name;
  }
  return undefined;
}

/** The fields that can have one value only. */
function constantsOf(schema: Schema, references: References): Map<string, unknown> {
  const constants = new Map<string, unknown>();
  for (const { schema: part } of partsOf(schema, "", references)) {
    for (const [name, reference] of Object.entries(part.properties ?? {})) {
      const property = references.resolve(reference);
      const constant = property.const ?? (property.enum?.length === 1 ? property.enum[0] : undefined);
      if (constant !== undefined) constants.set(name, constant);
    }
  }
  return constants;
}

function errorsIn({ schema, label }: SchemaPart, { value, location, inspection, inspect }: BranchChoice): number {
  const fork = inspection.fork();
  inspect(schema, label, value, location, fork);
  return fork.issues.filter(({ severity = "error" }) => severity === "error").length;
}

function admits(types: readonly string[] | undefined, value: unknown): boolean {
  if (types === undefined) return true;
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return types.includes(type) || (type === "number" && types.includes("integer"));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
