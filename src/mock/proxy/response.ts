import type { IncomingMessage } from "node:http";
import { isPreflight, preflightHeaders } from "../../base/cors.ts";
import { isForm, mediaTypeOf, readForm } from "../../contract/body.ts";
import { rejectNoOperation } from "../../contract/no-operation.ts";
import { type Rejection, validateRequest } from "../../contract/validate-request.ts";
import type { Issue } from "../../contract/violation.ts";
import { type Address, readAddress } from "../../http/read-address.ts";
import { checkBodyHeaders, readBody } from "../../http/read-body.ts";
import { RequestError } from "../../http/request-error.ts";
import type { OperationRules } from "../../openapi/operation-rules.ts";
import type { Route } from "../../openapi/router.ts";
import type { MockDocument } from "./operations.ts";
import { atOrigin, type ListPage, pageAt } from "./pages.ts";
import { problemOf, rejectionOfProblem, violationsOf } from "./prism-problem.ts";
import type { PrismRequest, PrismResponse, Upstream } from "./upstream.ts";
import {
  type MockRejection,
  RejectedRequestError,
  rejectionBody,
  rejectionHeaders,
  rejectionOfMalformed,
  rejectRequest,
  type Violation,
} from "./validation-error.ts";

/** A response, ready to be sent. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A request that was read, for an operation of the document. */
interface Call {
  readonly request: IncomingMessage;
  readonly address: Address;
  readonly url: URL;
  readonly route: Route;
  readonly headers: Headers;
  readonly bodyText: string;
}

/** Headers of Prism's responses that concern the connection or Prism itself. */
const HOP_HEADERS = /^(connection|keep-alive|transfer-encoding|content-length|date|vary|access-control-.*)$/;

/** Responds to a request: rejects malformed and unknown ones, forwards the rest to Prism, and completes its response. */
export async function respond(request: IncomingMessage, mock: MockDocument, upstream: Upstream): Promise<MockResponse> {
  let rules: OperationRules | undefined;
  try {
    const address = readAddress(request.url ?? "", request.headers.host);
    const { url } = address;
    const methods = mock.router.methodsAt(url);
    const header = (name: string) => request.headers[name] as string | undefined;
    if (isPreflight(request.method ?? "", header)) {
      const headers = preflightHeaders(header("access-control-request-headers"), methods);
      return { status: 204, headers, body: "" };
    }
    // Node leaves out the body of a response to HEAD.
    const method = request.method === "HEAD" ? "GET" : (request.method ?? "");
    const { route, problem } = mock.router.find(method, url);
    if (!route || problem) throw new RejectedRequestError(withoutOperation(request, url, mock));
    rules = mock.rules(route);
    const headers = headersOf(request);
    checkCredential(rules, headers);
    const bodyText = method === "GET" ? "" : await readText(request, headers, rules);
    return await respondToOperation({ request, address, url, route, headers, bodyText }, mock, upstream);
  } catch (error) {
    if (error instanceof RejectedRequestError) return responseOfRejection(error.rejection, rules);
    if (error instanceof RequestError) return responseOfRejection(rejectionOfMalformed(error), rules);
    throw error;
  }
}

/** All headers; Node's own object keeps only the first of some that came twice. */
function headersOf({ headersDistinct }: IncomingMessage): Headers {
  return new Headers(
    Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  );
}

/** The body of a request. Its connection stays open, for the response and for the next request. */
function readText(request: IncomingMessage, headers: Headers, { takesFile }: OperationRules): Promise<string> {
  checkBodyHeaders(headers, takesFile);
  return readBody(request.iterator({ destroyOnReturn: false }), takesFile);
}

