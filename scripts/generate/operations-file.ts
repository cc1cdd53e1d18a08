import type { Document, Server } from "./document.ts";
import { docComment } from "./method-comment.ts";
import type { OperationFacts, ParameterRule } from "./operation-facts.ts";
import { readSecretNames } from "./secrets.ts";
import { type ServerTable, serverTable } from "./servers.ts";

/**
 * Writes the text of `generated/operations.ts`: the servers, the names of secret fields, and the operation table as plain
 * literals. The file imports nothing, so that every part of the client may know what an operation is.
 */
export function writeOperations(document: Document, operations: readonly OperationFacts[]): string {
  const servers = serverTable(operations);
  const rows = operations.map((operation) => writeRow(operation, servers));
  return [
    "// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.\n",
    TYPES,
    writeServers(servers),
    writeSecrets(document),
    writeSharedValues(operations),
    docComment(["The id of an operation, which is the name of its method: `cameras.list`."]),
    `export type OperationId =${operations.map(({ id }) => `\n  | ${quote(id)}`).join("")};\n`,
    "const rows: Readonly<Record<OperationId, Row>> = {",
    ...rows,
    "};\n",
    WITH_IDS,
  ].join("\n");
}

/** The types of the table. They are written into the file, because the file imports nothing. */
const TYPES = `/** URLs by the names that the spec gives them; the first one is the default. \`{name}\` in a URL is a variable, \`{name=eu}\` one with a default. */
export type Servers = Readonly<Record<string, string>>;

/** A security scheme of the spec. */
export type SecurityScheme = "OAuth2" | "BearerToken" | "PersonalAccessToken";

/** The rule for the value of a parameter. A list is checked item by item. */
export interface ParameterRule {
  readonly type: "integer" | "number" | "string" | "date-time";
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The facts of an operation that the client needs. A property that is left out is false, or does not apply. */
export interface Operation {
  /** The name of its method: \`cameras.list\`. */
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path template: \`/v1/cameras/{camera_id}/\`. */
  readonly path: string;
  readonly servers: Servers;
  /** The security schemes that it accepts; empty when it takes no credential. */
  readonly security: readonly SecurityScheme[];
  /** Path parameters in the order of the path. */
  readonly pathParameters?: Readonly<Record<string, ParameterRule>>;
  readonly query?: Readonly<Record<string, ParameterRule>>;
  readonly body?: {
    readonly contentType: "application/json" | "application/x-www-form-urlencoded";
    readonly required: boolean;
    /** Names of its fields; left out where the spec does not list them. */
    readonly fields?: readonly string[];
  };
  /** How its list is split into pages, and how many items the client asks for. */
  readonly pagination?: { readonly type: "offset" | "next"; readonly pageSize?: number };
  /** The content of a success response. */
  readonly response: "object" | "array" | "empty";
  /** True when a success response may be empty although it usually holds data. */
  readonly mayBeEmpty?: boolean;
  /**
   * Overrides the retry policy for its method. \`if_rejected\`: only after a response that means that the request had no effect
   * (429, 503).
   */
  readonly retry?: "always" | "if_rejected" | "never";
  /** False for a GET whose response two callers must not share. */
  readonly coalesce?: boolean;
  /** True for a page that a person opens: it is no method. */
  readonly openedInBrowser?: boolean;
}
`;

/** In the table an operation has its id as its key alone: written twice, the ids would be a seventh of it. */
const WITH_IDS = `/** An operation without its id, which is its key. */
type Row = Omit<Operation, "id">;

/** Every operation of the API by its id. */
export const operations = /* @__PURE__ */ withIds(rows);

function withIds(table: Readonly<Record<OperationId, Row>>): Readonly<Record<OperationId, Operation>> {
  const entries = Object.entries(table).map(([id, row]) => [id, { id, ...row }]);
  return Object.fromEntries(entries) as Record<OperationId, Operation>;
}
`;

function writeServers(table: ServerTable): string {
  const names = [...new Set([...table.values()].flatMap(({ servers }) => servers.map((server) => server["x-name"])))];
  return [
    docComment(["A server that the document names."]),
    `export type ServerName = ${names.map((name) => quote(name ?? "")).join(" | ")};\n`,
    ...[...table].map(
      ([name, { servers }]) => `const ${serverConstant(name)} = { ${servers.map(writeServer).join(", ")} };`,
    ),
    "",
  ].join("\n");
}

/** A variable is written with its default, unless a call must pass its value: `{region=eu}`, `{streamer}`. */
function writeServer({ "x-name": name = "", url, variables = {} }: Server): string {
  const filled = url.replace(/\{(\w+)\}/g, (_, variable) => {
    const { default: usual, "x-required": required = false } = variables[variable] ?? {};
    return usual && !required ? `{${variable}=${usual}}` : `{${variable}}`;
  });
  return `${name}: ${quote(filled)}`;
}

