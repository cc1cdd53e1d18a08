import { labelOf, partsOf, type References, type Schema } from "../openapi/schema.ts";

/** The names of all properties that a schema declares, those of the schemas that it refers to included. */
export function fieldsIn(schema: Schema, label: string, references: References): ReadonlySet<string> {
  const found = new Set<string>();
  collect({ schema, label, references, found, visited: new Set() });
  return found;
}

interface Step {
  readonly schema: Schema;
  readonly label: string;
  readonly references: References;
  readonly found: Set<string>;
  /** Named schemas that were visited: a schema may hold itself. */
  readonly visited: Set<string>;
}

function collect(step: Step): void {
  const { label, references, found, visited } = step;
  const { $ref } = step.schema;
  if ($ref !== undefined) {
    if (visited.has($ref)) return;
    visited.add($ref);
  }
  for (const { schema, label: name } of partsOf(step.schema, label, references)) {
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      found.add(`${name}.${field}`);
      collect({ ...step, schema: property, label: `${name}.${field}` });
    }
    for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
      collect({ ...step, schema: branch, label: labelOf(branch, name, true) });
    }
    if (schema.items) collect({ ...step, schema: schema.items, label: `${name}[]` });
    if (typeof schema.additionalProperties === "object") {
      collect({ ...step, schema: schema.additionalProperties, label: `${name}{}` });
    }
  }
}
