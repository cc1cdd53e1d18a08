import { AngelcamError } from "./angelcam-error.ts";

/** The client's own quota: the wait for a free slot would be longer than allowed. Nothing was sent. See `retryAt`. */
export class QuotaError extends AngelcamError {
  override readonly name: string = "QuotaError";
}

/**
 * The token endpoint rejected a grant, or the session has ended and no credential is left to sign in with.
 * `title` holds the OAuth error code: `invalid_grant`, `invalid_client`, and so on (RFC 6749, section 5.2).
 */
export class OAuthError extends AngelcamError {
  override readonly name: string = "OAuthError";
}

/** No response came: the host could not be reached, or the connection broke. `cause` holds a clean copy of the runtime's own error. */
export class ConnectionError extends AngelcamError {
  override readonly name: string = "ConnectionError";
}

/** No complete response came within the time allowed. */
export class TimeoutError extends AngelcamError {
  override readonly name: string = "TimeoutError";
}

/**
 * The response is not one that the API documents: HTML from a gateway, a body that was cut off, an empty body where data
 * is due, a redirect. `detail` holds the first characters, without credentials.
 */
export class UnexpectedResponseError extends AngelcamError {
  override readonly name: string = "UnexpectedResponseError";
}

/**
 * A token store did not work: its file cannot be used, its lock could not be acquired in time, or was lost. The message
 * names the path and what to do, never the content of the file. `retryable` is true where waiting may help.
 */
export class TokenStoreError extends AngelcamError {
  override readonly name: string = "TokenStoreError";

  /** @internal */
  constructor(message: string, retryable: boolean, cause?: unknown) {
    super(message, { code: "token_store_failed", retryable }, cause);
  }
}
