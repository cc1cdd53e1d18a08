import { typeText } from "./assertions.ts";
import { inspect } from "./inspect.ts";
import type { Inspection, Spot } from "./inspection.ts";
import { labelOf, partsOf, type References, type Schema, type SchemaPart, typesOf } from "./schema.ts";

/**
 * The branch of a `oneOf` or `anyOf` that was meant, so that only that one is explained. A field that is a constant in
 * the branches decides, such as `grant_type`; else the type of the value; else the branch with the fewest errors.
 * Undefined when none was meant: then that is noted.
 */
export function meantBranch(
  branches: readonly Schema[],
  isExclusive: boolean,
  value: unknown,
  label: string,
  spot: Spot,
  inspection: Inspection,
): SchemaPart | undefined {
  const { references } = inspection;
  const parts = branches.map((schema) => ({ schema, label: labelOf(schema, label, true) }));
  const name = discriminatorOf(branches, references);
  if (name !== undefined && isObject(value)) return byConstant(parts, name, value, spot, inspection);
  const possible = parts.filter(({ schema }) => admits(typesOf(schema, references), value));
  if (possible.length === 0) {
    const types = [...new Set(branches.flatMap((branch) => typesOf(branch, references) ?? []))];
    inspection.noteValue("type", spot, `must be ${typeText(types)}`, value, {});
    return undefined;
  }
  if (possible.length === 1) return possible[0];
  const judged = possible.map((part) => ({ part, errors: errorsIn(part, value, spot, inspection) }));
  if (isExclusive && judged.filter(({ errors }) => errors === 0).length > 1) {
    inspection.noteValue("constraint", spot, "must fit one of the alternatives, and fits several", value, {});
  }
  return judged.reduce((best, one) => (one.errors < best.errors ? one : best)).part;
}

function byConstant(
  parts: readonly SchemaPart[],
  name: string,
  value: Readonly<Record<string, unknown>>,
  spot: Spot,
  inspection: Inspection,
): SchemaPart | undefined {
  const constants = parts.map(({ schema }) => constantsOf(schema, inspection.references).get(name));
  const index = constants.indexOf(value[name]);
  if (Object.hasOwn(value, name) && index >= 0) return parts[index];
  const place = { in: spot.in, pointer: `${spot.pointer}/${name}` };
  const choice = constants.map((constant) => JSON.stringify(constant)).join(", ");
  if (!Object.hasOwn(value, name)) {
    inspection.note({ kind: "missing", ...place, text: `is missing; it must be one of ${choice}` });
  } else {
    const isNew = typeof value[name] === typeof constants[0];
    const severity = isNew ? inspection.severityOfNew : "error";
    inspection.noteValue(isNew ? "enum" : "type", place, `must be one of ${choice}`, value[name], {}, severity);
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

function errorsIn({ schema, label }: SchemaPart, value: unknown, spot: Spot, inspection: Inspection): number {
  const aside = inspection.aside();
  inspect(schema, label, value, spot, aside);
  return aside.findings.filter(({ severity = "error" }) => severity === "error").length;
}

function admits(types: readonly string[] | undefined, value: unknown): boolean {
  if (types === undefined) return true;
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return types.includes(type) || (type === "number" && types.includes("integer"));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
