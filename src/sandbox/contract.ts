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
  /** True for a list that comes in pages. */
  readonly paged: boolean;
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
  readonly "x-paging"?: string;
}

type PathItem = Readonly<Record<string, OperationObject>> & { readonly servers?: readonly Server[] };

const METHODS = ["get", "post", "put", "delete"];

const paths = document.paths as unknown as Readonly<Record<string, PathItem>>;

const operations: readonly OperationObject[] = Object.values(paths).flatMap((item) =>
  METHODS.flatMap((method) => item[method] ?? []),
);

/** Every operation of the document. */
export const contract: readonly OperationRules[] = Object.entries(paths).flatMap(([path, item]) =>
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
  contract.flatMap(({ servers }) =>
    servers.filter(({ variables }) => !variables).map(({ url }) => new URL(url).origin),
  ),
);

const allServers: readonly Server[] = [
  ...new Map(contract.flatMap(({ servers }) => servers.map((server) => [server.url, server]))).values(),
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
    paged: "x-paging" in operation,
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

/**
 * The first example of an operation's success answer, and its status. The value is undefined where the answer has no
 * body.
 */
export function firstExample(id: OperationId): { readonly status: number; readonly value: unknown } {
  const operation = operations.find(({ operationId }) => operationId === id);
  const status = Number(Object.keys(operation?.responses ?? {}).find((code) => code.startsWith("2")) ?? 204);
  const [example] = Object.values((operation && jsonOf(operation, status)?.examples) ?? {});
  return { status, value: (resolve(example) as { value?: unknown } | undefined)?.value };
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
