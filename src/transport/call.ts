import type { Operation } from "../../generated/operations.ts";
import type { Abortable } from "../base/abort-scope.ts";
import type { Clock } from "../base/clock.ts";
import type { Fetch } from "../base/fetch.ts";
import type { RetryOptions, RetryPolicy } from "../errors/retry-policy.ts";

/** The parameters of a request, as the spec names them. */
export interface Parameters {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Query parameters of a link to another page. They replace those of the query, and are sent as the server wrote them. */
  readonly link?: Readonly<Record<string, string>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Options of one call that the pipeline reads. */
export interface CallOptions {
  readonly signal?: AbortSignal | null | undefined;
  readonly timeout?: number | undefined;
  readonly deadline?: number | undefined;
  readonly retry?: RetryOptions | false | undefined;
  readonly coalesce?: boolean | undefined;
  /** Of a call by path. */
  readonly fetch?: Fetch | undefined;
  readonly headers?: unknown;
  readonly server?: string | undefined;
  readonly serverVariables?: Readonly<Record<string, string>> | undefined;
  readonly space?: string | number | undefined;
}

/** A request that can be sent any number of times. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** Options of `fetch` such as `cache` and `credentials`. */
  readonly fetchOptions: Readonly<Record<string, unknown>>;
}

/** A call whose arguments have been checked, and whose request is still to be built. */
export interface PreparedCall {
  /** The same in every event of the call. */
  readonly id: string;
  readonly operation: Operation;
  readonly options: CallOptions;
  /** The retry policy of the call, or of the client: the loop and `error.retryable` follow it. */
  readonly retry: RetryPolicy;
  /** Id of the space to work in, the client's or the call's own. */
  readonly space: string | number | undefined;
  /** The origin and base path that the request goes to; its credential goes nowhere else. */
  readonly baseUrl: string;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  readonly fetch: Fetch;
  /** True for a token request, which other calls in the queue wait for. */
  readonly urgent: boolean;
  /** When all of it must be over, in milliseconds of the monotonic clock. */
  readonly deadline: number;
  /** The history of the call, shared by all its attempts. */
  readonly history: History;
  /** The request, once it has been built. An error shows none of its credentials. */
  request: OutgoingRequest | undefined;
}

/** One call on its way through the pipeline. */
export interface Call extends PreparedCall {
  request: OutgoingRequest;
}

/** The state that the steps of a call share. */
export interface History {
  /** How often the request was sent. */
  attempts: number;
  /** The `Authorization` header of the last attempt. */
  authorization?: string;
  /** When the server wants the next request, in milliseconds since 1970 (UTC). */
  retryAt?: number | undefined;
}

/** A response whose body has been read to its end, so that no part of it can fail later. */
export interface ReceivedResponse {
  readonly response: Response;
  readonly text: string;
}

/** The data of a success, with its response. */
export interface SentCall<T> {
  readonly data: T;
  readonly response: Response;
}

/**
 * A step of the pipeline together with all steps after it.
 *
 * @param signal Aborts when the caller aborts, or when a step further out gives up.
 */
export type Handler = (call: Call, signal: Abortable | undefined) => Promise<ReceivedResponse>;

/**
 * True for a call with a credential: one that carries a token, and a token request, whose form holds the password or the
 * refresh token. Angelcam counts it for the account. The controls of a playback and event reports carry none.
 */
export function hasCredential({ operation }: PreparedCall): boolean {
  return operation.security.length > 0 || operation.path.startsWith("/oauth/");
}

/** Milliseconds that are left of a call. */
export function timeLeft(call: PreparedCall, clock: Clock): number {
  return call.deadline - clock.monotonic();
}
