import type { Schema } from "@cfworker/json-schema";
import document from "../../generated/openapi.json" with { type: "json" };
import type { OperationId } from "../../generated/operations.ts";

/** What the document says of an operation. The sandbox routes and checks by it and repeats none of it. */
export interface OperationRules {
  readonly id: OperationId;
  readonly method: string;
  /** Path template, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  /** The servers that answer it. */
  readonly servers: readonly Server[];
  /** True when it wants a token. */
  readonly signedIn: boolean;
  /** False when a personal access token will not do. */
  readonly takesPersonalToken: boolean;
  /** The scopes that the token must have. */
  readonly scopes: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The schema of the body, if it takes one. */
  readonly body: Schema | undefined;
  /** True when its body is JSON; otherwise it is a form. */
  readonly takesJson: boolean;
  readonly bodyRequired: boolean;
  /** What its refusal of bad input can hold: a list of fields, one sentence only, or nothing. */
  readonly refusal: "fields" | "sentence" | "empty";
  /** Statuses that it declares without a body. */
  readonly empty: readonly number[];
  /** How its list is paged. */
  readonly paging: "offset" | "next" | undefined;
  /** The first success status, and its body. */
  readonly success: Success;
}

/** What an operation returns when all is well. */
export interface Success {
  readonly status: number;
  /** The schema of the body; undefined where there is none. */
  readonly schema: Schema | undefined;
  /** The examples of the body, with their references looked up. */
  readonly examples: readonly unknown[];
}

/** A parameter in the path or in the query. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A server of the document. */
export interface Server {
  /** May hold `{variables}`. */
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string }>>;
}

interface ResponseObject {
  readonly content?: { readonly "application/json"?: { readonly schema: object; readonly examples?: object } };
}

interface OperationObject {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
  readonly "x-paging"?: "offset" | "next";
}

type PathItem = Readonly<Record<string, OperationObject>> & { readonly servers?: readonly Server[] };

const METHODS = ["get", "post", "put", "delete"];

const paths = document.paths as unknown as Readonly<Record<string, PathItem>>;

/** Every operation of the document. */
export const operations: readonly OperationRules[] = Object.entries(paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [rulesOf(operation, method.toUpperCase(), path, item.servers ?? document.servers)] : [];
  }),
);

/** Every scope that a token may be given. */
export const scopes: ReadonlySet<string> = new Set(
  Object.values(document.components.securitySchemes.OAuth2.flows).flatMap((flow) => Object.keys(flow.scopes)),
);

/** The origins of the servers whose whole name stands in the document. */
const fixedOrigins: ReadonlySet<string> = new Set(
  operations.flatMap(({ servers }) =>
    servers.filter(({ variables }) => !variables).map(({ url }) => new URL(url).origin),
  ),
);

const allServers: readonly Server[] = [
  ...new Map(operations.flatMap(({ servers }) => servers.map((server) => [server.url, server]))).values(),
];

/** True when the document gives a server with this origin. */
export function isServerOrigin(origin: string): boolean {
  return isServerOf({ servers: allServers }, origin);
}

/** True when one of the operation's own servers has this origin. A whole name goes before one with variables. */
export function isServerOf({ servers }: Pick<OperationRules, "servers">, origin: string): boolean {
  return servers.some(({ url, variables }) =>
    variables ? !fixedOrigins.has(origin) && patternOf(url).test(origin) : new URL(url).origin === origin,
  );
}

/** Names of fields and parameters that hold a credential. */
export const secretNames: ReadonlySet<string> = new Set([...secretsIn(document)]);

function rulesOf(operation: OperationObject, method: string, path: string, servers: readonly Server[]): OperationRules {
  const security = operation.security ?? document.security;
  return {
    id: operation.operationId as OperationId,
    method,
    path,
    servers,
    signedIn: security.length > 0,
    takesPersonalToken: security.some((way) => "PersonalAccessToken" in way),
    scopes: security.flatMap((way) => ("OAuth2" in way ? (way.OAuth2 ?? []) : [])),
    parameters: (operation.parameters ?? []).map((parameter) => resolve(parameter) as Parameter),
    // Where a body may come in several content types, the document gives them all the same schema.
    body: resolve(Object.values(operation.requestBody?.content ?? {})[0]?.schema) as Schema | undefined,
    takesJson: "application/json" in (operation.requestBody?.content ?? {}),
    bodyRequired: operation.requestBody?.required ?? false,
    refusal: refusalOf(operation),
    empty: Object.keys(operation.responses)
      .map(Number)
      .filter((status) => !jsonOf(operation, status)),
    paging: operation["x-paging"],
    success: successOf(operation),
  };
}

function refusalOf(operation: OperationObject): OperationRules["refusal"] {
  if (!("400" in operation.responses)) return "fields";
  const { schema } = jsonOf(operation, 400) ?? {};
  if (!schema) return "empty";
  const { properties } = resolve(schema) as Schema;
  return (properties?.detail as Schema | undefined)?.type === "string" ? "sentence" : "fields";
}

function jsonOf({ responses }: OperationObject, status: number) {
  const response = responses[status];
  return (response && (resolveOnce(response) as ResponseObject))?.content?.["application/json"];
}

/** `https://{streamer}.angelcam.com` as an expression; a variable stands for one part of a host name. */
function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[a-z0-9-]+")}$`);
}

/** Looked up when it is first asked for: most sandboxes need a few operations only. */
function successOf(operation: OperationObject): Success {
  const status = Number(Object.keys(operation.responses).find((code) => code.startsWith("2")) ?? 204);
  const lazily = <T>(look: () => T) => {
    let found: { readonly value: T } | undefined;
    return () => {
      found ??= { value: look() };
      return found.value;
    };
  };
  const schema = lazily(() => resolve(jsonOf(operation, status)?.schema) as Schema | undefined);
  const examples = lazily(() =>
    Object.values(jsonOf(operation, status)?.examples ?? {}).map((one) => (resolve(one) as { value?: unknown }).value),
  );
  return {
    status,
    get schema() {
      return schema();
    },
    get examples() {
      return examples();
    },
  };
}

/** The operation with this id. */
export function rulesFor(id: OperationId): OperationRules {
  const rules = operations.find((one) => one.id === id);
  if (!rules) throw new RangeError(`The document has no operation ${id}`);
  return rules;
}

/** The value with each reference into the document replaced by what it points at. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (value === null || typeof value !== "object") return value;
  const { $ref, ...rest } = value as { $ref?: string };
  const target = $ref && lookUp($ref);
  const own = Object.entries(rest).map(([name, part]) => [name, resolve(part)]);
  return { ...(target === undefined ? {} : (resolve(target) as object)), ...Object.fromEntries(own) };
}

/** The same for the value itself only. */
function resolveOnce(value: object): unknown {
  return "$ref" in value ? lookUp(value.$ref as string) : value;
}

function lookUp(reference: string): unknown {
  return reference.split("/").slice(1).reduce(step, document);
}

function step(parent: unknown, key: string): unknown {
  return (parent as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
}

function* secretsIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== "object") return;
  const { name, schema, properties } = value as { name?: unknown; schema?: unknown; properties?: object };
  if (typeof name === "string" && isSecret(schema)) yield name;
  for (const [field, part] of Object.entries(properties ?? {})) if (isSecret(part)) yield field;
  for (const part of Object.values(value)) yield* secretsIn(part);
}

function isSecret(schema: unknown): boolean {
  return (schema as { format?: unknown } | undefined)?.format === "password";
}
