import { checkNumber } from "../base/check-number.ts";
import type { QuotaState, QuotaWindow } from "./quota.ts";

/** @throws RangeError or TypeError naming the option of a quota that makes no sense. */
export function checkQuota(windows: readonly QuotaWindow[], maxWait: number, state?: QuotaState): void {
  for (const [index, { limit = Number.NaN, seconds = Number.NaN }] of windows.entries()) {
    checkNumber(`quota.windows[${index}].limit`, { type: "integer", minimum: 1 }, limit);
    checkNumber(`quota.windows[${index}].seconds`, { type: "number", minimum: 0.001 }, seconds);
  }
  checkNumber("quota.maxWait", { type: "number", minimum: 0, maximum: Number.POSITIVE_INFINITY }, maxWait);
  if (state !== undefined && ![state?.times, state?.pausedUntil].flat().every(Number.isFinite)) {
    throw new TypeError("quota.state must be what JSON.stringify(quota) gave");
  }
}
