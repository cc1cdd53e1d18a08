import { checkOptions } from "../transport/check-number.ts";
import type { QuotaState, QuotaWindow } from "./quota.ts";

/** @throws RangeError or TypeError naming the option of a quota that makes no sense. */
export function checkQuota(windows: readonly QuotaWindow[], maxWait: number, state?: QuotaState): void {
  for (const [index, { limit = Number.NaN, seconds = Number.NaN }] of windows.entries()) {
    checkOptions(`quota.windows[${index}].`, { limit, seconds });
  }
  checkOptions("quota.", { maxWait });
  if (state !== undefined && ![state?.times, state?.pausedUntil].flat().every(Number.isFinite)) {
    throw new TypeError("quota.state must be what JSON.stringify(quota) gave");
  }
}
