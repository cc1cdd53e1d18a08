import type { Context, MiddlewareHandler } from "hono";
import { Hono } from "hono/quick";
import { checkBody, checkParameters } from "./check-input.ts";
import { contract, isServerOf, isServerOrigin, type OperationRules, secretNames } from "./contract.ts";
import { type Credential, readCredential } from "./credentials.ts";
import { type Fault, kindOf } from "./fault.ts";
import { faultAnswer, needsAnswer } from "./fault-response.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Form, readForm } from "./form.ts";
import { retryAfterHeaders } from "./quota.ts";
import type { OpenEntry } from "./request-log.ts";
import { errorAnswer, invalidInput, notAuthenticated, type Problems } from "./responses.ts";
import { Routes } from "./route-table.ts";
import { serveParts } from "./routes/all.ts";
import { covers } from "./scopes.ts";
import type { World } from "./state.ts";

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
export function createServer(world: World): Serve {
  const routes = new Routes();
  serveParts(routes, world);

  const app = new Hono<Env>();
  const steps = (rules?: OperationRules) => [identify(world, routes, rules), charge(world), fail(world)] as const;
  for (const rules of contract) {
    app.on(rules.method, template(rules), ...steps(rules), (context) => answer(context, rules, routes));
  }
  for (const path of new Set(contract.map(template))) app.all(path, ...steps(), refuseMethod);
  app.all("*", ...steps(), () => errorAnswer(404));
  // What a test's own onRequest throws is not an answer of Angelcam.
  app.onError((error) => {
    throw error;
  });

  return async (request) => {
    const entry = world.log.add({ time: world.clock.now(), ...addressOf(request) });
    const exchange: Exchange = { entry };
    const response = await app.fetch(request, { exchange });
    const { fault } = exchange;
    if (!fault || !["drop", "refuse", "hang"].includes(kindOf(fault))) entry.status = response.status;
    return { response, fault };
  };
}

/** Finds out whose request it is, and tells those who want to know that it came. */
function identify(world: World, routes: Routes, rules: OperationRules | undefined): MiddlewareHandler<Env> {
  return async ({ env: { exchange }, req }, next) => {
    const { entry } = exchange;
    if (rules && isServedBy(rules, entry.origin)) entry.operation = rules.id;
    exchange.credential = readCredential(req.header("Authorization") ?? null, world);
    if (rules?.takesJson) exchange.text = await req.raw.text();
    else if (rules?.body) exchange.form = await readForm(req.raw);
    const identity = exchange.form && rules && routes.get(rules.id)?.identify?.(exchange.form);
    const secret = identity?.secret ?? exchange.credential?.secret;
    entry.account = (identity ?? exchange.credential)?.account?.username;
    entry.credential = secret === undefined ? undefined : fingerprint(secret);
    entry.grant = identity?.grant;
    await world.onRequest?.(entry);
    await next();
  };
}

/** Counts the request to its account, or refuses it. */
function charge({ quota, retryAfter }: World): MiddlewareHandler<Env> {
  return async ({ env }, next) => {
    const { account } = env.exchange.entry;
    const seconds = account === undefined ? undefined : quota.charge(account);
    if (seconds === undefined) return next();
    return errorAnswer(429, {
      detail: `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`,
      headers: retryAfterHeaders(retryAfter, seconds),
    });
  };
}

/** Lets happen what a test has ordered. */
function fail({ faults, latency, sleep }: World): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { exchange } = context.env;
    const fault = faults.take(exchange.entry);
    exchange.fault = fault;
    exchange.entry.fault = fault && kindOf(fault);
    const wait = latency + (fault?.latency ?? 0);
    if (wait > 0) await sleep(wait);
    if (!fault) return next();
    if (needsAnswer(fault)) await next();
    const carriedOut = context.finalized ? context.res : undefined;
    const replaced = faultAnswer(fault, carriedOut, sleep);
    if (!replaced && !carriedOut && kindOf(fault) === "latency") return next();
    // Without this line, hono would carry the headers of the true answer over.
    context.res = undefined;
    context.res = replaced ?? carriedOut ?? new Response(null);
  };
}

/** Answers an operation. */
function answer(context: Context<Env>, rules: OperationRules, routes: Routes): Response {
  const { entry, credential, form, text = "" } = context.env.exchange;
  if (!entry.operation) return errorAnswer(404);
  if (rules.signedIn && !credential?.granted) return notAuthenticated(credential !== undefined);
  if (!rules.takesPersonalToken && rules.signedIn && credential?.isPersonal) return errorAnswer(403);
  if (rules.signedIn && !covers(credential?.granted?.scope ?? "", rules.scopes)) return errorAnswer(403);

  const url = new URL(context.req.url);
  const path = checkParameters(rules.parameters.filter(isIn("path")), (name) => context.req.param(name));
  if ("problems" in path) return rules.empty.includes(404) ? new Response(null, { status: 404 }) : errorAnswer(404);
  const route = routes.of(rules.id);
  const query = checkParameters(rules.parameters.filter(isIn("query")), (name) => url.searchParams.getAll(name).at(-1));
  if ("problems" in query) return route.refuse?.(query.problems) ?? refuse(rules, query.problems);
  const body = rules.takesJson ? checkBody(text, rules) : { value: undefined };
  if ("problems" in body) return refuse(rules, body.problems);

  const account = credential?.granted?.account as Parameters<typeof route.handle>[0]["account"];
  return route.handle({
    url,
    account,
    path: path.values,
    query: query.values as never,
    form,
    body: body.value as never,
  });
}

/** Refuses bad input in the form that the document has for it. */
function refuse({ refusal }: OperationRules, problems: Problems | string): Response {
  if (refusal === "empty") return new Response(null, { status: 400 });
  if (refusal === "fields" || typeof problems === "string") return invalidInput(problems);
  const [sentence] = Object.entries(problems).map(([field, texts]) => `${field}: ${texts.join(" ")}`);
  return invalidInput(sentence ?? "The input cannot be read.");
}

function refuseMethod({ req }: Context<Env>): Response {
  const allowed = contract.filter((rules) => matches(rules, new URL(req.url).pathname)).map(({ method }) => method);
  return errorAnswer(405, {
    detail: `Method "${req.method}" not allowed.`,
    headers: { Allow: allowed.join(", ") },
  });
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
