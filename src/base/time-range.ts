/** A range of time in milliseconds since 1970 (UTC), its end not included. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** The parts of the ranges inside another range. */
export function rangesWithin(ranges: readonly TimeRange[], { start: from, end: to }: TimeRange): TimeRange[] {
  return ranges
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end);
}
