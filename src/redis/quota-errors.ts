import { QuotaError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";

/** Nothing was sent, as with every QuotaError: a refresh token stays unused. */
export function unreachable(error: unknown): QuotaError {
  const cause = cleanError(error);
  return new QuotaError(
    `The quota of this account could not be read from Redis: ${cause.message}. Nothing was sent. Try again when Redis responds.`,
    { code: "quota_exceeded", retryable: true },
    cause,
  );
}
