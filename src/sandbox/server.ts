import type { Context, MiddlewareHandler } from "hono";
import { Hono } from "hono/quick";
import type { Account } from "./accounts.ts";
import { checkBody, checkParameters } from "./check-input.ts";
import { CORS_HEADERS, isPreflight, preflightHeaders } from "./cors.ts";
import { type Credential, readCredential } from "./credentials.ts";
import { isServerOf, isServerOrigin, type OperationRules, operations, secretNames } from "./document.ts";
import { type Fault, kindOf } from "./fault.ts";
import { faultResponse, needsResponse } from "./fault-response.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Form, readForm } from "./form.ts";
import { withOwnLinks } from "./links.ts";
import { serveMedia } from "./media.ts";
import { retryAfterHeaders } from "./quota.ts";
import type { OpenEntry } from "./request-log.ts";
import {
  errorResponse,
  InvalidInputError,
  invalidInput,
  missingSlashHint,
  notAuthenticated,
  type Problems,
} from "./responses.ts";
import { Routes } from "./route-table.ts";
import { serveParts } from "./routes/all.ts";
import { covers } from "./scopes.ts";
import type { Space } from "./space.ts";
import type { State } from "./state.ts";

/** An answer, and the fault that the connection has to show. */
export interface Served {
  readonly response: Response;
  readonly fault: Fault | undefined;
}

/** Answers a request. */
export type Serve = (request: Request) => Promise<Served>;

/** What is known of a request while it is under way. */
interface Exchange {
  readonly entry: OpenEntry;
  credential?: Credential | undefined;
  form?: Form | undefined;
  /** The text of a body that shall be JSON. */
  text?: string;
  fault?: Fault | undefined;
}

interface Env {
  Bindings: { exchange: Exchange };
}

/** Makes the server. A request goes through the steps of `steps`, in this order. */
export function createServer(state: State): Serve {
  const routes = new Routes();
  serveParts(routes, state);

  const app = new Hono<Env>();
  const steps = (rules?: OperationRules) => [identify(state, routes, rules), charge(state), fail(state)] as const;
  for (const rules of operations) {
    app.on(rules.method, template(rules), ...steps(rules), (context) => answer(context, rules, routes, state));
  }
  for (const path of new Set(operations.map(template))) app.all(path, ...steps(), refuseMethod);
  app.all("*", ...steps(), ({ req }) => serveMedia(req.raw, state) ?? notFound(req.raw));
  // What a test's own onRequest throws is not an answer of Angelcam.
  app.onError((error) => {
    throw error;
  });

  return async (request) => {
    const header = (name: string) => request.headers.get(name);
    if (isPreflight(request.method, header)) {
      const headers = preflightHeaders(
        header("Access-Control-Request-Headers"),
        methodsAt(new URL(request.url).pathname),
      );
      return { response: new Response(null, { status: 204, headers }), fault: undefined };
    }
    const entry = state.log.add({ time: state.clock.now(), ...addressOf(request) });
    const exchange: Exchange = { entry };
    const response = withCors(await app.fetch(request, { exchange }));
    const { fault } = exchange;
    if (!fault || !["drop", "refuse", "hang"].includes(kindOf(fault))) entry.status = response.status;
    return { response, fault };
  };
}

/** Finds out whose request it is, and tells those who want to know that it came. */
function identify(state: State, routes: Routes, rules: OperationRules | undefined): MiddlewareHandler<Env> {
  return async ({ env: { exchange }, req }, next) => {
    const { entry } = exchange;
    if (rules && isServedBy(rules, entry.origin)) entry.operation = rules.id;
    exchange.credential = readCredential(req.header("Authorization") ?? null, state);
    if (rules?.takesJson) exchange.text = await req.raw.text();
    else if (rules?.body) exchange.form = await readForm(req.raw);
    const identity = exchange.form && rules && routes.get(rules.id)?.identify?.(exchange.form);
    const secret = identity?.secret ?? exchange.credential?.secret;
    entry.account = (identity ?? exchange.credential)?.account?.username;
    entry.credential = secret === undefined ? undefined : fingerprint(secret);
    entry.grant = identity?.grant;
    await state.onRequest?.(entry);
    await next();
  };
}

/** Counts the request to its account, or refuses it. */
function charge({ quota, retryAfter }: State): MiddlewareHandler<Env> {
  return async ({ env }, next) => {
    const { account } = env.exchange.entry;
    const seconds = account === undefined ? undefined : quota.charge(account);
    if (seconds === undefined) return next();
    return errorResponse(429, {
      detail: `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`,
      headers: retryAfterHeaders(retryAfter, seconds),
    });
  };
}

/** Lets happen what a test has ordered. */
function fail({ faults, latency, sleep }: State): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { exchange } = context.env;
    const fault = faults.take(exchange.entry);
    exchange.fault = fault;
    exchange.entry.fault = fault && kindOf(fault);
    const wait = latency + (fault?.latency ?? 0);
    if (wait > 0) await sleep(wait);
    if (!fault) return next();
    if (needsResponse(fault)) await next();
    const carriedOut = context.finalized ? context.res : undefined;
    const replaced = faultResponse(fault, carriedOut, sleep);
    if (!replaced && !carriedOut && kindOf(fault) === "latency") return next();
    // Without this line, hono would carry the headers of the true answer over.
    context.res = undefined;
    context.res = replaced ?? carriedOut ?? new Response(null);
  };
}

