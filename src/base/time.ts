import { mustBe } from "./check-number.ts";

/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A date and time: a `Date`, or an ISO string with its time zone (`2026-11-24T08:00:00Z`) or of a day (UTC). */
export type DateInput = Date | string;

/** A date and time with its time zone, or a date alone, which ISO 8601 takes as midnight in UTC. */
const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads a date and time, in milliseconds since 1970 (UTC).
 *
 * @returns NaN for anything else. A string without a time zone is rejected, because it would depend on the machine.
 */
export function parseTime(value: unknown): number {
  if (isDate(value)) return value.getTime();
  const day = typeof value === "string" ? ISO.exec(value)?.[1] : undefined;
  // Some engines read 30 February as 2 March.
  return day && isDay(day) ? Date.parse(value as string) : Number.NaN;
}

/** True for a `Date` of any realm: one that Node makes is no instance of the `Date` that code has in Jest. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
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
  throw new TypeError(mustBe(name, "a Date or an ISO string with its time zone (2026-11-24T08:00:00Z)", value));
}

/** The date and time as the API writes it: a fraction of a second only where there is one. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
