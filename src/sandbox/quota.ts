import type { TimeSource } from "./clock.ts";

/** So many requests in so many seconds, counted back from each request. */
export interface QuotaWindow {
  readonly limit: number;
  readonly seconds: number;
}

/**
 * The value of `Retry-After`: true for the true number of seconds, false for no header, a number of seconds or a date (also
 * one in the past) instead of the truth, or any text.
 */
export type RetryAfter = boolean | number | Date | string;

/** The quota of each account. */
export interface SandboxQuotaOptions {
  /**
   * The windows; a request must fit all of them.
   *
   * @default [{ limit: 30, seconds: 60 }, { limit: 1000, seconds: 3600 }]
   */
  readonly windows?: readonly QuotaWindow[];
  /**
   * The `Retry-After` header of a 429. The text of the response names the true number of seconds in any case.
   *
   * @default false: no newer text of Angelcam promises the header
   */
  readonly retryAfter?: RetryAfter;
}

/** How far an account has used up a window. */
export interface SandboxQuotaState extends QuotaWindow {
  readonly used: number;
  readonly remaining: number;
}

/** Angelcam's limits per account, as documented. */
export const ANGELCAM_WINDOWS: readonly QuotaWindow[] = [
  { limit: 30, seconds: 60 },
  { limit: 1000, seconds: 3600 },
];

/** Events that a hash may report; see spec/paths/v1/events.yaml. */
export const EVENT_WINDOWS: readonly QuotaWindow[] = [{ limit: 10, seconds: 60 }];

/** Counts the requests of each account in sliding windows. A rejected request does not count. */
export function quotaRegistry(windows: readonly QuotaWindow[], clock: TimeSource) {
  const longest = Math.max(0, ...windows.map(({ seconds }) => seconds)) * 1000;
  /** When the requests came that still count, oldest first, by account. */
  const times = new Map<string, readonly number[]>();
  const recent = (account: string) => (times.get(account) ?? []).filter((time) => time > clock.now() - longest);
  return {
    /** Counts a request, or returns the seconds to wait when the quota is used up. */
    charge(account: string): number | undefined {
      const [now, counted] = [clock.now(), recent(account)];
      const waits = windows.map(({ limit, seconds }) => {
        const blocking = counted[counted.length - limit];
        return blocking === undefined ? 0 : blocking + seconds * 1000 - now;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return Math.ceil(wait / 1000);
      times.set(account, [...counted, now]);
      return undefined;
    },
    state: (account: string): SandboxQuotaState[] =>
      windows.map((window) => {
        const since = clock.now() - window.seconds * 1000;
        const used = recent(account).filter((time) => time > since).length;
        return { ...window, used, remaining: Math.max(0, window.limit - used) };
      }),
    reset: () => times.clear(),
  };
}

/** The headers of a 429. */
export function retryAfterHeaders(choice: RetryAfter, seconds: number): Record<string, string> {
  if (choice === false) return {};
  if (choice === true) return { "Retry-After": String(seconds) };
  return { "Retry-After": choice instanceof Date ? choice.toUTCString() : String(choice) };
}
