import type { SessionEvent } from "../auth/events.ts";
import { cleanError } from "../errors/redact.ts";
import type { QuotaWaitEvent } from "../quota/events.ts";

/** What happens on the way of a call. Nothing in it is secret: no token, no filled-in path, no body. */
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

/** An answer has come, or the try has failed. */
export interface ResponseEvent {
  readonly type: "response";
  /** The same in every event of one call. */
  readonly callId: string;
  readonly operationId: string;
  readonly attempt: number;
  /** HTTP status, or undefined where no answer came. */
  readonly status: number | undefined;
  /** Name of the error, where no answer came. */
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
  /** The number of the coming try. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delay: number;
  /** `status 503`, `ConnectionError`. */
  readonly reason: string;
}

/** Tells an event to whoever listens. */
export type Emit = (event: ClientEvent) => void;

/** A listener that fails must not cost a call its answer, or a session its tokens. */
export function safely(listener: Emit | undefined): Emit | undefined {
  return (
    listener &&
    ((event) => {
      try {
        listener(event);
      } catch (error) {
        console.error("angelcam-client: onEvent threw", cleanError(error));
      }
    })
  );
}
