import type { QuotaState, QuotaWindow } from "./quota.ts";

/** @throws RangeError naming the window that makes no sense. */
export function checkWindows(windows: readonly QuotaWindow[]): void {
  for (const [index, { limit, seconds }] of windows.entries()) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`quota.windows[${index}].limit must be a whole number of at least 1, got ${limit}`);
    }
    if (!(seconds > 0) || !Number.isFinite(seconds)) {
      throw new RangeError(`quota.windows[${index}].seconds must be a positive number, got ${seconds}`);
    }
  }
}

/** @throws TypeError for anything that `toJSON` of a quota did not make. */
export function checkState(state: QuotaState): void {
  const { times, pausedUntil } = state ?? {};
  if (!Array.isArray(times) || !times.every(Number.isFinite) || !Number.isFinite(pausedUntil)) {
    throw new TypeError(
      "quota.state must be what JSON.stringify(quota) gave: { times: number[], pausedUntil: number }",
    );
  }
}
