import { Angelcam, type AngelcamError, type ApiPromise, authorizationUrl, bearerToken } from "../../src/index.ts";
import { parametersOf } from "../client/documented-operations.ts";
import type { DocumentedOperation } from "../spec/document.ts";
import { type RecordedRequest, recordingFetch } from "../support/fake-angelcam.ts";
import type { PlannedCall } from "./plan.ts";
import { STREAMER } from "./route.ts";

/** Calls under way at the same moment; more would not make the mock faster. */
const AT_ONCE = 8;

/** A call that was made: what went out, what came back, and what the client made of it. */
export interface Exchange {
  readonly planned: PlannedCall;
  /** The requests that were sent, as `fetch` got them. One, if all is well. */
  readonly requests: readonly RecordedRequest[];
  /** Status of the mock's response; 0 when none came. */
  readonly status: number;
  /** Violations that the mock found in the request, or in its own response. */
  readonly violations: string | null;
  /** The parsed body of the response. */
  readonly received: unknown;
  /** The value that the call resolved to. */
  readonly data: unknown;
  /** The error that the call threw. */
  readonly error: unknown;
}

/** Makes every call, a few at a time, and returns the results. It never throws. */
export async function carryOut(calls: readonly PlannedCall[], prismOrigin: string): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const waiting = calls.entries();
  const worker = async () => {
    for (const [index, planned] of waiting) exchanges[index] = await exchange(planned, prismOrigin);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return exchanges;
}

/** True for the page that a person sees in a browser, and no client fetches. */
export function isOpenedInBrowser({ operation }: DocumentedOperation): boolean {
  return "x-opened-in-browser" in operation;
}

/** The method of the client that an operation is named after, bound to its resource. */
export function methodOf(angelcam: Angelcam, { operation }: DocumentedOperation): unknown {
  const names = operation.operationId.split(".");
  const verb = names.pop() ?? "";
  type Resources = { readonly [name: string]: Resources } | undefined;
  const resource = names.reduce((parent, name) => parent?.[name], angelcam as unknown as Resources);
  const method: unknown = resource?.[verb];
  return typeof method === "function" ? method.bind(resource) : undefined;
}

async function exchange(planned: PlannedCall, prismOrigin: string): Promise<Exchange> {
  let status = 0;
  let violations: string | null = null;
  let received: unknown;
  // Sent to the hosts that the client chooses, so that they are seen; the mock serves all of them.
  const fetch = recordingFetch(async ({ url, method, headers, body }) => {
    const { pathname, search } = new URL(url);
    const response = await globalThis.fetch(`${prismOrigin}${pathname}${search}`, {
      method,
      headers,
      redirect: "manual",
      ...(body === "" ? {} : { body }),
    });
    status = response.status;
    violations = response.headers.get("sl-violations");
    const text = await response.clone().text();
    received = text === "" ? undefined : JSON.parse(text);
    return response;
  });
  const outcome = await (isOpenedInBrowser(planned.place) ? open(planned, fetch) : call(planned, fetch)).then(
    (data) => ({ data, error: undefined }),
    (error: AngelcamError) => ({ data: undefined, error }),
  );
  return { planned, requests: fetch.requests, status, violations, received, ...outcome };
}

/** Calls the method: path parameters first, then query or body, then options. */
async function call(planned: PlannedCall, fetch: typeof globalThis.fetch): Promise<unknown> {
  const { place, path, query, headers, body, response } = planned;
  const auth = bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ");
  const method = methodOf(new Angelcam({ auth, fetch, retry: false, quota: false }), place) as (
    ...values: unknown[]
  ) => ApiPromise<unknown>;
  const takesQuery = parametersOf(place, "query").length > 0;
  return method(
    ...parametersOf(place, "path").map(({ name }) => path[name]),
    ...(place.operation.requestBody ? [body] : takesQuery ? [query] : []),
    {
      space: headers["X-Space-Id"],
      serverVariables: { streamer: STREAMER },
      ...(response ? { headers: { Prefer: response.prefer } } : {}),
    },
  );
}

/** Does what a browser does with the URL that the client makes. */
async function open({ query, response }: PlannedCall, fetch: typeof globalThis.fetch): Promise<unknown> {
  const text = (name: string) => String(query[name]);
  const { url } = authorizationUrl({
    clientId: text("client_id"),
    redirectUri: text("redirect_uri"),
    scope: text("scope"),
    state: query.state === undefined ? undefined : text("state"),
  });
  await fetch(url, response ? { headers: { Prefer: response.prefer } } : {});
  return undefined;
}
