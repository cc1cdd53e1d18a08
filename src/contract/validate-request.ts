import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import type { Route } from "../openapi/router.ts";
import { accepts } from "./accepts.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRequestBody } from "./check-request-body.ts";
import type { Problems } from "./error-body.ts";
import { Inspection } from "./inspection.ts";
import { valueOfTexts } from "./text-value.ts";
import type { Issue } from "./violation.ts";

/** A request that has been read. */
export interface ReadRequest {
  readonly url: URL;
  readonly headers: Headers;
  /** Empty when there is no body. */
  readonly bodyText: string;
}

/** The violations of a request, and the status of the response that reports them. */
export interface Rejection {
  /** 404 for a path that leads to nothing, 406 and 415 for another type than the API has or takes, 400 for all else. */
  readonly status: 400 | 404 | 406 | 415;
  /** By field, or one sentence where no field is at fault. */
  readonly problems: Problems | string;
  /** True when `grant_type` names a grant that the document does not have. */
  readonly hasUnknownGrant: boolean;
  readonly issues: readonly Issue[];
}

/**
 * Checks path, query, headers and body of a request by the document. The sandbox and the mock both reject by this, so that
 * they agree.
 *
 * @returns Undefined for a request in order.
 */
export function validateRequest(document: OpenApiDocument, route: Route, request: ReadRequest): Rejection | undefined {
  const { operation } = route;
  const inspection = new Inspection("request", document);
  checkParameters(route, request.url, request.headers, inspection);
  // A client that sends `{}` where no body is wanted sends nothing.
  const bodyText = !operation.body && request.bodyText.trim() === "{}" ? "" : request.bodyText;
  checkRequestBody(operation, request.headers, bodyText, inspection);
  const isPaged = operation.extensions["x-pagination"] === "next";
  const issues = inspection.issues.filter(({ kind, in: part, pointer }) => {
    // Links of pages carry a cursor that the document does not declare.
    return !(kind === "unknown" && part === "query" && pointer === "cursor" && isPaged);
  });
  if (operation.body && bodyText !== "" && isJson(request.headers) && !isObject(bodyText)) {
    issues.push({ kind: "type", in: "body", pointer: "", text: "must be a JSON object" });
  }
  if (issues.length > 0) return rejectionOf(issues);
  const types = successTypesOf(operation);
  if (types.length === 0 || accepts(request.headers.get("Accept"), types)) return undefined;
  const problems = `The response is ${types.join(" or ")}, which the Accept header does not take.`;
  return { status: 406, problems, hasUnknownGrant: false, issues: [] };
}

/** The types of a success body; none where there is none. */
function successTypesOf({ responses }: OpenApiOperation): string[] {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  return successes.flatMap(([, { content = {} }]) => Object.keys(content));
}

/** The values of the parameters of a request that has passed: numbers and lists, with defaults where one is left out. */
export function readParameters(
  document: OpenApiDocument,
  { operation, path }: Route,
  url: URL,
  location: "path" | "query",
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== location) continue;
    const { name } = parameter;
    const texts = location === "query" ? url.searchParams.getAll(name) : [decodeURIComponent(path[name] ?? "")];
    const { default: usual } = document.resolve(parameter.schema) as { readonly default?: unknown };
    const value = texts.length > 0 ? valueOfTexts(texts, parameter, document) : usual;
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function rejectionOf(issues: readonly Issue[]): Rejection {
  const status = issues.some((one) => one.in === "path")
    ? 404
    : issues.some((one) => one.kind === "content_type")
      ? 415
      : 400;
  // A map, because a field may be called `constructor` or `__proto__`.
  const problems = new Map<string, string[]>();
  for (const issue of issues) {
    const field = fieldOf(issue);
    if (field === "") continue;
    problems.set(field, [...new Set([...(problems.get(field) ?? []), sentence(issue)])]);
  }
  const [first] = issues;
  const hasFields = problems.size > 0 && status !== 415;
  const contentType = issues.find(({ kind }) => kind === "content_type");
  const whole = `The ${(contentType ?? first)?.in === "header" ? "Content-Type header" : "body"} ${text(contentType ?? first)}`;
  return {
    status,
    problems: hasFields ? Object.fromEntries(problems) : whole,
    hasUnknownGrant: issues.some(({ pointer, kind }) => pointer === "/grant_type" && kind === "enum"),
    issues,
  };
}

/** The name of the field at fault, with dots between levels and without positions in a list; empty for the whole body. */
function fieldOf({ in: part, pointer }: Issue): string {
  if (part !== "body") return pointer.split("/")[0] ?? "";
  const names = pointer
    .split("/")
    .slice(1)
    .filter((name) => !/^\d+$/.test(name));
  return names.map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
}

function sentence(issue: Issue): string {
  if (issue.kind === "missing") return "This field is required.";
  const words = text(issue);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A sentence with the problem, the value sent and the fix, as far as they are known. */
function text(
  { text: rule, value, hint }: Pick<Issue, "text" | "value" | "hint"> = { text: "cannot be read" },
): string {
  return `${rule}${value === undefined ? "" : `, got ${value}`}.${hint === undefined ? "" : ` ${hint}`}`;
}

function isJson(headers: Headers): boolean {
  return headers.get("Content-Type")?.toLowerCase().startsWith("application/json") ?? false;
}

function isObject(bodyText: string): boolean {
  try {
    const value: unknown = JSON.parse(bodyText);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    // Said already, in words of its own.
    return true;
  }
}
