import type { QuotaState, QuotaWindow } from "./quota.ts";

/** @throws RangeError or TypeError naming the option of a quota that makes no sense. */
export function checkQuota(windows: readonly QuotaWindow[], maxWait: number, state?: QuotaState): void {
  for (const [index, { limit, seconds }] of windows.entries()) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`quota.windows[${index}].limit must be a whole number of at least 1, got ${limit}`);
    }
    if (!Number.isFinite(seconds) || seconds <= 0) {
      throw new RangeError(`quota.windows[${index}].seconds must be a positive number, got ${seconds}`);
    }
  }
  if (!(maxWait >= 0)) throw new RangeError(`quota.maxWait must be a number of milliseconds from 0 up, got ${maxWait}`);
  if (state === undefined) return;
  const { times, pausedUntil } = state ?? {};
  if (!Array.isArray(times) || ![...times, pausedUntil].every(Number.isFinite)) {
    throw new TypeError("quota.state must be what JSON.stringify(quota) gave");
  }
}
