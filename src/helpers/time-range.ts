import { toIso, toTime } from "../base/time.ts";
import type { TimeRange } from "../base/time-range.ts";

/** A range of time as callers read it: UTC ISO strings. */
export interface FootageSegment {
  start: string;
  end: string;
}

/**
 * Reads the range that a caller passes.
 *
 * @throws TypeError for an invalid date, RangeError when start is not before end; both name the argument.
 */
export function toTimeRange(where: string, start: unknown, end: unknown): TimeRange {
  const range = { start: toTime(`${where}: start`, start), end: toTime(`${where}: end`, end) };
  if (range.start >= range.end) {
    throw new RangeError(`${where}: start must be before end, got ${toIso(range.start)} and ${toIso(range.end)}`);
  }
  return range;
}

/** A range as callers read it. */
export function toSegment({ start, end }: TimeRange): FootageSegment {
  return { start: toIso(start), end: toIso(end) };
}
