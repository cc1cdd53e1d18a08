import type { Clock } from "../base/clock.ts";
import type { Operation } from "../client/operation.ts";
import type { RequestOptions } from "../client/request-options.ts";

/** A request ready to be sent, as often as it takes. */
export interface OutgoingRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** One call on its way through the pipeline. */
export interface Call extends OutgoingRequest {
  readonly options: RequestOptions;
  /** Aborts when the caller, or a step of the pipeline, gives up. */
  readonly signal: AbortSignal | undefined;
  /** What sends it. */
  readonly fetch: typeof globalThis.fetch;
  /** True for a token request, on which others in the line depend. */
  readonly urgent: boolean | undefined;
  /** When all of it must be over, in milliseconds since 1970 (UTC). */
  readonly deadline: number;
  /** What has happened to it so far; shared by all its tries. */
  readonly history: History;
}

/** What the steps of a call tell each other. */
export interface History {
  /** How often the request was sent. */
  attempts: number;
  /** The `Authorization` header of the last try. */
  authorization?: string;
  /** When the server wants to be asked again, in milliseconds since 1970 (UTC). */
  retryAt?: number | undefined;
}

/** An answer whose body has been read to its end, so that nothing of it can fail later. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** A step of the pipeline, or all that follows it. */
export type Handler = (call: Call) => Promise<Answer>;

/** Milliseconds that are left of a call. */
export function timeLeft(call: Call, clock: Clock): number {
  return call.deadline - clock.now();
}
