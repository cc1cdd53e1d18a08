import { QuotaError } from "../errors/client-errors.ts";

/** The last moment that a `Date` can hold. */
const LATEST_DATE = 8.64e15;

/**
 * The error for a request that would wait too long.
 *
 * @param expected When there would be a free slot, in milliseconds since 1970 (UTC).
 * @param allowed Milliseconds that the request may still wait; negative when it has waited too long already, as after a
 * sleep of the machine.
 */
export function quotaExceeded(expected: number, allowed: number): QuotaError {
  const retryAt = new Date(Math.min(expected, LATEST_DATE));
  const reason =
    allowed < 0
      ? "The attempt has waited longer for the quota than it may: did the machine sleep?"
      : `The quota has no free slot before ${retryAt.toISOString()}, and this attempt may wait ${Math.round(allowed)} ms.`;
  const advice = "Try again then, allow more time with { deadline } or quota.maxWait, or send fewer requests.";
  return new QuotaError(`${reason} It was not sent. ${advice}`, { code: "quota_exceeded", retryable: true, retryAt });
}
