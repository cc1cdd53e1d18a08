import type { Document, DocumentOperation, Parameter, Server } from "./document.ts";
import { resolve } from "./document.ts";
import { GenerationError } from "./generation-error.ts";
import type { NumberBounds, OperationFacts, Repeatable } from "./operation-facts.ts";
import {
  pointerTo,
  refuse,
  refuseArgument,
  refuseClashes,
  refuseName,
  refusePath,
  refuseStyle,
  refuseUnlisted,
} from "./refuse.ts";

const METHODS = ["get", "put", "post", "delete"] as const;
const PAGING_KINDS = ["offset", "next"];

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
        refuse(path, key, `the client has no way to call ${key.toUpperCase()}: use GET, PUT, POST or DELETE`);
      }
    }
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) operations.push(readOperation(document, path, method, operation));
    }
  }
  if (operations.length === 0) throw new GenerationError("the document has no operation", "#/paths");
  refuseClashes(operations);
  return operations;
}

function readOperation(
  document: Document,
  path: string,
  method: (typeof METHODS)[number],
  operation: DocumentOperation,
): OperationFacts {
  const item = document.paths?.[path] ?? {};
  refusePath(path, method);
  const { names, id } = readName(path, method, operation);
  const parameters = readParameters(document, [...(item.parameters ?? []), ...(operation.parameters ?? [])]);
  const pathParameters = templateNames(path).map(
    (name) =>
      parameters.find((parameter) => parameter.in === "path" && parameter.name === name) ??
      refuse(path, method, `the path names {${name}}, but no path parameter of that name is described`),
  );
  const queryParameters = parameters.filter((parameter) => parameter.in === "query");
  for (const parameter of pathParameters) refuseArgument(path, method, parameter);
  for (const parameter of queryParameters) refuseStyle(document, path, method, parameter);
  const body = operation.requestBody ? resolve(document, operation.requestBody) : undefined;
  if (body && queryParameters.length > 0) {
    refuse(path, method, "it has both query parameters and a body: a method takes one or the other");
  }
  const contentType = body ? readContentType(path, method, Object.keys(body.content)) : undefined;
  const answers = readAnswers(document, path, method, operation);
  const security = operation.security ?? document.security ?? [];
  const paging = readPaging(path, method, operation, queryParameters);
  if (paging) refuseUnlisted(document, path, method, answers[0]);
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
    paging,
    pageLimit: paging ? readLimit(document, queryParameters) : undefined,
    contentType,
    bodyRequired: body?.required ?? false,
    openedInBrowser: operation["x-opened-in-browser"] ?? false,
    repeatable: readRepeatable(path, method, operation),
    shareable: method === "get" && (operation["x-coalesce"] ?? operation["x-repeatable"] ?? true) === true,
    mayBeEmpty: answers.some((schema) => schema === undefined),
    pathParameters,
    queryParameters,
    numbers: readNumbers(document, [...pathParameters, ...queryParameters]),
    answers,
    summary: operation.summary ?? "",
    description: operation.description ?? "",
    deprecated: operation.deprecated ?? false,
    tag: operation.tags?.[0],
  };
}

function readName(path: string, method: string, operation: DocumentOperation): { id: string; names: string[] } {
  const id = operation.operationId;
  if (!id) refuse(path, method, "it has no operationId, and the operationId is the name of its method");
  refuseName(path, method, id);
  return { id, names: id.split(".") };
}

/** What an operation says of a parameter counts more than what its path says. */
function readParameters(document: Document, parameters: readonly Parameter[]): Parameter[] {
  const whole = parameters.map((parameter) => resolve(document, parameter));
  return [...new Map(whole.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

function readServers(path: string, method: string, servers: readonly Server[] = []): readonly Server[] {
  if (servers.length === 0) refuse(path, method, "no server is described for it");
  const nameless = servers.find((server) => !server["x-name"]);
  if (nameless) refuse(path, method, `its server ${nameless.url} has no x-name, by which a caller could choose it`);
  return servers;
}

function readPaging(
  path: string,
  method: string,
  operation: DocumentOperation,
  query: readonly Parameter[],
): OperationFacts["paging"] {
  const paging = operation["x-paging"];
  if (paging === undefined) return undefined;
  if (!PAGING_KINDS.includes(paging)) {
    refuse(path, method, `paging kind "${paging}" is unknown: use ${PAGING_KINDS.join(" or ")}`);
  }
  const names = query.map((parameter) => parameter.name);
  if (paging === "offset" && !(names.includes("limit") && names.includes("offset"))) {
    refuse(path, method, "paging kind offset needs the query parameters limit and offset");
  }
  return paging as OperationFacts["paging"];
}

function readLimit(document: Document, query: readonly Parameter[]): number | undefined {
  const limit = query.find((parameter) => parameter.name === "limit");
  const schema = limit?.schema && resolve(document, limit.schema);
  return schema?.default ?? schema?.maximum;
}

/** The form encoding wins where a body may be sent in several ways: it is the one that every runtime encodes itself. */
function readContentType(path: string, method: string, types: readonly string[]): string {
  const known = ["application/x-www-form-urlencoded", "application/json"];
  return (
    known.find((type) => types.includes(type)) ??
    refuse(path, method, `a body of type ${types.join(", ")} cannot be encoded: use ${known.join(" or ")}`)
  );
}

function readRepeatable(path: string, method: string, operation: DocumentOperation): Repeatable {
  const repeatable = operation["x-repeatable"] ?? method !== "post";
  if (repeatable === true || repeatable === false || repeatable === "refused") return repeatable;
  return refuse(path, method, `x-repeatable "${repeatable}" is unknown: use true, false or refused`);
}

function readAnswers(document: Document, path: string, method: string, operation: DocumentOperation) {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => /^[23]/.test(status));
  if (successes.length === 0) refuse(path, method, "no success answer is described");
  return successes.map(([status, answer]) => {
    const content = resolve(document, answer).content;
    if (!content) return undefined;
    return (
      content["application/json"]?.schema ??
      refuse(path, method, `answer ${status} is not application/json, and the client reads nothing else`)
    );
  });
}

function readNumbers(document: Document, parameters: readonly Parameter[]) {
  const numbers: Record<string, NumberBounds> = {};
  for (const parameter of parameters) {
    const whole = resolve(document, parameter.schema ?? {});
    const schema = whole.type === "array" ? resolve(document, whole.items ?? {}) : whole;
    if (schema.type !== "integer" && schema.type !== "number") continue;
    numbers[parameter.name] = {
      ...(schema.type === "integer" ? { integer: true } : {}),
      ...(schema.minimum === undefined ? {} : { minimum: schema.minimum }),
      ...(schema.maximum === undefined ? {} : { maximum: schema.maximum }),
    };
  }
  return numbers;
}

function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
}
