import { type Document, nameOf, operationsOf, type Parameter, type Place, resolve, type Schema } from "./document.ts";
import type { FactField, FactOperation, Facts } from "./facts.ts";

/** Headers and statuses that the facts sheet states once for all operations, in its prose. */
const SAID_OF_ALL = { parameters: ["X-Space-Id"], statuses: ["429", "503"] };

/** What the comparison found, and how much it looked at. */
export interface Comparison {
  /** One line for each difference: where, what, and both sides. */
  findings: string[];
  operations: number;
  fields: number;
}

/** Holds the document against every current operation of the groups, and against every schema that they reach. */
export function compare(document: Document, facts: Facts, groups: readonly string[]): Comparison {
  const comparison = new Comparator(document, facts);
  for (const fact of facts.operations) {
    if (groups.includes(fact.group) && fact.status === "current") comparison.operation(fact);
  }
  return { findings: comparison.findings, operations: comparison.operations, fields: comparison.fields };
}

class Comparator {
  readonly findings: string[] = [];
  operations = 0;
  fields = 0;
  readonly #document: Document;
  readonly #facts: Facts;
  readonly #places: Map<string, Place>;
  readonly #seen = new Set<string>();

  constructor(document: Document, facts: Facts) {
    this.#document = document;
    this.#facts = facts;
    this.#places = new Map(operationsOf(document).map((place) => [place.name, place]));
  }

  operation(fact: FactOperation): void {
    const server = new URL(fact.server.replace(/[{}]/g, ""));
    const name = `${fact.method} ${server.pathname.replace(/\/$/, "")}${fact.path}`;
    const place = this.#places.get(name);
    if (!place) {
      this.#note(name, "operation", "is missing");
      return;
    }
    this.operations++;
    if (!place.servers.some(({ url }) => new URL(url.replace(/[{}]/g, "")).origin === server.origin)) {
      this.#note(name, "server", `${server.origin} is missing`);
    }
    this.#security(name, fact, place);
    this.#parameters(name, fact, place);
    this.#body(name, fact, place);
    this.#responses(name, fact, place);
  }

