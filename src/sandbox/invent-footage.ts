import type { Random } from "./random.ts";
import type { TimeRange } from "./time-range.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far made-up footage reaches back, as the retention of made-up recordings says. */
const KEPT = 7 * 24 * HOUR;

/** Makes up the footage of a week until now, in whole seconds: stretches of hours, some over midnight, and holes. */
export function inventFootage(random: Random, now: number): TimeRange[] {
  const end = Math.floor(now / 1000) * 1000;
  const footage: TimeRange[] = [];
  for (let start = end - KEPT; start < end; ) {
    const length = seconds(random.integer(2 * HOUR, 20 * HOUR));
    footage.push({ start, end: Math.min(start + length, end) });
    start += length + seconds(random.integer(MINUTE, 3 * HOUR));
  }
  return footage;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
