import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { Operation } from "../../generated/operations.ts";
import { listenForAbort, reasonOf } from "../base/abort.ts";
import { AbortScope } from "../base/abort-scope.ts";
import { copyGiven } from "../base/copy-given.ts";
import type { ApiPaths } from "./api-paths.ts";
import type { CallOptions, Handler, Parameters, PreparedCall, ReceivedResponse } from "./call.ts";
import { fetchOptionNames, headerPairs } from "./call-options.ts";
import { unexpectedResponse } from "./error-from-response.ts";
import { findOperation } from "./find-operation.ts";
import { checkData, checkResponse } from "./parse-response.ts";
import { readableResponse } from "./readable-response.ts";
import { RequestParts, readParts, readRequest } from "./request-parts.ts";
import { serializeBody, serializeQuery } from "./serialize.ts";

// The only file that knows openapi-fetch. It builds and sends every request; the pipeline is its `fetch`.

// The types behind `Api`. With them in the main entry, declarations of other packages can name what a call by path returns.
export type { Client, ClientMethod, FetchOptions, FetchResponse, MethodResponse, Middleware } from "openapi-fetch";

/**
 * Every path of the spec with the types of openapi-fetch, through the same pipeline as the methods: servers, tokens, quota
 * and retries. It resolves to `{ data, error, response }` and throws only where no documented response came. Middleware
 * of `use` sees the calls of methods too.
 *
 * @example
 * ```ts
 * const { data, error } = await angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 1234 } } });
 * angelcam.api.use({ onRequest: ({ request }) => console.log(request.url) });
 * ```
 */
export interface Api extends Client<ApiPaths> {}

/** Options of a call by path: those of the methods, of `fetch`, and of openapi-fetch. */
export interface ApiOptions extends CallOptions {
  readonly params?: Omit<Parameters, "body"> | undefined;
  readonly body?: unknown;
  readonly parseAs?: string | undefined;
  readonly middleware?: readonly object[] | undefined;
  readonly Request?: typeof globalThis.Request | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly baseUrl?: string | undefined;
  readonly [name: string]: unknown;
}

/** The result of openapi-fetch. */
export interface ApiResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Checks the arguments of a call by path and fills in its settings. */
export type PrepareCall = (operation: Operation, parameters: Parameters, options: ApiOptions) => PreparedCall;

/** Builds the request of a prepared call with openapi-fetch and sends it through the pipeline. */
export type Exchange = (call: PreparedCall, parameters: Parameters, options: ApiOptions) => Promise<ApiResult>;

/** Makes `angelcam.api`, and `exchange`, by which methods send through the same client. */
export function createApi(prepare: PrepareCall, pipeline: Handler): { api: Api; exchange: Exchange } {
  const client = createClient<ApiPaths>({
    headers: { Accept: "application/json" },
    querySerializer: serializeQuery,
    bodySerializer: (body: unknown, headers?: unknown) =>
      serializeBody(body, new Headers(headers as HeadersInit).get("Content-Type")),
  });
  // The path of a call is known at run time alone, so the types of openapi-fetch cannot check it here.
  const send = client.request as unknown as (method: string, path: string, init: object) => Promise<ApiResult>;
  // It stays true after eject(): how many are left is known to openapi-fetch alone.
  let hasMiddleware = false;

  const exchange: Exchange = async (call, { path, query, link, header, body }, options) => {
    const { parseAs = "json", middleware: ownMiddleware = [] } = options;
    const isSeen = hasMiddleware || ownMiddleware.length > 0;
    const fetchOptions = copyGiven<Readonly<Record<string, unknown>>>(options, fetchOptionNames);
    let received: ReceivedResponse | undefined;
    const sendThroughPipeline = async (built: Request | RequestParts) => {
      const isLight = built instanceof RequestParts;
      const { request, signal } = isLight
        ? readParts(built, call, fetchOptions)
        : await readRequest(built, fetchOptions);
      received = await pipeline(Object.assign(call, { request }), signal);
      if (parseAs === "json") checkResponse(call, received);
      return readableResponse(received);
    };
    const init = {
      parseAs,
      querySerializer: options.querySerializer,
      bodySerializer: options.bodySerializer,
      pathSerializer: options.pathSerializer,
      middleware: ownMiddleware,
      Request: options.Request ?? (isSeen ? globalThis.Request : RequestParts),
      baseUrl: call.baseUrl,
      headers: headersOf(call, body),
      params: { path, query: link ? { ...query, ...link } : query, header },
      body,
      fetch: sendThroughPipeline,
    };
    // A signal of its own: a `Request` listens to its signal for as long as it exists, also after the call.
    const { signal } = call;
    const scope = isSeen ? new AbortScope() : undefined;
    const stopListening = signal && scope && listenForAbort(signal, () => scope.abort(reasonOf(signal)));
    // Only middleware reads these from the `Request`; the pipeline has them from the call.
    const seen = scope ? { ...init, ...fetchOptions, signal: scope.signal } : init;
    try {
      // Middleware may have put another response in the place of the received one.
      const result = await send(call.operation.method, call.operation.path, seen);
      if (result.response.ok && parseAs === "json") checkData(call, result.response, result.data);
      return result;
    } catch (error) {
      // openapi-fetch takes the reason of abort(null) for no error, and goes on without a response.
      if (signal?.aborted && !reasonOf(signal)) throw signal.reason;
      if (!(error instanceof SyntaxError) || !received) throw error;
      throw unexpectedResponse(call, received.response, received.text, "incomplete JSON");
    } finally {
      stopListening?.();
    }
  };

  const callByPath = async (method: string, path: string, options: ApiOptions = {}): Promise<ApiResult> => {
    const parameters = { ...options.params, body: options.body };
    const call = prepare(findOperation(method, path), parameters, options);
    const result = await exchange(call, parameters, options);
    const { error, response } = result;
    if (response.ok) return result;
    // An empty error body would make `error` undefined, and a failure look like a success.
    const { status, statusText } = response;
    return { error: error || { title: statusText || `status ${status}`, detail: "", status }, response };
  };

  const api: Record<string, unknown> = {
    request: (method: string, path: string, options?: ApiOptions) => callByPath(method.toUpperCase(), path, options),
    use(...added: Middleware[]) {
      hasMiddleware = true;
      client.use(...added);
    },
    eject: client.eject,
  };
  for (const method of METHODS) api[method] = callByPath.bind(undefined, method);
  return { api: api as unknown as Api, exchange };
}

/** The methods of openapi-fetch. For those that the API does not use, the call says so. */
const METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** Headers of the client, which the caller's own replace. openapi-fetch leaves out what is undefined. */
function headersOf({ operation, options, space }: PreparedCall, body: unknown): Record<string, unknown> {
  const own = options.headers;
  return {
    "Content-Type": body === undefined ? undefined : operation.body?.contentType,
    "X-Space-Id": operation.security.length > 0 ? space : undefined,
    // Headers of another library, and pairs, have no properties to copy.
    ...(own ? Object.fromEntries(headerPairs(own)) : undefined),
  };
}
