import type { Schema } from "@cfworker/json-schema";
import document from "../../generated/openapi.json" with { type: "json" };
import type { OperationId } from "../operation.ts";

/** What the document says of an operation. The sandbox routes and checks by it and repeats none of it. */
export interface OperationRules {
  readonly id: OperationId;
  readonly method: string;
  /** Path template, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string;
  /** The origins of the servers that answer it. */
  readonly origins: readonly string[];
  /** True when it wants a token. */
  readonly signedIn: boolean;
  /** The scopes that the token must have. */
  readonly scopes: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The schema of the body, if it takes one. */
  readonly body: Schema | undefined;
}

/** A parameter in the path or in the query. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Server {
  readonly url: string;
}

interface OperationObject {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

type PathItem = Readonly<Record<string, OperationObject>> & { readonly servers?: readonly Server[] };

const METHODS = ["get", "post", "put", "delete"];

/** Every operation of the document. */
export const contract: readonly OperationRules[] = Object.entries(
  document.paths as unknown as Readonly<Record<string, PathItem>>,
).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [rulesOf(operation, method.toUpperCase(), path, item.servers ?? document.servers)] : [];
  }),
);

/** Every scope that a token may be given. */
export const scopes: ReadonlySet<string> = new Set(
  Object.values(document.components.securitySchemes.OAuth2.flows).flatMap((flow) => Object.keys(flow.scopes)),
);

/** The origins of all servers in the document. */
export const serverOrigins: ReadonlySet<string> = new Set(contract.flatMap(({ origins }) => origins));

/** Names of fields and parameters that hold a credential. */
export const secretNames: ReadonlySet<string> = new Set([...secretsIn(document)]);

function rulesOf(operation: OperationObject, method: string, path: string, servers: readonly Server[]): OperationRules {
  const security = operation.security ?? document.security;
  return {
    id: operation.operationId as OperationId,
    method,
    path,
    origins: servers.map(({ url }) => new URL(url).origin),
    signedIn: security.length > 0,
    scopes: security.flatMap((way) => ("OAuth2" in way ? (way.OAuth2 ?? []) : [])),
    parameters: (operation.parameters ?? []).map((parameter) => resolve(parameter) as Parameter),
    // Where a body may come in several content types, the document gives them all the same schema.
    body: resolve(Object.values(operation.requestBody?.content ?? {})[0]?.schema) as Schema | undefined,
  };
}

/** The value with each reference into the document replaced by what it points at. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (value === null || typeof value !== "object") return value;
  const { $ref, ...rest } = value as { $ref?: string };
  const target = $ref?.split("/").slice(1).reduce(step, document);
  const own = Object.entries(rest).map(([name, part]) => [name, resolve(part)]);
  return { ...(target === undefined ? {} : (resolve(target) as object)), ...Object.fromEntries(own) };
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
