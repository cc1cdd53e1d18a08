import type { Document, DocumentOperation, Parameter, Schema, Server } from "./document.ts";
import { resolve } from "./document.ts";
import { GenerationError } from "./generation-error.ts";

/** What the generated client needs to know of one operation, read from the bundled document. */
export interface OperationFacts {
  id: string;
  /** Where it stands in the document, for error messages. */
  pointer: string;
  /** The names before the last dot, `["cameras", "clips"]` for `cameras.clips.create`. */
  resource: readonly string[];
  /** The name behind the last dot. */
  verb: string;
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  servers: readonly Server[];
  /** Names of the security schemes that it accepts; empty when it is called without a credential. */
  security: readonly string[];
  scopes: readonly string[];
  paging: "offset" | "next" | undefined;
  /** The largest page that the document allows. */
  pageLimit: number | undefined;
  contentType: string | undefined;
  bodyRequired: boolean;
  /** True for a page that a person opens: it stands in the table, but is no method. */
  openedInBrowser: boolean;
  repeatable: Repeatable;
  /** True when a success answer may come without data. */
  mayBeEmpty: boolean;
  pathParameters: readonly Parameter[];
  queryParameters: readonly Parameter[];
  /** Bounds of numeric parameters, checked before a request is spent. */
  numbers: Readonly<Record<string, NumberBounds>>;
  /** Success answers: the schema, or undefined for an empty one. */
  answers: readonly (Schema | undefined)[];
  summary: string;
  description: string;
  deprecated: boolean;
  tag: string | undefined;
}

/** `refused`: only after an answer that says that nothing was done (429, 503). */
type Repeatable = boolean | "refused";

interface NumberBounds {
  integer?: true;
  minimum?: number;
  maximum?: number;
}

const METHODS = ["get", "put", "post", "delete"] as const;
const PAGING_KINDS = ["offset", "next"];
const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;

/** Names that `Angelcam` itself uses, so that no resource may take them. */
const RESERVED = ["api", "quota", "constructor", "toString", "then"];

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
  const { names, id } = readName(path, method, operation);
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
    resolve(document, parameter),
  );
  const pathParameters = templateNames(path).map(
    (name) =>
      parameters.find((parameter) => parameter.in === "path" && parameter.name === name) ??
      refuse(path, method, `the path names {${name}}, but no path parameter of that name is described`),
  );
  const queryParameters = parameters.filter((parameter) => parameter.in === "query");
  for (const parameter of queryParameters) refuseStyle(document, path, method, parameter);
  const body = operation.requestBody ? resolve(document, operation.requestBody) : undefined;
  if (body && queryParameters.length > 0) {
    refuse(path, method, "it has both query parameters and a body: a method takes one or the other");
  }
  const contentType = body ? readContentType(path, method, Object.keys(body.content)) : undefined;
  const answers = readAnswers(document, path, method, operation);
  const security = operation.security ?? document.security ?? [];
  const paging = readPaging(path, method, operation, queryParameters);
  return {
    id,
    pointer: pointerTo(path, method),
    resource: names.slice(0, -1),
    verb: names.at(-1) ?? "",
    method: method.toUpperCase() as OperationFacts["method"],
    path,
    servers:
      operation.servers ?? item.servers ?? document.servers ?? refuse(path, method, "no server is described for it"),
    security: security.flatMap((alternative) => Object.keys(alternative)),
    scopes: [...new Set(security.flatMap((alternative) => Object.values(alternative).flat()))],
    paging,
    pageLimit: paging ? readLimit(document, queryParameters) : undefined,
    contentType,
    bodyRequired: body?.required ?? false,
    openedInBrowser: operation["x-opened-in-browser"] ?? false,
    repeatable: readRepeatable(path, method, operation),
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
  const names = id.split(".");
  if (names.length < 2 || !names.every((name) => IDENTIFIER.test(name))) {
    refuse(path, method, `operationId "${id}" is not a dotted method name such as "cameras.list"`);
  }
  if (RESERVED.includes(names[0] ?? "")) {
    refuse(path, method, `operationId "${id}" would hide "${names[0]}", which the client uses itself`);
  }
  return { id, names };
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
  return limit?.schema ? resolve(document, limit.schema).maximum : undefined;
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
    const schema = resolve(document, parameter.schema ?? {});
    if (schema.type !== "integer" && schema.type !== "number") continue;
    numbers[parameter.name] = {
      ...(schema.type === "integer" ? { integer: true } : {}),
      ...(schema.minimum === undefined ? {} : { minimum: schema.minimum }),
      ...(schema.maximum === undefined ? {} : { maximum: schema.maximum }),
    };
  }
  return numbers;
}

function refuseStyle(document: Document, path: string, method: string, parameter: Parameter): void {
  const type = resolve(document, parameter.schema ?? {}).type;
  if (type === "object")
    refuse(path, method, `query parameter ${parameter.name} is an object, which the API never takes`);
  if (type === "array" && (parameter.explode !== false || (parameter.style ?? "form") !== "form")) {
    refuse(path, method, `query parameter ${parameter.name} is a list: describe it as style form, explode false`);
  }
}

/** Method names must be unique, and a name cannot be a method and a resource at once. */
function refuseClashes(operations: readonly OperationFacts[]): void {
  const seen = new Map<string, OperationFacts>();
  for (const operation of operations) {
    const twin = seen.get(operation.id);
    if (twin) {
      throw new GenerationError(
        `operationId "${operation.id}" is taken by ${twin.method} ${twin.path}: two operations cannot share one method name`,
        operation.pointer,
      );
    }
    seen.set(operation.id, operation);
  }
  for (const operation of operations) {
    const twin = seen.get(operation.resource.join("."));
    if (twin) {
      throw new GenerationError(
        `operationId "${operation.id}" needs a resource "${twin.id}", but that is already a method`,
        operation.pointer,
      );
    }
  }
}

function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
}

function pointerTo(path: string, method: string): string {
  return `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
}

function refuse(path: string, method: string, problem: string): never {
  throw new GenerationError(`${method.toUpperCase()} ${path}: ${problem}`, pointerTo(path, method));
}
