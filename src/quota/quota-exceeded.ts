import { QuotaError } from "../errors/client-errors.ts";

/**
 * The error for a request that would wait too long, whoever counts.
 *
 * @param expected When there would be a place, in milliseconds since 1970 (UTC).
 * @param allowed Milliseconds that the request may wait.
 */
export function waitTooLong(expected: number, allowed: number): QuotaError {
  const retryAt = new Date(expected);
  return new QuotaError(
    `The quota has no free place before ${retryAt.toISOString()}, and this request may wait ${Math.max(0, allowed)} ms. Nothing was sent. Try again then, raise quota.maxWait, or send fewer requests.`,
    { code: "quota_exceeded", retryable: true, retryAt },
  );
}
