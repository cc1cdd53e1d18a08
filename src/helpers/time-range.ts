/** A stretch of time in milliseconds since 1970 (UTC), its end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of time as callers read it: UTC ISO strings. */
export interface FootageSegment {
  start: string;
  end: string;
}

/** A date and time with its time zone, or a date alone, which ISO 8601 takes as midnight in UTC. */
const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads the range that a caller asks for.
 *
 * @throws TypeError for what is no date, RangeError when start is not before end; both name the argument.
 */
export function toSpan(where: string, start: unknown, end: unknown): Span {
  const span = { start: checkTime(`${where}: start`, start), end: checkTime(`${where}: end`, end) };
  if (span.start >= span.end) {
    throw new RangeError(`${where}: start must be before end, got ${toIso(span.start)} and ${toIso(span.end)}`);
  }
  return span;
}

/**
 * Refuses an id that no request should be spent on.
 *
 * @throws TypeError naming the argument.
 */
export function checkRecordingId(where: string, recordingId: unknown): void {
  if (typeof recordingId === "string" && recordingId !== "") return;
  throw new TypeError(`${where}: recordingId must be a text that is not empty`);
}

/** As the API writes them: a fraction of a second only where there is one. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

export function toSegment({ start, end }: Span): FootageSegment {
  return { start: toIso(start), end: toIso(end) };
}

/** NaN for what is no moment in time. A text without a time zone is none: it would depend on the machine. */
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

function checkTime(name: string, value: unknown): number {
  const time = parseTime(value);
  if (!Number.isNaN(time)) return time;
  if (value instanceof Date) throw new TypeError(`${name} is an invalid Date`);
  const got = typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value;
  throw new TypeError(
    `${name} must be a Date or an ISO string with its time zone, as 2026-11-24T08:00:00Z, got ${got}`,
  );
}
