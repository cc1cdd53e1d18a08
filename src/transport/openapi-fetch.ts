import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../../generated/schema.ts";
import type { Operation, Parameters } from "../operation.ts";
import type { OutgoingRequest } from "./call.ts";
import { serializeBody, serializeQuery } from "./serialize.ts";

// The only file that knows openapi-fetch, which builds URLs and bodies and gives `angelcam.api` its types.

/** openapi-fetch over every path of the spec, sent through the client's own pipeline: `api.GET("/v1/me/")`. */
export type Api = Client<paths>;

/** Sends a finished request. The signal is the one that was given to openapi-fetch. */
export type Dispatch = (request: OutgoingRequest, signal: AbortSignal | undefined) => Promise<Response>;

type AnyPaths = Record<string, Record<"get" | "put" | "post" | "delete", object>>;
type Init = Record<string, unknown>;
type Core = { request(method: string, path: string, init: Init): Promise<unknown> };

/**
 * Stands in for `Request` inside openapi-fetch. A `Request` can be sent once, and making one costs more than all else
 * that happens before the network; this one can be sent as often as a retry needs.
 */
class ReusableRequest implements OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  signal: AbortSignal | undefined;

  constructor(url: string, init: { method: string; headers: Headers; body?: string; signal?: AbortSignal }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal;
  }
}

const options = { Request: ReusableRequest as unknown as typeof Request, querySerializer: serializeQuery };
const core = createClient<AnyPaths>(options) as unknown as Core;

/**
 * What openapi-fetch reads in place of an answer. No `Response`, for making one while the module is
 * loaded would cost the importing program 40 ms on Node, which loads its fetch only when that is asked for.
 */
const NOT_SENT = { status: 204, ok: true, headers: { get: () => null } } as unknown as Response;

/** Fills in path, query, headers and body of an operation. */
export async function buildRequest(
  operation: Operation,
  baseUrl: string,
  parameters: Parameters,
  headers: Readonly<Record<string, string>> | undefined,
): Promise<OutgoingRequest> {
  let built: OutgoingRequest | undefined;
  await core.request(operation.method, operation.path, {
    baseUrl,
    params: parameters,
    body: parameters.body,
    // A request without a body must not claim to have one.
    headers:
      operation.contentType && parameters.body !== undefined
        ? { "Content-Type": operation.contentType, ...headers }
        : headers,
    bodySerializer: (body: unknown) => serializeBody(operation, body),
    // Only built here: it is sent by the pipeline, as often as that takes.
    fetch: async (request: OutgoingRequest) => {
      built = request;
      return NOT_SENT;
    },
  });
  return built as OutgoingRequest;
}

/**
 * Makes `angelcam.api`. Each call looks up its operation, so that server, encoding and all promises of the methods hold
 * here too; what comes back is openapi-fetch's `{ data, error, response }`.
 */
export function createApi(
  find: (method: string, path: string) => Operation,
  originOf: (operation: Operation) => string,
  check: (operation: Operation, parameters: Parameters) => void,
  send: (operation: Operation) => Dispatch,
): Api {
  const client = createClient<paths>(options);
  const request = (method: string, path: string, init: Init = {}) => {
    const operation = find(method.toUpperCase(), path);
    const { path: values = {}, query } = (init.params ?? {}) as Partial<Parameters>;
    check(operation, { path: values, query, body: init.body });
    const encoded = operation.contentType === "application/x-www-form-urlencoded";
    return (client as unknown as Core).request(method, path, {
      ...init,
      baseUrl: originOf(operation),
      ...(encoded
        ? {
            headers: { "Content-Type": operation.contentType, ...(init.headers as object | undefined) },
            bodySerializer: (body: unknown) => serializeBody(operation, body),
          }
        : {}),
      fetch: (built: ReusableRequest) => send(operation)(built, built.signal),
    });
  };
  const verbs = ["GET", "PUT", "POST", "DELETE"].map(
    (method) => [method, (path: string, init?: Init) => request(method, path, init)] as const,
  );
  return { ...client, request, ...Object.fromEntries(verbs) } as unknown as Api;
}