/** A rejection as a response. */
export function responseOfRejection(rejection: MockRejection, rules?: OperationRules): MockResponse {
  const { status } = rejection;
  const headers = rejectionHeaders(rejection);
  const body = status === 301 ? undefined : rejectionBody(rejection, rules);
  if (body === undefined) return { status, headers, body: "" };
  return { status, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function respondToOperation(call: Call, mock: MockDocument, upstream: Upstream): Promise<MockResponse> {
  const rejection = validateRequest(mock.document, call.route, call);
  if (rejection) throw new RejectedRequestError(mockRejectionOf(rejection));
  const prism = await upstream.send(prismRequestOf(call));
  const problem = problemOf(prism);
  const found = violationsOf(prism, problem);
  if (prism.status !== 401 && found.length > 0) {
    throw new RejectedRequestError({ status: 400, detail: found[0]?.message ?? "", violations: found });
  }
  if (problem) throw new RejectedRequestError(rejectionOfProblem(problem, call.request));
  const headers = Object.fromEntries(
    Object.entries(prism.headers).flatMap(([name, value]) =>
      HOP_HEADERS.test(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
  return { status: prism.status, headers, body: paged(prism, call, mock) };
}

/** Any token will do, if the operation takes tokens of its kind. */
function checkCredential(rules: OperationRules, headers: Headers): void {
  if (!rules.signedIn) return;
  const header = headers.get("Authorization");
  const scheme = /^(Bearer|PersonalAccessToken)\s+\S+$/i.exec(header ?? "")?.[1];
  if (scheme === undefined) {
    const isMissing = header === null;
    const detail = isMissing
      ? "Authentication credentials were not provided."
      : "The token is not valid or has expired.";
    throw new RejectedRequestError({ status: 401, detail, headers: { "WWW-Authenticate": 'Bearer realm="api"' } });
  }
  if (scheme.toLowerCase() !== "bearer" && !rules.takesPersonalToken) {
    rejectRequest(403, "A personal access token does not cover this action.");
  }
}

function mockRejectionOf({ status, problems, issues, hasUnknownGrant }: Rejection): MockRejection {
  return {
    status,
    detail: problems,
    violations: issues.map(violationOf),
    ...(hasUnknownGrant ? { oauthCode: "unsupported_grant_type" } : {}),
  };
}

function violationOf({ in: part, pointer, kind, text }: Issue): Violation {
  const path = pointer.split("/").filter(Boolean);
  return { location: ["request", part, ...path], severity: "Error", code: kind, message: text };
}

/** Prism gets only the validated parts of a request, because it crashes on others. `Accept` has been granted before. */
function prismRequestOf({ request, address, route, headers, bodyText }: Call): PrismRequest {
  const { parameters, method, body } = route.operation;
  const declared = parameters.filter((one) => one.in === "header").map(({ name }) => name.toLowerCase());
  const kept = ["authorization", "prefer", ...declared].flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const known = new Set(parameters.filter((one) => one.in === "query").map(({ name }) => name));
  const pairs = address.query.filter(({ name }) => known.has(name)).map(({ raw }) => raw);
  const text = body && bodyText !== "" ? normalized(bodyText, headers) : undefined;
  return {
    method,
    target: `${address.pathname}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`,
    headers: { ...Object.fromEntries(kept), ...(text === undefined ? {} : { "content-type": text.type }) },
    body: text?.text,
  };
}

/** A form of any kind url-encoded; JSON as it is. */
function normalized(bodyText: string, headers: Headers): { readonly type: string; readonly text: string } {
  if (!isForm(mediaTypeOf(headers) ?? "")) return { type: "application/json", text: bodyText };
  const fields = readForm(bodyText, headers);
  const text = "problem" in fields ? "" : new URLSearchParams(fields).toString();
  return { type: "application/x-www-form-urlencoded", text };
}

/** The requested page instead of the example; an example that `Prefer` names keeps all but the host of its links. */
function paged(prism: PrismResponse, { request, address, route, url }: Call, mock: MockDocument): string | Buffer {
  const list = mock.list(route);
  if (!list || prism.status !== 200) return prism.body;
  const example = JSON.parse(prism.body.toString()) as ListPage;
  if (request.headers.prefer === undefined) return JSON.stringify({ ...example, ...pageAt(list, url) });
  const { next, previous } = example;
  const links = { next: atOrigin(next, address.origin), previous: atOrigin(previous, address.origin) };
  return JSON.stringify({ ...example, ...links });
}

/** A path or a method that the document does not have. */
function withoutOperation({ method = "" }: IncomingMessage, url: URL, mock: MockDocument): MockRejection {
  const rejection = rejectNoOperation(method, url, mock.router);
  const { detail = "The document has no such path.", headers } = rejection;
  const advice = headers.Allow === undefined ? "" : ` This path takes ${headers.Allow}.`;
  return { ...rejection, detail: detail + advice };
}
