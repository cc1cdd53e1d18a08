import { connectionPhase } from "../base/connection-phase.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { ConnectionError, OAuthError, QuotaError, TokenStoreError } from "../errors/client-errors.ts";

/**
 * The state of the credential after a failed token request.
 *
 * | outcome | the server | so the session |
 * |---|---|---|
 * | `rejected` | said `invalid_grant` | looks for newer tokens in the store, else it has ended |
 * | `unused` | did not process it | may send it again at once |
 * | `unknown` | may have processed it | uses its access token while that lives, then sends it again, with back-off |
 */
export type TokenRequestOutcome = "rejected" | "unused" | "unknown";

/** The statuses from 500 up with which a gateway or server says that it has not processed the request. */
const NOT_PROCESSED: readonly number[] = [503];

/**
 * Decides by the status of the response, or by the phase in which the connection failed. The form of the error and the
 * content type of the response make no difference: a gateway's HTML page counts like the API's own JSON.
 */
export function outcomeOf(error: unknown): TokenRequestOutcome {
  if (!(error instanceof AngelcamError)) return error instanceof TypeError ? "unused" : "unknown";
  const { status } = error;
  if (isInvalidGrant(error)) return "rejected";
  if (status !== undefined) return outcomeOfStatus(status);
  if (error instanceof ConnectionError) return phaseOf(error) === "connect" ? "unused" : "unknown";
  return error instanceof QuotaError || error instanceof TokenStoreError || error instanceof OAuthError
    ? "unused"
    : "unknown";
}

/** True when the server has rejected the refresh token, the code or the password itself, not for a session that has ended. */
export function isInvalidGrant(error: unknown): boolean {
  if (!(error instanceof OAuthError) || error.code !== "oauth_error") return false;
  return error.title === "invalid_grant" && (error.status ?? 400) < 500;
}

/** A browser hides the status of a redirect behind 0. */
function outcomeOfStatus(status: number): TokenRequestOutcome {
  const isUnused = status === 0 || (status >= 300 && status < 500) || NOT_PROCESSED.includes(status);
  return isUnused ? "unused" : "unknown";
}

function phaseOf(error: ConnectionError): unknown {
  return (error as { phase?: unknown }).phase ?? connectionPhase(error.cause);
}
