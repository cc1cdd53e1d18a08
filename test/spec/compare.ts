import { FieldComparator } from "./compare-fields.ts";
import {
  type Document,
  type DocumentedOperation,
  flatten,
  operationsOf,
  type Parameter,
  resolve,
  type Schema,
} from "./document.ts";
import type { FactBody, FactField, FactOperation, FactResponse, Facts } from "./facts.ts";
import { Findings } from "./findings.ts";

/** Headers and statuses that the facts sheet states once for all operations, in its prose. */
const COMMON = { parameters: ["X-Space-Id"], statuses: ["429", "503"] };

/** The differences that the comparison found, and how much it compared. */
export interface Comparison {
  /** One line for each difference: where, what, and both sides. */
  findings: string[];
  operations: number;
  fields: number;
}

/** Compares the document with every current and deprecated operation, and with every schema that they reach. */
export function compare(document: Document, facts: Facts): Comparison {
  const comparator = new OperationComparator(document, facts);
  for (const fact of facts.operations) if (fact.status !== "removed") comparator.operation(fact);
  comparator.reportUnknown();
  // No operation reaches what Angelcam sends by itself.
  for (const name of Object.keys(facts.schemas)) if (name.startsWith("Webhook")) comparator.fields.schema(name);
  return {
    findings: comparator.findings.lines,
    operations: comparator.count,
    fields: comparator.fields.count,
  };
}

class OperationComparator {
  readonly findings = new Findings();
  readonly fields: FieldComparator;
  count = 0;
  readonly #document: Document;
  /** By shape, as in `GET /v1/cameras/{}/`: the name of a path parameter is no part of the address. */
  readonly #locations: Map<string, DocumentedOperation>;
  readonly #compared = new Set<DocumentedOperation>();

  constructor(document: Document, facts: Facts) {
    this.#document = document;
    this.fields = new FieldComparator(document, facts, this.findings);
    this.#locations = new Map(operationsOf(document).map((place) => [shapeOf(place.name), place]));
  }

  operation(fact: FactOperation): void {
    const server = new URL(fact.server.replace(/[{}]/g, ""));
    const name = `${fact.method} ${server.pathname.replace(/\/$/, "")}${fact.path}`;
    const place = this.#locations.get(shapeOf(name));
    if (!place) {
      this.findings.note(name, "operation", "is missing");
      return;
    }
    this.count++;
    this.#compared.add(place);
    if (!place.servers.some(({ url }) => new URL(url.replace(/[{}]/g, "")).origin === server.origin)) {
      this.findings.note(name, "server", `${server.origin} is missing`);
    }
    this.findings.same(name, "deprecated", place.operation.deprecated ?? false, fact.status === "deprecated");
    this.#security(name, fact, place);
    this.#parameters(name, fact, place);
    this.#body(name, fact.requestBody, place);
    this.#responses(name, fact, place);
  }

  /** Reports the operations of the document that the facts do not list. */
  reportUnknown(): void {
    for (const place of this.#locations.values()) {
      if (!this.#compared.has(place)) this.findings.note(place.name, "operation", "is not in the facts");
    }
  }

  #security(name: string, fact: FactOperation, place: DocumentedOperation): void {
    const schemes = place.operation.security ?? [];
    const scopes = schemes.flatMap((scheme) => scheme.OAuth2 ?? []);
    this.findings.same(name, "scopes", [...scopes].sort(), [...fact.scopes].sort());
    for (const scheme of ["OAuth2", "PersonalAccessToken"]) {
      const accepted = schemes.some((one) => scheme in one);
      this.findings.same(name, `security ${scheme}`, accepted, fact.auth.includes(scheme));
    }
  }

