import { QuotaError } from "../errors/quota-error.ts";

/** The wait would be longer than allowed. Worded as in `Quota`. */
export function tooLong(expected: number, allowed: number): QuotaError {
  const retryAt = new Date(expected);
  return new QuotaError(
    `The quota of this account has no free place before ${retryAt.toISOString()}, and this request may wait ${allowed} ms. Nothing was sent. Try again then, allow a longer wait with quota.maxWait, or send fewer requests.`,
    { code: "quota_exceeded", retryable: true, retryAt },
  );
}

/** Nothing was sent, as with every QuotaError: a refresh token stays good. */
export function unreachable(error: unknown): QuotaError {
  const reason = error instanceof Error ? error.message : String(error);
  return new QuotaError(
    `The quota of this account could not be asked in Redis: ${reason}. Nothing was sent. Try again when Redis answers.`,
    { code: "quota_exceeded", retryable: true },
  );
}
