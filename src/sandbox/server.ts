import { CORS_HEADERS, isPreflight, preflightHeaders } from "../base/cors.ts";
import { rejectNoOperation } from "../contract/no-operation.ts";
import { readParameters, validateRequest } from "../contract/validate-request.ts";
import type { UnreadableRequestError } from "../http/unreadable-request-error.ts";
import { angelcamDocument, angelcamRouter } from "../openapi/angelcam-document.ts";
import type { Account } from "./accounts.ts";
import { type Credential, covers } from "./credentials.ts";
import { type OperationRules, rulesOf } from "./document.ts";
import { type Fault, kindOf } from "./fault.ts";
import { faultResponse, needsResponse } from "./fault-response.ts";
import { withOwnLinks } from "./links.ts";
import { serveMedia } from "./media.ts";
import { type RequestContext, readRequest } from "./read-request.ts";
import { project } from "./resources/fields.ts";
import { CallError, errorResponse, oauthError, type Problems, throttled } from "./responses.ts";
import { type Route as Handlers, Routes } from "./route-table.ts";
import { serveActions } from "./routes/actions.ts";
import { serveEvents } from "./routes/events.ts";
import { serveExamples } from "./routes/examples.ts";
import { servePlaybacks } from "./routes/playbacks.ts";
import { serveRecordings } from "./routes/recordings.ts";
import { serveResources } from "./routes/resources.ts";
import { serveSignIn } from "./routes/sign-in.ts";
import type { Space } from "./space.ts";
import type { State } from "./state.ts";

/** A response, and the fault that the connection has to show. */
export interface Served {
  readonly response: Response;
  readonly fault: Fault | undefined;
}

/** Handles a request. */
export type Serve = (request: Request) => Promise<Served>;

/** Every part of the API: first what is special and what has no model, then what all lists have in common. */
const PARTS: readonly ((routes: Routes, state: State) => void)[] = [
  ...[serveSignIn, serveRecordings, servePlaybacks, serveEvents, serveActions, serveExamples, serveResources],
];

const document = angelcamDocument();
const router = angelcamRouter();

/** Makes the server. A request is read and logged, counted to its account, meets its fault, and gets its response. */
export function createServer(state: State): Serve {
  const routes = new Routes();
  for (const serve of PARTS) serve(routes, state);
  return async (request) => {
    const header = (name: string) => request.headers.get(name);
    if (isPreflight(request.method, header)) {
      const methods = methodsAt(new URL(request.url));
      const headers = preflightHeaders(header("Access-Control-Request-Headers"), methods);
      return { response: new Response(null, { status: 204, headers }), fault: undefined };
    }
    const context = await readRequest(request, routes, state);
    const { entry } = context;
    await state.onRequest?.(entry);
    const { response, fault } = charge(context, state) ?? (await meetFault(context, routes, state));
    if (!fault || !["drop", "refuse", "hang"].includes(kindOf(fault))) entry.status = response.status;
    for (const [name, value] of Object.entries(CORS_HEADERS)) response.headers.set(name, value);
    return { response, fault };
  };
}

/** Counts the request to its account, or rejects it. */
function charge({ entry: { account } }: RequestContext, { quota, retryAfter }: State): Served | undefined {
  const seconds = account === undefined ? undefined : quota.charge(account);
  return seconds === undefined ? undefined : { response: throttled(retryAfter, seconds), fault: undefined };
}

/** Responds, with the fault that a test has requested. */
async function meetFault(context: RequestContext, routes: Routes, state: State): Promise<Served> {
  const { entry } = context;
  const fault = state.faults.take(entry);
  entry.fault = fault && kindOf(fault);
  const wait = state.latency + (fault?.latency ?? 0);
  if (wait > 0) await state.sleep(wait);
  if (!fault || kindOf(fault) === "latency") return { response: await respond(context, routes, state), fault };
  const carriedOut = needsResponse(fault) ? await respond(context, routes, state) : undefined;
  const response = faultResponse(fault, carriedOut, state.sleep) ?? carriedOut ?? new Response(null);
  return { response, fault };
}

