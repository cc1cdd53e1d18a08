import type { QuotaWindow } from "./window.ts";

/** Milliseconds beyond a window, so that a server which counts both ends of it finds no request too many. */
const MARGIN = 1;

/** Counts requests in sliding windows. All times are milliseconds of a monotonic clock. */
export interface SlidingLog {
  /** A request starts. */
  begin(): void;
  /** A request has ended, or was not sent after all. */
  end(now: number, sent: boolean): void;
  /** When the next request may start, behind those in the queue, which start at these times. */
  nextStart(now: number, queue: readonly number[]): number;
  /** When the requests that still count ended; a request under way ends now at the earliest. */
  times(now: number): number[];
  /** Each window, how many of its slots are used, and when the next of them comes free. */
  usage(now: number): (QuotaWindow & { readonly used: number; readonly freeAt: number | undefined })[];
}

/**
 * A request counts from its start, and its slot comes free one window after its *end*: the server counted it at some
 * moment in between, so however long it was under way, the server never sees more than the limit in any window.
 *
 * @param saved When earlier requests ended.
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
      ended.push(now);
      // One is added, one is removed, so that requests which no window counts any more do not accumulate.
      if (freeAt(ended[0] as number, longest) <= now) ended.shift();
    },
    nextStart(now, queue) {
      const before = ended.length + underWay;
      let start = Math.max(now, queue.at(-1) ?? now);
      for (const { limit, seconds } of windows) {
        // The request whose slot it takes has ended, or is under way and ends now at the earliest, or is in the queue.
        const index = before + queue.length - limit;
        if (index >= 0) start = Math.max(start, freeAt(ended[index] ?? queue[index - before] ?? now, seconds));
      }
      return start;
    },
    times: (now) => timesWithin(longest, now),
    usage: (now) =>
      windows.map(({ limit, seconds }) => {
        const times = timesWithin(seconds, now);
        const [oldest] = times;
        return {
          limit,
          seconds,
          used: times.length,
          freeAt: oldest === undefined ? undefined : freeAt(oldest, seconds),
        };
      }),
  };
}

/** When a window no longer counts a request that ended at this time. */
function freeAt(time: number, seconds: number): number {
  return time + seconds * 1000 + MARGIN;
}
