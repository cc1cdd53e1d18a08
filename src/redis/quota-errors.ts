import { QuotaError } from "../errors/client-errors.ts";

/** Nothing was sent, as with every QuotaError: a refresh token stays good. */
export function unreachable(error: unknown): QuotaError {
  const reason = error instanceof Error ? error.message : String(error);
  return new QuotaError(
    `The quota of this account could not be asked in Redis: ${reason}. Nothing was sent. Try again when Redis answers.`,
    { code: "quota_exceeded", retryable: true },
  );
}
