import type { NumberBounds } from "../client/operation.ts";
import { readNumbers } from "../client/operation-table.ts";

/** What options may be that are numbers, by name. Where nothing else is said, they are milliseconds. */
const OPTIONS = readNumbers({
  "whole number from 1": "attempts limit",
  "number from 0.001": "seconds",
  "number from 0 to Infinity": "baseDelay maxDelay maxWait",
  "number from 1 to Infinity": "timeout deadline",
  "whole number from 1 to Infinity": "max",
});

/**
 * Refuses options that are numbers and make no sense, whatever else stands beside them.
 *
 * @param place What stands before the name of the option: `retry.`.
 * @throws TypeError or RangeError naming the option.
 */
export function checkOptions(place: string, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const bounds = OPTIONS[name];
    if (bounds && value !== undefined) checkNumber(place + name, bounds, value);
  }
}

/**
 * Refuses what is no number, or is one out of bounds.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for a number out of bounds; both name it.
 */
export function checkNumber(name: string, { kind, whole, minimum, maximum }: NumberBounds, value: unknown): void {
  const isNumber = (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) || value === maximum;
  if (isNumber && !((value as number) < minimum) && !((value as number) > maximum)) return;
  throw new (typeof value === "number" ? RangeError : TypeError)(mustBe(name, `a ${kind}`, value));
}

/** What an error says of a value that makes no sense. A text stands in quotes. */
export function mustBe(name: string, what: string, value: unknown): string {
  return `${name} must be ${what}, got ${typeof value === "string" ? JSON.stringify(value) : String(value)}`;
}
