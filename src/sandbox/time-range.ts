import type { TimeRange } from "../base/time-range.ts";
import { RequestError } from "../http/request-error.ts";
import { timestamp } from "./clock.ts";

const HOUR = 3_600_000;

/** The same footage in order; stretches that overlap or touch become one. */
export function joined(footage: readonly TimeRange[]): TimeRange[] {
  const result: TimeRange[] = [];
  for (const next of footage.filter(({ start, end }) => start < end).sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && next.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else {
      result.push(next);
    }
  }
  return result;
}

/** A range as the API shows it. */
export function shownRange({ start, end }: TimeRange): { start: string; end: string } {
  return { start: timestamp(start), end: timestamp(end) };
}

/**
 * Checks the range of a request.
 *
 * @throws RequestError in the words of spec/examples.
 */
export function checkRange({ start, end }: TimeRange, hours = Number.POSITIVE_INFINITY, what = "The range"): void {
  if (start >= end) throw new RequestError(400, "The start must be before the end.");
  if (end - start > hours * HOUR) throw new RequestError(400, `${what} cannot be longer than ${hours} hours.`);
}