  #parameters(name: string, fact: FactOperation, place: DocumentedOperation): void {
    const parameters = (place.operation.parameters ?? []).map((parameter) => resolve(this.#document, parameter));
    const known = new Set(COMMON.parameters);
    const ourNames = new Map(zip(namesIn(fact.path), namesIn(place.path)));
    for (const field of fact.params) {
      const ourName = (field.in === "path" && ourNames.get(field.name)) || field.name;
      known.add(ourName);
      const where = `${name} ${field.in} ${field.name}`;
      const parameter = parameters.find((one: Parameter) => one.name === ourName && one.in === field.in);
      if (!parameter?.schema) this.findings.note(where, "parameter", "is missing");
      else {
        this.findings.same(where, "name", ourName, field.name);
        this.findings.same(where, "required", parameter.required ?? false, field.required ?? false);
        this.fields.field(where, parameter.schema, field);
      }
    }
    for (const { name: extra } of parameters) {
      if (!known.has(extra)) this.findings.note(`${name} ${extra}`, "parameter", "is not in the facts");
    }
  }

  #body(name: string, fact: FactBody | null, place: DocumentedOperation): void {
    const content = place.operation.requestBody?.content ?? {};
    for (const type of fact?.contentTypes ?? []) {
      const schema = content[type]?.schema;
      const where = `${name} ${type}`;
      if (!schema) this.findings.note(name, "body", `${type} is missing`);
      else if (fact?.oneOf) {
        this.findings.same(where, "schema", this.fields.nameOf(schema), fact.oneOf.join(" | "));
        for (const branch of fact.oneOf) this.fields.schema(branch);
      } else this.#bodyFields(where, schema, fact?.fields ?? []);
    }
    if (!fact && place.operation.requestBody) this.findings.note(name, "body", "is not in the facts");
  }

  /** A field is in each branch that needs it; a `grant_type` is the constants of all branches together. */
  #bodyFields(name: string, body: Schema, fields: readonly FactField[]): void {
    const whole = flatten(this.#document, body);
    const branches = (whole.oneOf ?? [whole]).map((branch) => flatten(this.#document, branch));
    for (const field of fields) {
      const where = `${name} ${field.name}`;
      const holders = branches.filter((branch) => branch.properties?.[field.name]);
      if (holders.length === 0) this.findings.note(where, "field", "is missing");
      const schemas = holders.map((branch) => branch.properties?.[field.name] ?? {});
      const constants = schemas.flatMap((schema) => (schema.const === undefined ? [] : [schema.const]));
      for (const schema of schemas) {
        this.fields.field(where, constants.length > 0 ? { ...schema, enum: constants } : schema, field);
      }
      for (const branch of branches) {
        const title = branch.title ?? "";
        const required = branch.required?.includes(field.name) ?? false;
        this.findings.same(`${where} in ${title}`, "required", required, isRequired(branch, field));
      }
    }
    const known = new Set(fields.map((field) => field.name));
    for (const extra of branches.flatMap((branch) => Object.keys(branch.properties ?? {}))) {
      if (!known.has(extra)) this.findings.note(`${name} ${extra}`, "field", "is not in the facts");
    }
  }

  #responses(name: string, fact: FactOperation, place: DocumentedOperation): void {
    const { responses } = place.operation;
    for (const [status, expected] of Object.entries(fact.responses)) {
      const response = responses[status] && resolve(this.#document, responses[status]);
      if (!response) {
        this.findings.note(`${name} ${status}`, "response", "is missing");
        continue;
      }
      const schema = response.content?.["application/json"]?.schema;
      this.findings.same(`${name} ${status}`, "schema", schema ? this.fields.nameOf(schema) : null, nameOf(expected));
      for (const reached of [expected.schema, expected.items, ...(expected.oneOf ?? [])]) {
        if (reached && reached !== "array") this.fields.schema(reached);
      }
    }
    for (const extra of Object.keys(responses)) {
      if (extra in fact.responses || COMMON.statuses.includes(extra)) continue;
      this.findings.note(`${name} ${extra}`, "response", "is not in the facts");
    }
  }
}

/** `Space[]`, `HttpNotificationMethod | EmailNotificationMethod`, `Camera`, or null for a response without a body. */
function nameOf(response: FactResponse): string | null {
  if (response.oneOf) return response.oneOf.join(" | ");
  return response.schema === "array" ? `${response.items}[]` : (response.schema ?? null);
}

/** `requiredWhen: grant_type=password` holds for the branch whose `grant_type` is that constant. */
function isRequired(branch: Schema, field: FactField): boolean {
  if (!field.requiredWhen) return field.required ?? false;
  const [name = "", value] = field.requiredWhen.split("=");
  return branch.properties?.[name]?.const === value;
}

function shapeOf(name: string): string {
  return name.replace(/\{[^{}]*\}/g, "{}");
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

function zip(left: readonly string[], right: readonly string[]): [string, string][] {
  return left.map((one, index) => [one, right[index] ?? one]);
}
