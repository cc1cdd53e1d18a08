import { AngelcamError } from "../errors/angelcam-error.ts";
import { ApiError } from "../errors/api-errors.ts";
import { ConnectionError, OAuthError, QuotaError } from "../errors/client-errors.ts";

/** The session is over: Angelcam does not know the refresh token any more, and nothing is left to sign in with. */
export function sessionEnded(reason: string, cause?: unknown): OAuthError {
  return new OAuthError(
    `The session has ended. ${reason} Sign in again: make a new OAuthSession with a fresh grant.`,
    { code: "session_ended", title: "invalid_grant", retryable: false },
    cause,
  );
}

/** The refresh token was sent, and nobody knows whether Angelcam has used it up. */
export function sessionInDoubt(cause?: unknown): OAuthError {
  return new OAuthError(
    "The session is in doubt: the last token request broke off, and its refresh token may be spent. It is not sent again by itself, for a second use can end the session. Call session.refresh() to try it once more, or sign in again.",
    { code: "session_in_doubt", retryable: false },
    cause,
  );
}

/** True when the server has refused the refresh token, the code or the password itself. */
export function isInvalidGrant(error: unknown): boolean {
  return error instanceof OAuthError && error.title === "invalid_grant";
}

/**
 * True when the server may have worked on the request although no answer tells: a lost connection, a timeout, a cut-off
 * answer. An error answer is clear, and so is a connection that was never made.
 */
export function outcomeIsUnknown(error: unknown): boolean {
  if (error instanceof ConnectionError) return !neverConnected(error);
  if (error instanceof QuotaError || error instanceof OAuthError || error instanceof ApiError) return false;
  return error instanceof AngelcamError;
}

/** Codes of Node, Bun and Deno for a connection that did not come about. */
const NEVER_CONNECTED =
  /ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT/;

function neverConnected(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  const { code } = error as { code?: unknown };
  const parts = error instanceof AggregateError ? error.errors : [];
  return (
    (typeof code === "string" && NEVER_CONNECTED.test(code)) ||
    neverConnected(error.cause, depth + 1) ||
    (parts.length > 0 && parts.every((part) => neverConnected(part, depth + 1)))
  );
}
