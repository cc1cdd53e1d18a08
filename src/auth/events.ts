import type { ErrorSummary } from "./stored-tokens.ts";

/** A session got new tokens, or failed to. */
export interface RefreshEvent {
  readonly type: "refresh";
  /** `signed_in` with a grant, `refreshed` with a refresh token, `shared` by another session of the store, or `failed`. */
  readonly outcome: "signed_in" | "refreshed" | "shared" | "failed";
  /** Code of the error, for `failed`. */
  readonly error: string | undefined;
}

/** New tokens could not be saved. They are kept in memory, and saving is retried. */
export interface TokenSaveFailedEvent {
  readonly type: "token_save_failed";
  /** Name, code and message of the error of the store or `onTokens`, without credentials. */
  readonly error: ErrorSummary;
}

/** An event of a session. No token is in it. */
export type SessionEvent = RefreshEvent | TokenSaveFailedEvent;