function writeSecrets(document: Document): string {
  return [
    docComment(["Fields that hold a credential: their values are removed from all that is shown."]),
    `export const secretNames = ${list(readSecretNames(document))} as const;\n`,
  ].join("\n");
}

/** Values that many rows share: the rules of parameters, security and pagination. */
function writeSharedValues(operations: readonly OperationFacts[]): string {
  const values = new Map<string, string>();
  for (const { security, rules, pagination, pageSize } of operations) {
    values.set(securityConstant(security), list(security));
    for (const rule of Object.values(rules)) values.set(ruleConstant(rule), writeRule(rule));
    if (pagination) values.set(pageConstant(pagination, pageSize), writePagination(pagination, pageSize));
  }
  const lines = [...values].sort(([a], [b]) => a.localeCompare(b));
  return `${lines.map(([name, value]) => `const ${name}${typeOf(name)} = ${value};`).join("\n")}\n`;
}

function typeOf(constant: string): string {
  if (constant.startsWith("pages")) return ': Operation["pagination"]';
  return constant === "noToken" || constant.startsWith("takes") ? ": readonly SecurityScheme[]" : ": ParameterRule";
}

function writeRow(operation: OperationFacts, table: ServerTable): string {
  const [servers = ""] = [...table].find(([, { key }]) => key === JSON.stringify(operation.servers)) ?? [];
  const head = [`method: ${quote(operation.method)}`, `path: ${quote(operation.path)}`];
  const tail = [
    `servers: ${serverConstant(servers)}`,
    `security: ${securityConstant(operation.security)}`,
    ...writeParameters("pathParameters", operation.pathParameters, operation.rules),
    ...writeParameters("query", operation.queryParameters, operation.rules),
    ...writeBody(operation),
    ...(operation.pagination ? [`pagination: ${pageConstant(operation.pagination, operation.pageSize)}`] : []),
    `response: ${quote(responseOf(operation))}`,
    ...(operation.mayBeEmpty && responseOf(operation) !== "empty" ? ["mayBeEmpty: true"] : []),
    ...(operation.retry === usualRetry(operation) ? [] : [`retry: ${quote(operation.retry)}`]),
    ...(operation.method === "GET" && !operation.coalescable ? ["coalesce: false"] : []),
    ...(operation.openedInBrowser ? ["openedInBrowser: true"] : []),
  ];
  return `  ${quote(operation.id)}: {\n    ${head.join(", ")},\n    ${tail.join(", ")},\n  },`;
}

function writeParameters(
  name: string,
  parameters: OperationFacts["queryParameters"],
  rules: OperationFacts["rules"],
): string[] {
  if (parameters.length === 0) return [];
  const entries = parameters.map((parameter) => {
    const constant = ruleConstant(rules[parameter.name] as ParameterRule);
    return `${key(parameter.name)}: ${constant}`;
  });
  return [`${name}: { ${entries.join(", ")} }`];
}

function writeBody({ contentType, bodyRequired, bodyFields }: OperationFacts): string[] {
  if (!contentType) return [];
  const fields = bodyFields ? `, fields: ${list(bodyFields)}` : "";
  return [`body: { contentType: ${quote(contentType)}, required: ${bodyRequired}${fields} }`];
}

function responseOf({ responses, returnsArray }: OperationFacts): "object" | "array" | "empty" {
  if (responses.every((schema) => schema === undefined)) return "empty";
  return returnsArray ? "array" : "object";
}

/** The retry policy's own rule for the method, so that only exceptions are written. */
function usualRetry({ method }: OperationFacts): OperationFacts["retry"] {
  return method === "POST" ? "never" : "always";
}

function serverConstant(name: string): string {
  return `${name}Servers`;
}

function securityConstant(security: readonly string[]): string {
  return security.length === 0 ? "noToken" : `takes${security.join("Or")}`;
}

/** `integerFrom1`, `integerFrom30To1800`, `string`, `dateTime`. */
function ruleConstant({ type, minimum, maximum }: ParameterRule): string {
  const base = type === "date-time" ? "dateTime" : type;
  return [base, minimum === undefined ? "" : `From${minimum}`, maximum === undefined ? "" : `To${maximum}`]
    .join("")
    .replaceAll(/[^A-Za-z0-9]/g, "_");
}

function writeRule(rule: ParameterRule): string {
  const entries = Object.entries(rule).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${entries.join(", ")} }`;
}

function pageConstant(pagination: string, pageSize: number | undefined): string {
  return `pagesBy${pagination.charAt(0).toUpperCase()}${pagination.slice(1)}${pageSize ?? ""}`;
}

function writePagination(pagination: string, pageSize: number | undefined): string {
  return `{ type: ${quote(pagination)}${pageSize === undefined ? "" : `, pageSize: ${pageSize}`} }`;
}

function list(names: readonly string[]): string {
  return `[${names.map(quote).join(", ")}]`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
