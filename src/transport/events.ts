/** What happens on the way of a call. Nothing in it is secret: no token, no filled-in path, no body. */
export type ClientEvent =
  | RequestEvent
  | ResponseEvent
  | RetryEvent
  | QuotaWaitEvent
  | RefreshEvent
  | TokenSaveFailedEvent;

/** A request goes out. */
export interface RequestEvent {
  readonly type: "request";
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
  readonly operationId: string;
  /** The number of the coming try. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delay: number;
  /** `status 503`, `ConnectionError`. */
  readonly reason: string;
}

/** A request waits for its place in the quota. */
export interface QuotaWaitEvent {
  readonly type: "quota_wait";
  readonly operationId: string;
  /** When it is expected to go out (UTC). */
  readonly until: Date;
  readonly milliseconds: number;
}

/** A session got new tokens, or failed to. */
export interface RefreshEvent {
  readonly type: "refresh";
  /** `signed-in` with a grant, `refreshed`, `adopted` from a sibling, `failed`. */
  readonly outcome: "signed-in" | "refreshed" | "shared" | "failed";
  /** Code of the error, for `failed`. */
  readonly error: string | undefined;
}

/** New tokens could not be saved. They are kept in memory and will be saved again with the next request. */
export interface TokenSaveFailedEvent {
  readonly type: "token_save_failed";
  readonly error: unknown;
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
        console.error("angelcam-client: onEvent threw", error);
      }
    })
  );
}
