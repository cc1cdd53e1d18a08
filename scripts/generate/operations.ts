import type { Document, DocumentOperation, Parameter, Schema, Server } from "./document.ts";
import { resolve } from "./document.ts";
import { GenerationError } from "./generation-error.ts";
import type { OperationFacts, ParameterRule, RetryMode } from "./operation-facts.ts";
import {
  checkArgument,
  checkName,
  checkPagedList,
  checkPath,
  checkStyle,
  checkUniqueNames,
  pointerTo,
  reject,
} from "./validate.ts";

const METHODS = ["get", "put", "post", "delete"] as const;
const PAGINATION_KINDS = ["offset", "next"];
const RETRY_MODES: readonly RetryMode[] = ["always", "if_rejected", "never"];

/**
 * Reads every operation that becomes a client method.
 *
 * @throws GenerationError for a document that the generated client could not honour: an operation without an id, two
 * with one method name, an unknown paging kind, and the like.
 */
export function readOperations(document: Document): OperationFacts[] {
  const operations: OperationFacts[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const key of Object.keys(item)) {
      if (["patch", "head", "options", "trace"].includes(key)) {
        reject(path, key, `the client has no way to call ${key.toUpperCase()}: use GET, PUT, POST or DELETE`);
      }
    }
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) operations.push(readOperation(document, path, method, operation));
    }
  }
  if (operations.length === 0) throw new GenerationError("the document has no operation", "#/paths");
  checkUniqueNames(operations);
  return operations;
}

function readOperation(
  document: Document,
  path: string,
  method: (typeof METHODS)[number],
  operation: DocumentOperation,
): OperationFacts {
  const item = document.paths?.[path] ?? {};
  checkPath(path, method);
  const { names, id } = readName(path, method, operation);
  const parameters = readParameters(document, [...(item.parameters ?? []), ...(operation.parameters ?? [])]);
  const pathParameters = templateNames(path).map(
    (name) =>
      parameters.find((parameter) => parameter.in === "path" && parameter.name === name) ??
      reject(path, method, `the path names {${name}}, but no path parameter of that name is described`),
  );
  const queryParameters = parameters.filter((parameter) => parameter.in === "query");
  for (const parameter of pathParameters) checkArgument(path, method, parameter);
  for (const parameter of queryParameters) checkStyle(document, path, method, parameter);
  const body = operation.requestBody ? resolve(document, operation.requestBody) : undefined;
  if (body && queryParameters.length > 0) {
    reject(path, method, "it has both query parameters and a body: a method takes one or the other");
  }
  const contentType = body ? readContentType(path, method, Object.keys(body.content)) : undefined;
  const responses = readResponses(document, path, method, operation);
  const security = operation.security ?? document.security ?? [];
  const pagination = readPagination(path, method, operation, queryParameters);
  if (pagination) checkPagedList(document, path, method, responses[0]);
  return {
    id,
    pointer: pointerTo(path, method),
    resource: names.slice(0, -1),
    verb: names.at(-1) ?? "",
    method: method.toUpperCase() as OperationFacts["method"],
    path,
    servers: readServers(path, method, operation.servers ?? item.servers ?? document.servers),
    security: [...new Set(security.flatMap((alternative) => Object.keys(alternative)))],
    scopes: [...new Set(security.flatMap((alternative) => Object.values(alternative).flat()))],
    pagination,
    pageSize: pagination ? readPageSize(document, queryParameters) : undefined,
    contentType,
    bodyRequired: body?.required ?? false,
    bodyFields: contentType ? readFields(document, body?.content[contentType]?.schema) : undefined,
    openedInBrowser: operation["x-opened-in-browser"] ?? false,
    retry: readRetryMode(path, method, operation),
    coalescable: method === "get" && (operation["x-coalesce"] ?? (operation["x-retry"] ?? "always") === "always"),
    mayBeEmpty: responses.some((schema) => schema === undefined),
    pathParameters,
    queryParameters,
    rules: readRules(document, [...pathParameters, ...queryParameters]),
    responses,
    returnsArray: responses.some((schema) => schema !== undefined && resolve(document, schema).type === "array"),
    summary: operation.summary ?? "",
    description: operation.description ?? "",
    deprecated: operation.deprecated ?? false,
    tag: operation.tags?.[0],
  };
}