  #security(name: string, fact: FactOperation, place: Place): void {
    const schemes = place.operation.security ?? [];
    const scopes = schemes.flatMap((scheme) => scheme.OAuth2 ?? []);
    this.#same(name, "scopes", [...scopes].sort(), [...fact.scopes].sort());
    for (const scheme of ["OAuth2", "PersonalAccessToken"]) {
      this.#same(
        name,
        `security ${scheme}`,
        schemes.some((one) => scheme in one),
        fact.auth.includes(scheme),
      );
    }
  }

  #parameters(name: string, fact: FactOperation, place: Place): void {
    const parameters = (place.operation.parameters ?? []).map((parameter) => resolve(this.#document, parameter));
    const known = new Set(SAID_OF_ALL.parameters);
    for (const field of fact.params) {
      known.add(field.name);
      const where = `${name} ${field.in} ${field.name}`;
      const parameter = parameters.find((one: Parameter) => one.name === field.name && one.in === field.in);
      if (!parameter?.schema) this.#note(where, "parameter", "is missing");
      else {
        this.#same(where, "required", parameter.required ?? false, field.required ?? false);
        this.#field(where, parameter.schema, field);
      }
    }
    for (const { name: extra } of parameters) {
      if (!known.has(extra)) this.#note(`${name} ${extra}`, "parameter", "is not in the facts");
    }
  }

  #body(name: string, fact: FactOperation, place: Place): void {
    const content = place.operation.requestBody?.content ?? {};
    for (const type of fact.requestBody?.contentTypes ?? []) {
      const schema = content[type]?.schema;
      if (!schema) this.#note(name, "body", `${type} is missing`);
      else this.#bodyFields(`${name} ${type}`, schema, fact.requestBody?.fields ?? []);
    }
    if (!fact.requestBody && place.operation.requestBody) this.#note(name, "body", "is not in the facts");
  }

  /** A field stands in each branch that needs it; a `grant_type` is the constants of all branches together. */
  #bodyFields(name: string, body: Schema, fields: readonly FactField[]): void {
    const whole = resolve(this.#document, body);
    const branches = (whole.oneOf ?? [whole]).map((branch) => resolve(this.#document, branch));
    for (const field of fields) {
      const where = `${name} ${field.name}`;
      const holders = branches.filter((branch) => branch.properties?.[field.name]);
      if (holders.length === 0) this.#note(where, "field", "is missing");
      const schemas = holders.map((branch) => resolve(this.#document, branch.properties?.[field.name] ?? {}));
      const constants = schemas.flatMap((schema) => (schema.const === undefined ? [] : [schema.const]));
      for (const schema of schemas) {
        this.#field(where, constants.length > 0 ? { ...schema, enum: constants } : schema, field);
      }
      for (const branch of branches) {
        const title = branch.title ?? "";
        const required = branch.required?.includes(field.name) ?? false;
        this.#same(`${where} in ${title}`, "required", required, isRequired(branch, field));
      }
    }
    const known = new Set(fields.map((field) => field.name));
    for (const extra of branches.flatMap((branch) => Object.keys(branch.properties ?? {}))) {
      if (!known.has(extra)) this.#note(`${name} ${extra}`, "field", "is not in the facts");
    }
  }

  #responses(name: string, fact: FactOperation, place: Place): void {
    const { responses } = place.operation;
    for (const [status, answer] of Object.entries(fact.responses)) {
      const response = responses[status] && resolve(this.#document, responses[status]);
      if (!response) this.#note(`${name} ${status}`, "answer", "is missing");
      else {
        const schema = response.content?.["application/json"]?.schema;
        if (answer.schema !== undefined) {
          this.#same(`${name} ${status}`, "schema", nameOf(schema?.$ref) ?? null, answer.schema);
        }
        if (answer.schema) this.schema(answer.schema);
      }
    }
    for (const extra of Object.keys(responses)) {
      if (extra in fact.responses || SAID_OF_ALL.statuses.includes(extra)) continue;
      this.#note(`${name} ${extra}`, "answer", "is not in the facts");
    }
  }

  schema(name: string): void {
    const fields = this.#facts.schemas[name];
    if (!fields || this.#seen.has(name)) return;
    this.#seen.add(name);
    const schema = this.#document.components.schemas[name];
    if (!schema) {
      this.#note(name, "schema", "is missing");
      return;
    }
    for (const field of fields) {
      const property = schema.properties?.[field.name];
      const where = `${name}.${field.name}`;
      if (!property) this.#note(where, "field", "is missing");
      else {
        this.#same(where, "required", schema.required?.includes(field.name) ?? false, field.required ?? false);
        this.#field(where, property, field);
        if (field.ref) this.#same(where, "ref", nameOf(property.$ref), field.ref);
      }
      for (const reached of [field.ref, field.items]) if (reached) this.schema(reached);
    }
    for (const extra of Object.keys(schema.properties ?? {})) {
      if (!fields.some((field) => field.name === extra)) this.#note(`${name}.${extra}`, "field", "is not in the facts");
    }
  }

  #field(where: string, part: Schema, field: FactField): void {
    this.fields++;
    const schema = resolve(this.#document, part);
    const types = typesOf(this.#document, schema);
    this.#same(where, "type", types.filter((type) => type !== "null").join("|"), field.type);
    this.#same(where, "nullable", types.includes("null"), field.nullable ?? false);
    // The document marks credentials with the format `password`, which the facts do only here and there.
    if (schema.format !== "password") this.#same(where, "format", schema.format, field.format);
    this.#same(where, "enum", schema.enum && [...schema.enum].sort(), field.enum && [...field.enum].sort());
    this.#same(where, "minimum", schema.minimum, field.min ?? field.minimum);
    if (field.items && types.includes("array")) {
      const list = [schema, ...(schema.oneOf ?? [])].find((one) => one.items);
      const items = list?.items ?? {};
      const name = nameOf(items.$ref) ?? typesOf(this.#document, items).join("|");
      this.#same(where, "items", name, field.items);
    }
  }

  #same(where: string, what: string, ours: unknown, theirs: unknown): void {
    const [one, other] = [JSON.stringify(ours) ?? "none", JSON.stringify(theirs) ?? "none"];
    if (one !== other) this.#note(where, what, `${one}, the facts say ${other}`);
  }

  #note(where: string, what: string, difference: string): void {
    this.findings.push(`${where}: ${what} ${difference}`);
  }
}

function typesOf(document: Document, schema: Schema): string[] {
  if (schema.type) return [schema.type].flat();
  return (schema.oneOf ?? []).flatMap((branch) => typesOf(document, resolve(document, branch)));
}

/** `requiredWhen: grant_type=password` holds for the branch whose `grant_type` is that constant. */
function isRequired(branch: Schema, field: FactField): boolean {
  if (!field.requiredWhen) return field.required ?? false;
  const [name = "", value] = field.requiredWhen.split("=");
  return branch.properties?.[name]?.const === value;
}
