import { detailIn } from "../contract/error-body.ts";
import { rejectNoOperation } from "../contract/no-operation.ts";
import { readParameters, validateRequest } from "../contract/validate-request.ts";
import { RequestError } from "../http/request-error.ts";
import { angelcamDocument, angelcamRouter } from "../openapi/angelcam-document.ts";
import { project } from "../openapi/fields.ts";
import type { OperationRules } from "../openapi/operation-rules.ts";
import type { Route } from "../openapi/router.ts";
import type { Account } from "./accounts.ts";
import { type Credential, covers } from "./credentials.ts";
import { isSilent, kindOf } from "./fault.ts";
import { faultResponse, needsResponse } from "./fault-response.ts";
import { withOwnLinks } from "./links.ts";
import { serveMedia } from "./media.ts";
import { type RequestContext, readRequest } from "./read-request.ts";
import { errorPage, errorResponse, oauthError, ownError, throttled } from "./responses.ts";
import { type Handle, Routes } from "./route-table.ts";
import { serveActions } from "./routes/actions.ts";
import { serveExamples } from "./routes/examples.ts";
import { servePlaybacks } from "./routes/playbacks.ts";
import { serveRecordings } from "./routes/recordings.ts";
import { serveResources } from "./routes/resources.ts";
import { serveSignIn } from "./routes/sign-in.ts";
import { type Serve, type Served, withCors } from "./serve.ts";
import type { Space } from "./space.ts";
import type { State } from "./state.ts";

const document = angelcamDocument();
const router = angelcamRouter();

/** Makes the server. A request is read and logged, counted to its account, meets its fault, and gets its response. */
export function createServer(state: State): Serve {
  const routes = new Routes();
  // First what is special and what has no model, then what all lists have in common.
  for (const part of [serveSignIn, serveRecordings, servePlaybacks, serveActions, serveExamples, serveResources])
    part(routes, state);
  const serve: Serve = async (request) => {
    const context = await readRequest(request, state);
    await state.onRequest?.(context.entry);
    const served = await meetFault(context, routes, state).catch((error) => ({ response: ownError(error) }) as Served);
    if (!isSilent(served.fault)) context.entry.status = served.response.status;
    return served;
  };
  return withCors(serve, (url) => router.methodsAt(url));
}

/** Responds within the quota, with the fault that a test has requested. */
async function meetFault(context: RequestContext, routes: Routes, state: State): Promise<Served> {
  const { entry } = context;
  const seconds = entry.account === undefined ? undefined : state.quota.charge(entry.account);
  if (seconds !== undefined) return { response: errorResponse(throttled(state.retryAfter, seconds)) };
  const fault = state.faults.take(entry);
  entry.fault = fault && kindOf(fault);
  const wait = state.latency + (fault?.latency ?? 0);
  if (wait > 0) await state.sleep(wait);
  if (!fault || entry.fault === "latency") return { response: await respond(context, routes, state), fault };
  const carriedOut = needsResponse(fault) ? await respond(context, routes, state) : undefined;
  const response = faultResponse(fault, carriedOut, state.sleep) ?? carriedOut ?? new Response(null);
  return { response, fault };
}

/** The response of the API. */
async function respond(context: RequestContext, routes: Routes, state: State): Promise<Response> {
  const { request, operation, url, malformed } = context;
  if (malformed.address) return errorResponse(malformed.address);
  if (!operation) return serveMedia(request, state) ?? withoutOperation(context);
  const { route, rules } = operation;
  const handle = routes.of(rules.id);
  try {
    const result = handle(callOf(context, route, rules));
    return await withOwnLinks(result instanceof Response ? result : succeed(rules, result), url, state.clock.now());
  } catch (error) {
    if (error instanceof RequestError) return reject(rules, error);
    throw error;
  }
}

/**
 * The part of a request that its operation depends on.
 *
 * @throws RequestError for a request that it does not get to see.
 */
function callOf(context: RequestContext, route: Route, rules: OperationRules): Parameters<Handle>[0] {
  const { url, headers, credential, form, bodyText, malformed } = context;
  if (rules.signedIn) checkCredential(rules, credential);
  if (malformed.body) throw malformed.body;
  const rejection = validateRequest(document, route, context);
  // The token endpoint has a word of its own for a grant that it does not know.
  if (rejection?.hasUnknownGrant) throw new RequestError(rejection.status, "unsupported_grant_type");
  if (rejection) throw new RequestError(rejection.status, rejection.problems);
  const account = credential?.session?.account as Account;
  const space = rules.signedIn ? spaceOf(account, headers.get("X-Space-Id")) : undefined;
  const [path, query] = (["path", "query"] as const).map((part) => readParameters(document, route, url, part));
  const body = form || bodyText === "" ? undefined : (JSON.parse(bodyText) as unknown);
  return { url, account, space, path, query, form, body } as Parameters<Handle>[0];
}

function checkCredential({ takesPersonalToken, scopes }: OperationRules, credential: Credential | undefined): void {
  if (!credential?.session) {
    const problem = credential ? "" : "Authentication credentials were not provided.";
    throw new RequestError(401, problem, { "WWW-Authenticate": 'Bearer realm="api"' });
  }
  const isWrongKind = credential.isPersonal && !takesPersonalToken;
  if (isWrongKind || !covers(credential.session.scope, scopes)) throw new RequestError(403);
}

/** The space that a request chooses: one of the account, and the default one without a header. */
function spaceOf({ spaces }: Account, header: string | null): Space {
  const space = header === null ? spaces[0] : spaces.find(({ id }) => id === Number(header));
  if (!space) throw new RequestError(403, "You are not a member of this space.");
  return space;
}

/** A success, with the fields that the document has; 204 for one without a body. */
function succeed({ status, schema }: OperationRules, body: object | undefined): Response {
  if (body === undefined) return new Response(null, { status: 204 });
  return Response.json(Array.isArray(body) ? body : project(body, schema), { status });
}

/** A path or a method that the document does not have. */
function withoutOperation({ request: { method }, url }: RequestContext): Response {
  const { status, detail, headers } = rejectNoOperation(method, url, router);
  if (status === 301) return new Response(null, { status, headers });
  return errorResponse(new RequestError(status, detail, headers));
}

/** Rejects a call in the form that the document has for it. */
function reject(rules: OperationRules, { status, problems, headers }: RequestError): Response {
  const { errorForm, operation } = rules;
  if (status === 404) return rules.isEmpty(404) ? new Response(null, { status }) : errorResponse(new RequestError(404));
  if (errorForm === "oauth") return oauthError(problems, status);
  if (status === 400 && operation.isPage) return errorPage(400, "This sign-in cannot go on");
  const detail = detailIn(rules, status, problems);
  if (detail === undefined) return new Response(null, { status });
  return errorResponse(new RequestError(status, detail, headers));
}