function readName(path: string, method: string, operation: DocumentOperation): { id: string; names: string[] } {
  const id = operation.operationId;
  if (!id) reject(path, method, "it has no operationId, and the operationId is the name of its method");
  checkName(path, method, id);
  return { id, names: id.split(".") };
}

/** A parameter of an operation overrides the parameter of the same name of its path. */
function readParameters(document: Document, parameters: readonly Parameter[]): Parameter[] {
  const whole = parameters.map((parameter) => resolve(document, parameter));
  return [...new Map(whole.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

function readServers(path: string, method: string, servers: readonly Server[] = []): readonly Server[] {
  if (servers.length === 0) reject(path, method, "no server is described for it");
  const nameless = servers.find((server) => !server["x-name"]);
  if (nameless) reject(path, method, `its server ${nameless.url} has no x-name, by which a caller could choose it`);
  return servers;
}

function readPagination(
  path: string,
  method: string,
  operation: DocumentOperation,
  query: readonly Parameter[],
): OperationFacts["pagination"] {
  const pagination = operation["x-pagination"];
  if (pagination === undefined) return undefined;
  if (!PAGINATION_KINDS.includes(pagination)) {
    reject(path, method, `paging kind "${pagination}" is unknown: use ${PAGINATION_KINDS.join(" or ")}`);
  }
  const names = query.map((parameter) => parameter.name);
  if (pagination === "offset" && !(names.includes("limit") && names.includes("offset"))) {
    reject(path, method, "paging kind offset needs the query parameters limit and offset");
  }
  return pagination as OperationFacts["pagination"];
}

function readPageSize(document: Document, query: readonly Parameter[]): number | undefined {
  const limit = query.find((parameter) => parameter.name === "limit")?.schema;
  const schema = limit && resolve(document, limit);
  return typeof schema?.default === "number" ? schema.default : schema?.maximum;
}

/** The fields of a body, those of every alternative included. */
function readFields(document: Document, schema: Schema | undefined): string[] | undefined {
  if (!schema) return undefined;
  const { properties, allOf = [], oneOf = [], anyOf = [] } = resolve(document, schema);
  const parts = [...allOf, ...oneOf, ...anyOf].flatMap((part) => readFields(document, part) ?? []);
  const names = new Set([...Object.keys(properties ?? {}), ...parts]);
  return names.size > 0 ? [...names] : undefined;
}

/** The form encoding wins where a body may be sent in several ways: it is the one that every runtime encodes itself. */
function readContentType(path: string, method: string, types: readonly string[]): string {
  const known = ["application/x-www-form-urlencoded", "application/json"];
  return (
    known.find((type) => types.includes(type)) ??
    reject(path, method, `a body of type ${types.join(", ")} cannot be encoded: use ${known.join(" or ")}`)
  );
}

function readRetryMode(path: string, method: string, operation: DocumentOperation): RetryMode {
  const mode = operation["x-retry"] ?? (method === "post" ? "never" : "always");
  return (
    RETRY_MODES.find((known) => known === mode) ??
    reject(path, method, `x-retry "${mode}" is unknown: use ${RETRY_MODES.join(", ")}`)
  );
}

function readResponses(document: Document, path: string, method: string, operation: DocumentOperation) {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => /^[23]/.test(status));
  if (successes.length === 0) reject(path, method, "no success response is described");
  return successes.map(([status, response]) => {
    const content = resolve(document, response).content;
    if (!content) return undefined;
    return (
      content["application/json"]?.schema ??
      reject(path, method, `response ${status} is not application/json, and the client reads nothing else`)
    );
  });
}

/** A list is checked item by item, so its rule is that of its items. */
function readRules(document: Document, parameters: readonly Parameter[]): Record<string, ParameterRule> {
  const rules: Record<string, ParameterRule> = {};
  for (const parameter of parameters) {
    const whole = resolve(document, parameter.schema ?? {});
    const schema = whole.type === "array" ? resolve(document, whole.items ?? {}) : whole;
    rules[parameter.name] = ruleOf(schema);
  }
  return rules;
}

function ruleOf({ type, format, minimum, maximum }: Schema): ParameterRule {
  if (type !== "integer" && type !== "number") return { type: format === "date-time" ? "date-time" : "string" };
  return {
    type,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
}
