import { checkOptionNames } from "../base/check-names.ts";
import { checkAmount, checkNumber, mustBe } from "../base/check-number.ts";
import type { Clock } from "../base/clock.ts";
import type { QuotaWindow } from "./window.ts";

/** Options of a `Quota`. Every field has a default. */
export interface QuotaOptions {
  /**
   * The limits of the account, which all hold at once. The default is the newest pair that Angelcam has published
   * (API conventions page of the developer site, read in July 2026); its support raises the limits on request.
   *
   * @default [{ limit: 30, seconds: 60 }, { limit: 1000, seconds: 3600 }], see `spec/guides/limits.md`
   */
  windows?: readonly QuotaWindow[] | undefined;
  /**
   * Milliseconds that a request may wait in the queue. A longer wait fails at once with `QuotaError`.
   *
   * Minimum: 0, which never waits.
   *
   * @default Infinity: a call waits as long as its `deadline` allows
   */
  maxWait?: number | undefined;
  /**
   * The result of `toJSON` before a restart, so that the requests of the last hour still count. Times in the future, as
   * after a clock was set back, count as now.
   */
  state?: QuotaState | undefined;
  /**
   * The source of time, for tests that do not want to wait.
   *
   * @default the machine's clock
   */
  clock?: Clock | undefined;
}

/** The memory of a quota as plain JSON, to be saved and passed in again. */
export interface QuotaState {
  /** When requests ended, in milliseconds since 1970 (UTC), oldest first. */
  readonly times: readonly number[];
  /** Until when the server accepts no requests, in milliseconds since 1970 (UTC). 0 for no pause. */
  readonly pausedUntil: number;
}

/** Defaults of every quota, in this process and in Redis; the README quotes them. */
export const quotaDefaults = {
  windows: [
    { limit: 30, seconds: 60 },
    { limit: 1000, seconds: 3600 },
  ],
  maxWait: Number.POSITIVE_INFINITY,
} as const satisfies QuotaOptions;

/** Names of the options of a `Quota`. */
export const quotaOptionNames = ["windows", "maxWait", "state", "clock"] as const satisfies (keyof QuotaOptions)[];

/** @throws RangeError or TypeError naming the invalid option of a quota. */
export function checkQuota(windows: readonly QuotaWindow[], maxWait: number, state?: QuotaState): void {
  if (!Array.isArray(windows)) {
    throw new TypeError(mustBe("quota.windows", "a list such as [{ limit: 30, seconds: 60 }]", windows));
  }
  for (const [index, window] of windows.entries()) {
    const name = `quota.windows[${index}]`;
    checkOptionNames(name, window, ["limit", "seconds"]);
    checkNumber(`${name}.limit`, { type: "integer", minimum: 1 }, window.limit);
    checkNumber(`${name}.seconds`, { type: "number", minimum: 0.001 }, window.seconds);
  }
  checkAmount("quota.maxWait", 0, maxWait);
  if (
    state !== undefined &&
    !(Array.isArray(state?.times) && [...state.times, state.pausedUntil].every(Number.isFinite))
  ) {
    throw new TypeError("quota.state must be the result of JSON.stringify(quota), parsed");
  }
}
