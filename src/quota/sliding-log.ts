import type { QuotaUsage, QuotaWindow } from "./quota.ts";

/** Milliseconds beyond a window, so that a server which counts both ends of it finds no request too many. */
const MARGIN = 1;

/** Counts requests in sliding windows. */
export interface SlidingLog {
  /** A request starts. */
  begin(): void;
  /** A request is over, or was not sent after all. */
  end(now: number, sent: boolean): void;
  /** When the next request may start, behind those that are in line. */
  nextStart(now: number, line: readonly { readonly expected: number }[]): number;
  /** When the requests that still count were over; what is under way is over now at the earliest. */
  times(now: number): number[];
  usage(now: number): QuotaUsage[];
}

/**
 * A request counts from its start, and its place comes free a window's length after its *end*: the server counted it
 * somewhere in between, so that however long it travelled, the server never sees more than the limit in any window.
 *
 * @param saved When earlier requests were over.
 */
export function slidingLog(windows: readonly QuotaWindow[], saved: readonly number[]): SlidingLog {
  const ended = [...saved].sort((a, b) => a - b);
  const longest = Math.max(...windows.map(({ seconds }) => seconds));
  let underWay = 0;
  const timesWithin = (seconds: number, now: number) =>
    [...ended, ...Array<number>(underWay).fill(now)].filter((time) => freeAt(time, seconds) > now);
  return {
    begin: () => underWay++,
    end(now, sent) {
      underWay--;
      if (!sent) return;
      // A clock that was set back must not put the log out of order.
      ended.push(Math.max(now, ended.at(-1) ?? now));
      // One comes, one goes, so that what no window counts any more does not pile up.
      if (freeAt(ended[0] as number, longest) <= now) ended.shift();
    },
    nextStart(now, line) {
      const before = ended.length + underWay;
      let start = Math.max(now, line.at(-1)?.expected ?? now);
      for (const { limit, seconds } of windows) {
        // Whose place it takes: that request is over, or under way and over now at the earliest, or in line itself.
        const index = before + line.length - limit;
        if (index >= 0) start = Math.max(start, freeAt(ended[index] ?? line[index - before]?.expected ?? now, seconds));
      }
      return start;
    },
    times: (now) => timesWithin(longest, now),
    usage: (now) =>
      windows.map(({ limit, seconds }) => {
        const times = timesWithin(seconds, now);
        const used = times.length;
        const [oldest] = times;
        const resetsAt = oldest === undefined ? undefined : new Date(freeAt(oldest, seconds));
        return { limit, seconds, used, remaining: Math.max(0, limit - used), resetsAt };
      }),
  };
}

/** When a window no longer counts a request that was over at this time. */
function freeAt(time: number, seconds: number): number {
  return time + seconds * 1000 + MARGIN;
}
