import type { Schema } from "@cfworker/json-schema";
import type { OperationId } from "../../generated/operations.ts";
import { suggestion } from "../base/nearest-name.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiContent, OpenApiOperation, OpenApiServer } from "../openapi/operation.ts";
import { isServerOrigin as hasOrigin } from "../openapi/router.ts";

const document = angelcamDocument();

const JSON_TYPE = "application/json";

/** What the document says of an operation. The sandbox routes and checks by it and repeats none of it. */
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
    this.paging = operation.extensions["x-paging"] as OperationRules["paging"];
  }

  /** The schema of the body, if it takes one. Several content types of an operation have the same schema. */
  get body(): Schema | undefined {
    const [content] = Object.values(this.operation.body?.content ?? {});
    this.#body ??= content && (this.#document.dereference(content.schema) as Schema);
    return this.#body;
  }

  /** The schema of a success body; undefined where there is none. */
  get schema(): Schema | undefined {
    const content = this.#json(this.status);
    this.#schema ??= content && (this.#document.dereference(content.schema) as Schema);
    return this.#schema;
  }

  /** The examples of a success body. */
  get examples(): readonly unknown[] {
    const examples = Object.values(this.#json(this.status)?.examples ?? {});
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

  /** What its response to invalid input can hold: a list of fields, one sentence only, an OAuth error, or nothing. */
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

/** Every operation of a document. */
export function rulesFrom(source: OpenApiDocument): readonly OperationRules[] {
  return source.operations.map((one) => new OperationRules(one, source));
}

/** Every operation of Angelcam's document. */
export const operations = rulesFrom(document);

/** The operation with this id. */
export function rulesFor(id: OperationId): OperationRules {
  const rules = operations.find((one) => one.id === id);
  if (!rules) throw new RangeError(`The document has no operation ${id}`);
  return rules;
}

const signIn = document.resolve<object>({ $ref: "#/components/securitySchemes/OAuth2" }) as {
  readonly flows: Readonly<Record<string, { readonly scopes: object }>>;
};

/**
 * @throws TypeError naming the nearest operation for an id that the document does not have.
 */
export function checkOperation(where: string, id: string): void {
  if (document.operation(id)) return;
  const nearest =
    suggestion(
      id,
      operations.map((one) => one.id),
    ) ?? "";
  throw new TypeError(`${where}: unknown operation ${JSON.stringify(id)}. ${nearest}`.trimEnd());
}

/** Every scope that a token may be given. */
export const scopes: ReadonlySet<string> = new Set(
  Object.values(signIn.flows).flatMap((flow) => Object.keys(flow.scopes)),
);

/** True for a field or parameter that holds a credential. */
export const secretNames: ReadonlySet<string> = document.secretNames;

const allServers: readonly OpenApiServer[] = [
  ...new Map(document.operations.flatMap(({ servers }) => servers.map((one) => [one.url, one] as const))).values(),
];

/** The origins of the servers whose whole name is in the document. */
const fixedOrigins = new Set(allServers.filter(({ url }) => !url.includes("{")).map(({ url }) => new URL(url).origin));

/** True when the document has a server with this origin. */
export function isServerOrigin(origin: string): boolean {
  return isServerOf({ operation: { servers: allServers } }, origin);
}

/** True when one of the operation's own servers has this origin. A whole name goes before one with variables. */
export function isServerOf(
  { operation: { servers } }: { readonly operation: Pick<OpenApiOperation, "servers"> },
  origin: string,
): boolean {
  return servers.some(
    (server) => hasOrigin(server, origin) && (!server.url.includes("{") || !fixedOrigins.has(origin)),
  );
}
