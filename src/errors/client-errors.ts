import { AngelcamError } from "./angelcam-error.ts";

/**
 * The client's own quota: the wait for a free slot would be longer than allowed. This attempt was not sent; `attempts`
 * counts those before it. See `retryAt`.
 */
export class QuotaError extends AngelcamError {
  override readonly name: string = "QuotaError";
  declare readonly code: "quota_exceeded";
}

/**
 * The token endpoint rejected a grant, or the session has ended and no credential is left to sign in with.
 * `title` holds the OAuth error code: `invalid_grant`, `invalid_client`, and so on (RFC 6749, section 5.2).
 */
export class OAuthError extends AngelcamError {
  override readonly name: string = "OAuthError";
  declare readonly code: "oauth_error" | "session_ended";
}

/** No response came: the host could not be reached, or the connection broke. `cause` holds a clean copy of the runtime's own error. */
export class ConnectionError extends AngelcamError {
  override readonly name: string = "ConnectionError";
  declare readonly code: "connection_failed";
}

/** No complete response came within the time allowed. */
export class TimeoutError extends AngelcamError {
  override readonly name: string = "TimeoutError";
  declare readonly code: "timeout";
}

/**
 * The response is not one that the API documents: HTML from a gateway, a body that was cut off, an empty body where data
 * is due, a redirect. `detail` holds the first characters, without credentials.
 */
export class UnexpectedResponseError extends AngelcamError {
  override readonly name: string = "UnexpectedResponseError";
  declare readonly code: "unexpected_response";
}

/**
 * A token store did not work: its file cannot be used, its lock could not be acquired in time, or was lost. The message
 * names the path and what to do, never the content of the file. `retryable` is true where waiting may help.
 */
export class TokenStoreError extends AngelcamError {
  override readonly name: string = "TokenStoreError";
  declare readonly code: "token_store_failed";

  /** @internal */
  constructor(message: string, retryable: boolean, cause?: unknown) {
    super(message, { code: "token_store_failed", retryable }, cause);
  }
}
