import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { Operation } from "../../generated/operations.ts";
import { listenForAbort, reasonOf, throwIfAborted, waitUnlessAborted } from "../base/abort.ts";
import { copyGiven } from "../base/copy-given.ts";
import type { SharedTimer } from "../base/shared-timer.ts";
import type { ApiPaths } from "./api-paths.ts";
import type { Call, CallOptions, Handler, Parameters, PreparedCall, ReceivedResponse } from "./call.ts";
import { fetchOptionNames, headerPairs } from "./call-options.ts";
import { unexpectedResponse } from "./error-from-response.ts";
import { findOperation } from "./find-operation.ts";
import { limitCall } from "./limit-time.ts";
import { checkData, checkResponse } from "./parse-response.ts";
import { readableResponse } from "./readable-response.ts";
import { RequestParts, readRequest } from "./request-parts.ts";
import { serializeBody, serializeQuery } from "./serialize.ts";

// The only file that knows openapi-fetch. It builds and sends every request; the pipeline is its `fetch`.

// The types behind `Api`. With them in the main entry, declarations of other packages can name what a call by path returns.
// `Client` is not among them: it is a schema of the API, and `Api` is the name of this client.
export type {
  ClientMethod,
  ClientRequestMethod,
  FetchOptions,
  FetchResponse,
  MethodResponse,
  Middleware,
} from "openapi-fetch";

export type { ErrorResponse, Readable } from "openapi-typescript-helpers";

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
export function createApi(
  prepare: PrepareCall,
  timer: SharedTimer,
  pipeline: Handler,
): { api: Api; exchange: Exchange } {
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

  const exchange: Exchange = (call, { path, query, link, header, body }, options) =>
    limitCall(timer, call, async (scope) => {
      const { parseAs = "json", middleware: ownMiddleware = [] } = options;
      const isSeen = hasMiddleware || ownMiddleware.length > 0;
      const fetchOptions = copyGiven<Readonly<Record<string, unknown>>>(options, fetchOptionNames);
      let received: ReceivedResponse | undefined;
      let stopListening: (() => void) | undefined;
      const sendThroughPipeline = async (built: Request | RequestParts) => {
        if (built instanceof RequestParts) Object.assign(call, { request: { ...built, fetchOptions } });
        else {
          // Middleware may have sent the call on with a signal of its own.
          throwIfAborted(built.signal);
          stopListening = listenForAbort(built.signal, () => scope.abort(reasonOf(built.signal)));
          Object.assign(call, { request: await readRequest(built, fetchOptions) });
        }
        received = await pipeline(call as Call, scope);
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
      const { method, path: template } = call.operation;
      try {
        // Only middleware reads these from the `Request`, and it may not listen to its signal.
        const result = await (isSeen
          ? waitUnlessAborted(send(method, template, { ...init, ...fetchOptions, signal: scope.signal }), scope)
          : send(method, template, init));
        // Middleware may have put another response in the place of the received one.
        if (result.response.ok && parseAs === "json") checkData(call, result.response, result.data);
        return result;
      } catch (error) {
        // openapi-fetch takes the reason of abort(null) for no error, and goes on without a response.
        if (scope.aborted && !scope.reason) throw scope.reason;
        if (!(error instanceof SyntaxError) || !received) throw error;
        throw unexpectedResponse(call, received.response, received.text, "incomplete JSON");
      } finally {
        stopListening?.();
      }
    });

  const callByPath = async (method: string, path: string, options: ApiOptions = {}): Promise<ApiResult> => {
    const parameters = { ...options?.params, body: options?.body };
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
