import { OAuthError } from "../errors/client-errors.ts";

/** The session is over: Angelcam does not accept the refresh token any more, and nothing is left to sign in with. */
export function sessionEnded(reason: string, cause?: unknown): OAuthError {
  return new OAuthError(
    `The session has ended. ${reason} Sign in again: make a new OAuthSession with a fresh grant.`,
    { code: "session_ended", title: "invalid_grant", retryable: false },
    cause,
  );
}
