import { QuotaError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";

/** The error for a Redis that does not respond. As with every QuotaError no request was sent, so a refresh token stays unused. */
export function unreachable(error: unknown): QuotaError {
  const cause = cleanError(error);
  return new QuotaError(
    `The quota of this account could not be read from Redis: ${cause.message}. This attempt was not sent. Try again when Redis responds.`,
    { code: "quota_exceeded", retryable: true },
    cause,
  );
}
