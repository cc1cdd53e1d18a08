/** A moment as a test names it: a date, an ISO string, or milliseconds since 1970 (UTC). */
export type DateInput = Date | string | number;

/**
 * The moment in milliseconds since 1970.
 *
 * @throws RangeError naming the argument when it is none.
 */
export function toTime(argument: string, moment: DateInput): number {
  const time = new Date(moment).getTime();
  if (Number.isNaN(time)) throw new RangeError(`${argument} must be a date, got ${JSON.stringify(moment)}`);
  return time;
}

/** The moment of a parameter that has passed the schema of the document; undefined where there is none. */
export function timeOf(moment: unknown): number | undefined {
  return moment === undefined ? undefined : Date.parse(String(moment));
}
