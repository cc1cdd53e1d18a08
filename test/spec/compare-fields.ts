import { type Document, flatten, nameOf, resolve, type Schema } from "./document.ts";
import type { FactField, Facts } from "./facts.ts";
import type { Findings } from "./findings.ts";

/** Compares schemas and fields of the document with those of the facts sheet. */
export class FieldComparator {
  /** How many fields and parameters were compared. */
  count = 0;
  readonly #document: Document;
  readonly #facts: Facts;
  readonly #findings: Findings;
  readonly #seen = new Set<string>();

  constructor(document: Document, facts: Facts, findings: Findings) {
    this.#document = document;
    this.#facts = facts;
    this.#findings = findings;
  }

  /** Compares a schema of this name, and every schema that its fields lead to, once. */
  schema(name: string): void {
    const fields = this.#facts.schemas[name];
    if (!fields || this.#seen.has(name)) return;
    this.#seen.add(name);
    const found = this.#document.components.schemas[name];
    if (!found) {
      this.#findings.note(name, "schema", "is missing");
      return;
    }
    const schema = flatten(this.#document, found);
    for (const field of fields) {
      const property = schema.properties?.[field.name];
      const where = `${name}.${field.name}`;
      if (!property) this.#findings.note(where, "field", "is missing");
      else {
        const required = schema.required?.includes(field.name) ?? false;
        this.#findings.same(where, "required", required, field.required ?? false);
        this.field(where, property, field);
      }
    }
    for (const extra of Object.keys(schema.properties ?? {})) {
      if (!fields.some((field) => field.name === extra)) {
        this.#findings.note(`${name}.${extra}`, "field", "is not in the facts");
      }
    }
  }

  field(where: string, part: Schema, field: FactField): void {
    this.count++;
    const schema = { ...flatten(this.#document, part), ...withoutReference(part) };
    const types = this.#typesOf(schema);
    const same = (what: string, ours: unknown, theirs: unknown) => this.#findings.same(where, what, ours, theirs);
    same("type", types.filter((type) => type !== "null").join("|"), field.type);
    same("nullable", types.includes("null"), field.nullable ?? false);
    // The document marks credentials with the format `password`, which the facts do only here and there.
    if (schema.format !== "password") same("format", schema.format, field.format);
    same("enum", sorted(schema.enum ?? (schema.const === undefined ? undefined : [schema.const])), sorted(field.enum));
    same("minimum", schema.minimum, field.min ?? field.minimum);
    for (const flag of ["deprecated", "readOnly", "writeOnly"] as const) {
      same(flag, schema[flag] ?? false, field[flag] ?? false);
    }
    // The facts leave out what holds for many fields at once: the default and the largest page, for example.
    if (field.default !== undefined) same("default", schema.default, field.default);
    const maximum = field.max ?? field.maximum;
    if (maximum !== undefined) same("maximum", schema.maximum, maximum);
    if (field.ref) {
      same("ref", this.nameOf(part), field.ref);
      this.schema(field.ref);
    }
    if (field.items && types.includes("array")) this.#items(where, schema, field);
  }

  /** `Camera`, `Space[]`, `HttpNotificationMethod | EmailNotificationMethod`, or the type of what has no name. */
  nameOf(schema: Schema): string {
    const whole = resolve(this.#document, schema);
    const choice = (whole.oneOf ?? []).filter((branch) => branch.type !== "null");
    if (choice.length > 0 && choice.every((branch) => branch.$ref)) {
      return choice.map((branch) => nameOf(branch.$ref)).join(" | ");
    }
    const list = [whole, ...choice].find((one) => one.items);
    if (!schema.$ref && list?.items) return `${this.nameOf(list.items)}[]`;
    const isObject = whole.properties !== undefined || whole.allOf !== undefined;
    return (isObject ? nameOf(schema.$ref) : undefined) ?? this.#typesOf(whole).join("|");
  }

  #items(where: string, schema: Schema, field: FactField): void {
    const list = [schema, ...(schema.oneOf ?? [])].find((one) => one.items);
    const theirs = typeof field.items === "object" ? field.items.oneOf : [field.items ?? ""];
    this.#findings.same(where, "items", this.nameOf(list?.items ?? {}), theirs.join(" | "));
    if (field.itemsFormat) this.#findings.same(where, "format of items", list?.items?.format, field.itemsFormat);
    for (const reached of theirs) this.schema(reached);
  }

  #typesOf(schema: Schema): string[] {
    const whole = flatten(this.#document, schema);
    if (whole.type) return [whole.type].flat();
    return [...new Set((whole.oneOf ?? []).flatMap((branch) => this.#typesOf(branch)))];
  }
}

function withoutReference(part: Schema): Schema {
  const { $ref: _, allOf: __, ...rest } = part;
  return rest;
}

function sorted(values: readonly unknown[] | undefined): unknown[] | undefined {
  return values && [...values].sort();
}