/** The response of the API. */
async function respond(context: RequestContext, routes: Routes, state: State): Promise<Response> {
  const { request, route, url, credential, form, malformed } = context;
  if (malformed.address) return errorResponse(malformed.address.status, { detail: problemsOf(malformed.address) });
  if (!route) return serveMedia(request, state) ?? withoutOperation(context);
  const rules = rulesOf(route);
  if (rules.signedIn && !credential?.granted) {
    const detail = credential ? undefined : "Authentication credentials were not provided.";
    return errorResponse(401, { detail, headers: { "WWW-Authenticate": 'Bearer realm="api"' } });
  }
  if (rules.signedIn && !isAllowed(rules, credential)) return errorResponse(403);
  const handlers = routes.of(rules.id);
  if (malformed.body) return reject(rules, malformed.body.status, malformed.body.message);
  const rejection = validateRequest(document, route, context);
  if (rejection)
    return (
      handlers.reject?.(rejection.problems) ??
      reject(rules, rejection.status, rejection.problems, rejection.hasUnknownGrant)
    );

  const account = credential?.granted?.account as Account;
  const space = rules.signedIn ? spaceOf(account, context.headers.get("X-Space-Id")) : undefined;
  if (space instanceof Response) return space;
  const [path, query] = (["path", "query"] as const).map((part) => readParameters(document, route, url, part));
  const body = form || context.bodyText === "" ? undefined : (JSON.parse(context.bodyText) as unknown);
  const call = { url, account, space, path, query, form, body } as Parameters<Handlers["handle"]>[0];
  try {
    const result = handlers.handle(call);
    const response = result instanceof Response ? result : succeed(rules, result);
    return await withOwnLinks(response, url, state.clock.now());
  } catch (error) {
    if (error instanceof CallError) return reject(rules, error.status, error.problems);
    throw error;
  }
}

/** A success, with the fields that the document has; 204 for one without a body. */
function succeed({ status, schema }: OperationRules, body: object | undefined): Response {
  if (body === undefined) return new Response(null, { status: 204 });
  return Response.json(Array.isArray(body) ? body : project(body, schema), { status });
}

/** A path or a method that the document does not have. */
function withoutOperation({ request: { method }, url }: RequestContext): Response {
  const { status, detail, headers } = rejectNoOperation(method, url, methodsAt);
  return status === 301 ? new Response(null, { status, headers }) : errorResponse(status, { detail, headers });
}

/** Rejects invalid input in the form that the document has for it. */
function reject(rules: OperationRules, status: number, problems: Problems | string, hasUnknownGrant = false): Response {
  const { errorForm } = rules;
  if (status === 404) return rules.isEmpty(404) ? new Response(null, { status }) : errorResponse(404);
  if (errorForm === "oauth") return oauthError(hasUnknownGrant ? "unsupported_grant_type" : "invalid_request", status);
  if (errorForm === "empty" && status === 400) return new Response(null, { status });
  const hasFields = status === 400 && errorForm === "fields" && typeof problems !== "string";
  return errorResponse(status, { detail: hasFields ? problems : sentenceOf(problems) || undefined });
}

function sentenceOf(problems: Problems | string): string {
  if (typeof problems === "string") return problems;
  const sentences = Object.entries(problems).map(([field, texts]) => `${field}: ${texts.join(" ")}`);
  return sentences.join(" ");
}

function isAllowed(rules: OperationRules, credential: Credential | undefined): boolean {
  if (credential?.isPersonal && !rules.takesPersonalToken) return false;
  return covers(credential?.granted?.scope ?? "", rules.scopes);
}

/** The space that a request chooses: one of the account, and the default one without a header. */
function spaceOf({ spaces }: Account, header: string | null): Space | Response {
  if (header === null) return spaces[0];
  const space = spaces.find(({ id }) => id === Number(header));
  return space ?? errorResponse(403, { detail: "You are not a member of this space." });
}

/** The methods of a path at its host. */
function methodsAt(url: URL): string[] {
  const { problem } = router.find("(none)", url);
  if (problem?.kind !== "unknown_method") return [];
  return problem.methods.filter((method) => !router.find(method, url).problem);
}

function problemsOf({ message, parameter }: UnreadableRequestError): Problems | string {
  return parameter === undefined ? message : { [parameter]: [message] };
}
