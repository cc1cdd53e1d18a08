import { OAuthError, TokenStoreError } from "../errors/client-errors.ts";

/** The session is over: Angelcam does not accept the refresh token any more, and nothing is left to sign in with. */
export function sessionEnded(reason: string, cause?: unknown): OAuthError {
  return new OAuthError(
    `The session has ended. ${reason} Sign in again: make a new OAuthSession with a fresh grant.`,
    { code: "session_ended", title: "invalid_grant", retryable: false },
    cause,
  );
}

/** A store, or `onTokens`, has taken longer than it may; it may be quicker the next time. */
export function tookTooLong(what: string, milliseconds: number): TokenStoreError {
  return new TokenStoreError(`${what} did not finish within ${milliseconds} ms.`, true);
}
