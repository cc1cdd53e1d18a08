import { OAuthError, TokenStoreError } from "../errors/client-errors.ts";

/** The session is over: Angelcam does not accept the refresh token any more, and nothing is left to sign in with. */
export function sessionEnded(reason: string, cause?: unknown): OAuthError {
  return new OAuthError(
    `The session has ended. ${reason} Sign in again: make a new OAuthSession with a fresh grant.`,
    { code: "session_ended", title: "invalid_grant", retryable: false },
    cause,
  );
}

/** The session is over, or about to be, as `revoke()` was called. */
export function revoked(): OAuthError {
  return sessionEnded("It was revoked by this program.");
}

/** A call that the token store makes while the session signs in for the first time. */
export function notSignedIn(): TokenStoreError {
  return new TokenStoreError(
    "The token store called the API while its tokens were requested for the first sign-in: there is no token yet. Let it return without this call.",
    true,
  );
}

/** A store, or `onTokens`, has taken longer than it may; it may be quicker the next time. */
export function tookTooLong(what: string, milliseconds: number): TokenStoreError {
  return new TokenStoreError(`${what} did not finish within ${milliseconds} ms.`, true);
}
