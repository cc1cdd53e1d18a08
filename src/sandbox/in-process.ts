import { waitUnlessAborted } from "../base/abort.ts";
import { isLoopback } from "../base/loopback.ts";
import { angelcamRouter } from "../openapi/angelcam-document.ts";
import { kindOf } from "./fault.ts";
import { fingerprint } from "./request-log.ts";
import { streamOf } from "./responses.ts";
import type { Serve, Served } from "./serve.ts";
import type { State } from "./state.ts";

/** More than this is a loop, says https://fetch.spec.whatwg.org/#http-redirect-fetch. */
const MOST_REDIRECTS = 20;

const REDIRECTS = [301, 302, 303, 307, 308];

/** A `fetch` that reaches the sandbox and nothing else: the document's servers, loopback addresses and `baseUrl`. */
export function fetchInProcess(serve: Serve, state: State, baseUrl: string | undefined): typeof globalThis.fetch {
  const known = (origin: string) =>
    angelcamRouter().isServerOrigin(origin) ||
    isLoopback(new URL(origin).hostname) ||
    (baseUrl !== undefined && origin === new URL(baseUrl).origin);

  const send = async (request: Request, signal: AbortSignal | undefined, hops: number): Promise<Response> => {
    const { origin, hostname, pathname } = new URL(request.url);
    if (!known(origin)) {
      logStranger(request, origin, pathname, state);
      throw fetchError("fetch failed", "ENOTFOUND", `getaddrinfo ENOTFOUND ${hostname}`);
    }
    const copy = request.redirect === "follow" ? request.clone() : request;
    const served = await deliver(await serve(request));
    const response = request.method === "HEAD" ? new Response(null, served) : served;
    const onward = redirected(copy, response);
    if (onward === "error" || hops > MOST_REDIRECTS)
      throw new TypeError("fetch failed", { cause: "unexpected redirect" });
    return onward ? send(onward, signal, hops + 1) : named(readUnlessAborted(response, signal), request.url, hops > 0);
  };

  return async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const request = new Request(input, { ...init, signal: null });
    // The sandbox goes on with a request that was aborted, as a server does.
    return waitUnlessAborted(send(request, signal ?? undefined, 0), signal ?? undefined);
  };
}

/** The response as it arrives at the other end of the connection. */
function deliver({ response, fault }: Served): Response | Promise<Response> {
  const kind = fault && kindOf(fault);
  if (kind === "drop" || (kind === "cut" && !response.body))
    throw fetchError("fetch failed", "ECONNRESET", "read ECONNRESET");
  if (kind === "refuse") throw fetchError("fetch failed", "ECONNREFUSED", "connect ECONNREFUSED");
  if (kind === "hang") return new Promise(() => {});
  if (kind === "garbage")
    return withBody(response, streamOf(failing(fetchError("terminated", "Z_DATA_ERROR", "incorrect header check"))));
  return kind === "cut" ? cutInTheMiddle(response) : response;
}

async function cutInTheMiddle(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  response.headers.set("Content-Length", String(bytes.length));
  const error = fetchError("terminated", "UND_ERR_SOCKET", "other side closed");
  return withBody(response, streamOf(failing(error, bytes.slice(0, bytes.length / 2))));
}

async function* failing(error: TypeError, start = new Uint8Array()): AsyncGenerator<Uint8Array> {
  yield start;
  throw error;
}

function withBody({ status, headers }: Response, body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { status, headers });
}

/** The body, until the signal aborts. */
function readUnlessAborted(response: Response, signal: AbortSignal | undefined): Response {
  if (!signal || !response.body) return response;
  return withBody(response, response.body.pipeThrough(new TransformStream(), { signal }));
}

function named(response: Response, url: string, isRedirected: boolean): Response {
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: isRedirected } });
}

/** A request to a host that is not Angelcam's is logged, so that a test can see what would have gone there. */
function logStranger(request: Request, origin: string, path: string, { log, clock }: State): void {
  const entry = log.add({ time: clock.now(), method: request.method, origin, path, query: {} });
  const secret = request.headers.get("Authorization")?.split(" ").at(-1);
  entry.credential = secret === undefined ? undefined : fingerprint(secret);
}

/**
 * The request that follows from a redirect, as fetch makes it: with 301 and 302 a POST becomes a GET, with 303 every method
 * but HEAD, and a token does not go to another origin. Undefined when there is nothing to follow, "error" when the caller wants none.
 */
function redirected(request: Request, response: Response): Request | "error" | undefined {
  const location = response.headers.get("Location");
  if (!REDIRECTS.includes(response.status) || location === null || request.redirect === "manual") return undefined;
  if (request.redirect === "error" || !URL.canParse(location, request.url)) return "error";
  const target = new URL(location, request.url);
  const { status } = response;
  const becomesGet = status === 303 ? request.method !== "HEAD" : status < 307 && request.method === "POST";
  const onward = new Request(target, becomesGet ? { headers: request.headers, redirect: "follow" } : request);
  if (becomesGet) for (const name of ["Content-Type", "Content-Length"]) onward.headers.delete(name);
  if (target.origin !== new URL(request.url).origin) onward.headers.delete("Authorization");
  return onward;
}

/** An error as fetch of Node throws it: `fetch failed` for the connection, `terminated` for a body that breaks off. */
function fetchError(message: "fetch failed" | "terminated", code: string, what: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(what), { code }) });
}
