import {
  type Client,
  type ClientPathsWithMethod,
  type FetchResponse,
  mergeHeaders,
  type ParamsOption,
  type RequestBodyOption,
} from "openapi-fetch";
import type { paths } from "../../generated/schema.ts";
import type { Operation, Parameters } from "../client/operation.ts";
import type { RequestOptions } from "../client/request-options.ts";
import type { OutgoingRequest } from "./call.ts";
import { serializeBody, serializeQuery } from "./serialize.ts";

// The only file that knows openapi-fetch: how it merges headers, and the types that it gives to `angelcam.api`. Its own
// client is not used, for that makes and sends a `Request`, which costs more than the rest of a call and can be sent once.

type Method = "get" | "put" | "post" | "delete";
type PathsWith<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;
type Init<Of> = ParamsOption<Of> & RequestBodyOption<Of> & RequestOptions;
type Arguments<Of> = object extends Init<Of> ? [init?: Init<Of>] : [init: Init<Of>];
type Result<Of> = Of extends Record<string, unknown> ? FetchResponse<Of, unknown, `${string}/${string}`> : never;

/** One method over every path of the spec that has it; not for the paths that have not. */
type ApiMethod<M extends Method> = <Path extends PathsWith<M>>(
  path: Path,
  ...init: Arguments<paths[Path][M]>
) => Promise<Result<paths[Path][M]>>;

/**
 * Every path of the spec, typed as openapi-fetch does it: `api.GET("/v1/me/")` gives `{ data, error, response }` and does
 * not throw for an error answer. What stands beside `params` and `body` are the options that every method takes last.
 */
export interface Api {
  readonly GET: ApiMethod<"get">;
  readonly PUT: ApiMethod<"put">;
  readonly POST: ApiMethod<"post">;
  readonly DELETE: ApiMethod<"delete">;
  /** The same, with the method as a value. */
  request<M extends Method, Path extends PathsWith<M>>(
    method: M,
    path: Path,
    ...init: Arguments<paths[Path][M]>
  ): Promise<Result<paths[Path][M]>>;
}

/** What a call by path is given beside its path. */
export interface ExchangeInit extends RequestOptions {
  readonly params?: Partial<Parameters>;
  readonly body?: unknown;
}

/** Sends one request by method and path. */
export type Exchange = (method: string, path: string, init?: ExchangeInit) => Promise<object>;

/** Fills in path, query, headers and body of an operation. Headers that come later win; those that are undefined are left out. */
export function buildRequest(
  operation: Operation,
  origin: string,
  { path, query, header, body: content }: Parameters,
  ...headers: (Readonly<Record<string, string | number | undefined>> | undefined)[]
): OutgoingRequest {
  const { contentType } = operation;
  const body = content === undefined ? undefined : serializeBody(contentType, content);
  return {
    operation,
    url: `${origin}${serializePath(operation.path, path)}${serializeQuery(query ?? {})}`,
    // A request without a body must not claim to have one.
    headers: mergeHeaders(
      { Accept: "application/json", "Content-Type": body === undefined ? undefined : contentType },
      header,
      ...headers,
    ),
    body,
  };
}

/**
 * Makes `angelcam.api`.
 *
 * @param exchange Looks up the operation, and sends it through the client's own pipeline.
 */
export function createApi(exchange: Exchange): Api {
  const send = (method: string) => exchange.bind(undefined, method);
  return { GET: send("GET"), PUT: send("PUT"), POST: send("POST"), DELETE: send("DELETE"), request: exchange } as Api;
}

function serializePath(path: string, values: Readonly<Record<string, unknown>>): string {
  let filled = path;
  for (const name in values) filled = filled.replace(`{${name}}`, encodeURIComponent(String(values[name])));
  return filled;
}
