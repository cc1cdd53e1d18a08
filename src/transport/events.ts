import type { SessionEvent } from "../auth/events.ts";
import type { QuotaWaitEvent } from "../quota/events.ts";

/** An event of a call. It holds no secret: no token, no filled-in path, no body. */
export type ClientEvent = RequestEvent | ResponseEvent | RetryEvent | QuotaWaitEvent | SessionEvent;

/** A request goes out. */
export interface RequestEvent {
  readonly type: "request";
  /** The same in every event of one call. */
  readonly callId: string;
  readonly operationId: string;
  readonly method: string;
  /** Origin that it is sent to. */
  readonly origin: string;
  /** Path template. */
  readonly path: string;
  /** 1 for the first time. */
  readonly attempt: number;
}

/** A response has come, or the attempt has failed. */
export interface ResponseEvent {
  readonly type: "response";
  /** The same in every event of one call. */
  readonly callId: string;
  readonly operationId: string;
  readonly attempt: number;
  /** HTTP status, or undefined where no response came. */
  readonly status: number | undefined;
  /** Code of the error, where no response came; `aborted` for an abort by the program, whatever its reason. */
  readonly error: string | undefined;
  /** How long it took. */
  readonly milliseconds: number;
}

/** A request will be sent again. */
export interface RetryEvent {
  readonly type: "retry";
  /** The same in every event of one call. */
  readonly callId: string;
  readonly operationId: string;
  /** The number of the coming attempt. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delay: number;
  /** HTTP status of the response that it follows, or undefined where none came. */
  readonly status: number | undefined;
  /** Code of the error that it follows, where no response came: `connection_failed`, `timeout`. */
  readonly error: string | undefined;
}

/** Reports an event to the listener. */
export type Emit = (event: ClientEvent) => void;
