import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { document } from "../client/documented-operations.ts";
import { nameOf, resolve, type Schema } from "../spec/document.ts";

/**
 * The properties that a schema declares, those of the schemas that it refers to included: `Camera.status`. With a value,
 * only those that are in it; where a schema is one of several, only those of the ones that fit.
 *
 * @param label Name of a schema that has none of its own.
 */
export function propertiesOf(schema: Schema, label: string, given?: { readonly value: unknown }): Set<string> {
  const found = new Set<string>();
  walk({ schema, label, given, found, visited: new Set() });
  return found;
}

interface Step {
  readonly schema: Schema;
  readonly label: string;
  readonly given: { readonly value: unknown } | undefined;
  readonly found: Set<string>;
  /** The named schemas that this walk is done with, for a schema may hold itself. A value ends by itself. */
  readonly visited: Set<string>;
}

function walk(step: Step): void {
  const { label, given, found, visited } = step;
  const reference = step.schema.$ref;
  if (reference !== undefined) {
    if (!given && visited.has(reference)) return;
    visited.add(reference);
    walk({ ...step, schema: resolve(document, step.schema), label: nameOf(reference) ?? label });
    return;
  }
  const { properties = {}, items, additionalProperties, allOf = [], oneOf = [] } = step.schema;
  for (const [name, schema] of Object.entries(properties)) {
    const inside = within(given, name);
    if (given && !inside) continue;
    found.add(`${label}.${name}`);
    walk({ ...step, schema, label: `${label}.${name}`, given: inside });
  }
  for (const schema of allOf) walk({ ...step, schema });
  for (const schema of oneOf) {
    if (!given || fits(schema, given.value)) walk({ ...step, schema, label: schema.title ?? label });
  }
  if (items) for (const one of elements(given)) walk({ ...step, schema: items, label: `${label}[]`, given: one });
  if (additionalProperties && typeof additionalProperties === "object") {
    walk({ ...step, schema: additionalProperties, label: `${label}{}` });
  }
}

function within(given: Step["given"], name: string): Step["given"] {
  const value = given?.value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return { value: (value as Record<string, unknown>)[name] };
}

function elements(given: Step["given"]): Step["given"][] {
  if (!given) return [undefined];
  return Array.isArray(given.value) ? given.value.map((value) => ({ value })) : [];
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: "document", components: document.components });
const validators = new WeakMap<Schema, ValidateFunction>();

function fits(schema: Schema, value: unknown): boolean {
  let validate = validators.get(schema);
  if (!validate) {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
    validate = ajv.compile(JSON.parse(text) as object);
    validators.set(schema, validate);
  }
  return validate(value) === true;
}
