/** A date and time: a `Date`, or an ISO string with its time zone (`2026-11-24T08:00:00Z`) or of a day (UTC). */
export type DateInput = Date | string;

/** A range of time in milliseconds since 1970 (UTC), its end not included. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** A range of time as callers read it: UTC ISO strings. */
export interface FootageSegment {
  start: string;
  end: string;
}

/** A date and time with its time zone, or a date alone, which ISO 8601 takes as midnight in UTC. */
const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

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

/** As the API writes them: a fraction of a second only where there is one. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

export function toSegment({ start, end }: TimeRange): FootageSegment {
  return { start: toIso(start), end: toIso(end) };
}

/** NaN for what is no date. A string without a time zone is none: it would depend on the machine. */
export function parseTime(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const day = typeof value === "string" ? ISO.exec(value)?.[1] : undefined;
  // Some engines read 30 February as 2 March.
  return day && isDay(day) ? Date.parse(value as string) : Number.NaN;
}

function isDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/**
 * Reads a date that a caller passes, in milliseconds since 1970 (UTC).
 *
 * @throws TypeError for an invalid date, naming the argument.
 */
export function toTime(name: string, value: unknown): number {
  const time = parseTime(value);
  if (!Number.isNaN(time)) return time;
  if (value instanceof Date) throw new TypeError(`${name} is an invalid Date`);
  const got = typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value;
  throw new TypeError(
    `${name} must be a Date or an ISO string with its time zone, as 2026-11-24T08:00:00Z, got ${got}`,
  );
}