/** Answers an operation. */
async function answer(
  context: Context<Env>,
  rules: OperationRules,
  routes: Routes,
  { clock }: State,
): Promise<Response> {
  const { entry, credential, form, text = "" } = context.env.exchange;
  if (!entry.operation) return errorResponse(404);
  if (rules.signedIn && !credential?.granted) return notAuthenticated(credential !== undefined);
  if (!rules.takesPersonalToken && rules.signedIn && credential?.isPersonal) return errorResponse(403);
  if (rules.signedIn && !covers(credential?.granted?.scope ?? "", rules.scopes)) return errorResponse(403);

  const url = new URL(context.req.url);
  const path = checkParameters(rules.parameters.filter(isIn("path")), (name) => context.req.param(name));
  if ("problems" in path) return rules.empty.includes(404) ? new Response(null, { status: 404 }) : errorResponse(404);
  const route = routes.of(rules.id);
  const query = checkParameters(rules.parameters.filter(isIn("query")), (name) => url.searchParams.getAll(name).at(-1));
  if ("problems" in query) return route.refuse?.(query.problems) ?? refuse(rules, query.problems);
  const body = rules.takesJson ? checkBody(text, rules) : { value: undefined };
  if ("problems" in body) return refuse(rules, body.problems);

  const account = credential?.granted?.account as Parameters<typeof route.handle>[0]["account"];
  const space = rules.signedIn ? spaceOf(account, context.req.header("X-Space-Id")) : undefined;
  if (space instanceof Response) return space;
  const call = { url, account, space, path: path.values, query: query.values, form, body: body.value };
  try {
    return await withOwnLinks(route.handle(call as Parameters<typeof route.handle>[0]), url, clock.now());
  } catch (error) {
    if (error instanceof InvalidInputError) return refuse(rules, error.problems);
    throw error;
  }
}

/** The space that a request chooses: one of the account, and the default one without a header. */
function spaceOf({ spaces }: Account, header: string | undefined): Space | Response {
  if (header === undefined) return spaces[0];
  if (!/^\d+$/.test(header)) return invalidInput({ "X-Space-Id": ["A whole number is required."] });
  const space = spaces.find(({ id }) => id === Number(header));
  return space ?? errorResponse(403, { detail: "You are not a member of this space." });
}

/** Refuses bad input in the form that the document has for it. */
function refuse({ refusal }: OperationRules, problems: Problems | string): Response {
  if (refusal === "empty") return new Response(null, { status: 400 });
  if (refusal === "fields" || typeof problems === "string") return invalidInput(problems);
  const [sentence] = Object.entries(problems).map(([field, texts]) => `${field}: ${texts.join(" ")}`);
  return invalidInput(sentence ?? "The input cannot be read.");
}

function refuseMethod({ req }: Context<Env>): Response {
  return errorResponse(405, {
    detail: `Method "${req.method}" not allowed.`,
    headers: { Allow: methodsAt(new URL(req.url).pathname).join(", ") },
  });
}

/** A path without its slash is redirected as the API does with a GET; any other request is told what is missing. */
function notFound({ method, url }: Request): Response {
  const { pathname, search } = new URL(url);
  const methods = pathname.endsWith("/") ? [] : methodsAt(`${pathname}/`);
  if (methods.length === 0) return errorResponse(404);
  const hint = missingSlashHint(pathname);
  const headers = { "X-Hint": hint };
  if (method !== "GET" && method !== "HEAD") return errorResponse(404, { detail: hint, headers });
  return new Response(null, { status: 301, headers: { ...headers, Location: `${pathname}/${search}` } });
}

function methodsAt(pathname: string): string[] {
  return operations.filter((rules) => matches(rules, pathname)).map(({ method }) => method);
}

function withCors(response: Response): Response {
  for (const [name, value] of Object.entries(CORS_HEADERS)) response.headers.set(name, value);
  return response;
}

/** The document's servers answer their own operations only; any other origin (`baseUrl`, loopback) answers all. */
function isServedBy(rules: OperationRules, origin: string): boolean {
  return isServerOf(rules, origin) || !isServerOrigin(origin);
}

function isIn(place: string): (parameter: { in: string }) => boolean {
  return (parameter) => parameter.in === place;
}

/** `/v1/cameras/{camera_id}/` as hono writes it: `/v1/cameras/:camera_id/`. */
function template({ path }: OperationRules): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function matches({ path }: OperationRules, pathname: string): boolean {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
}

function addressOf(request: Request): Pick<OpenEntry, "method" | "origin" | "path" | "query"> {
  const { origin, pathname, searchParams } = new URL(request.url);
  const query = Object.fromEntries(
    [...searchParams].map(([name, value]) => [name, secretNames.has(name) ? fingerprint(value) : value]),
  );
  return { method: request.method, origin, path: pathname, query };
}
