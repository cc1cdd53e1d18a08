import type { OperationId } from "../../generated/operations.ts";
import type { OpenApiDocument } from "./openapi-document.ts";
import type { OpenApiContent, OpenApiOperation } from "./operation.ts";
import type { Schema } from "./schema.ts";

const JSON_TYPE = "application/json";

/** The rules of an operation in the document, by which the sandbox routes and validates. */
export class OperationRules {
  readonly operation: OpenApiOperation;
  readonly id: OperationId;
  readonly method: string;
  /** Path template, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  /** True when it needs a token. */
  readonly signedIn: boolean;
  /** The first success status. */
  readonly status: number;
  /** How its list is paged. */
  readonly paging: "offset" | "next" | undefined;
  readonly #document: OpenApiDocument;
  #body: Schema | undefined;
  #schema: Schema | undefined;

  constructor(operation: OpenApiOperation, source: OpenApiDocument) {
    this.#document = source;
    this.operation = operation;
    this.id = operation.id as OperationId;
    this.method = operation.method;
    this.path = operation.path;
    this.signedIn = operation.security.length > 0;
    this.status = Number(Object.keys(operation.responses).find((code) => code.startsWith("2")) ?? 204);
    this.paging = operation.extensions["x-pagination"] as OperationRules["paging"];
  }

  /** The schema of the body, if it takes one. Several content types of an operation have the same schema. */
  get body(): Schema | undefined {
    const [content] = Object.values(this.operation.body?.content ?? {});
    this.#body ??= content && (this.#document.dereference(content.schema) as Schema);
    return this.#body;
  }

  /** True when its body holds a file, such as a sound in Base64. */
  get takesFile(): boolean {
    return Object.values((this.body?.properties ?? {}) as Readonly<Record<string, object>>).some(
      (property) => "contentEncoding" in property,
    );
  }

  /** The schema of a success body; undefined where there is none. */
  get schema(): Schema | undefined {
    const content = this.#json(this.status);
    this.#schema ??= content && (this.#document.dereference(content.schema) as Schema);
    return this.#schema;
  }

  /** The examples of a success body. */
  get examples(): readonly unknown[] {
    return this.examplesOf(this.status);
  }

  /** The examples of the body of a status. */
  examplesOf(status: number): readonly unknown[] {
    const examples = Object.values(this.#json(status)?.examples ?? {});
    return examples.map((example) => (this.#document.dereference(example) as { readonly value?: unknown }).value);
  }

  /** False when a personal access token is not accepted. */
  get takesPersonalToken(): boolean {
    return this.operation.security.some((way) => "PersonalAccessToken" in way);
  }

  /** The scopes that the token must have. */
  get scopes(): readonly string[] {
    return this.operation.security.flatMap((way) => way.OAuth2 ?? []);
  }

  /** The form of its response to invalid input: a list of fields, one sentence only, an OAuth error, or nothing. */
  get errorForm(): "fields" | "sentence" | "oauth" | "empty" {
    if (!("400" in this.operation.responses)) return "fields";
    const content = this.#json(400);
    if (!content) return "empty";
    const { properties } = this.#document.dereference(content.schema) as Schema;
    if ("error" in (properties ?? {})) return "oauth";
    return (properties?.detail as Schema | undefined)?.type === "string" ? "sentence" : "fields";
  }

  /** True for a status that it declares without a body. */
  isEmpty(status: number): boolean {
    return String(status) in this.operation.responses && !this.#json(status);
  }

  #json(status: number): OpenApiContent | undefined {
    return this.operation.responses[status]?.content?.[JSON_TYPE];
  }
}

/** The rules of every operation of a document. */
export class OperationTable {
  readonly all: readonly OperationRules[];
  readonly #byId: ReadonlyMap<string, OperationRules>;

  constructor(source: OpenApiDocument) {
    this.all = source.operations.map((one) => new OperationRules(one, source));
    this.#byId = new Map(this.all.map((rules) => [rules.id, rules]));
  }

  /** The operation with this id. */
  rulesFor(id: string): OperationRules {
    const rules = this.#byId.get(id);
    if (!rules) throw new RangeError(`The document has no operation ${id}`);
    return rules;
  }
}
