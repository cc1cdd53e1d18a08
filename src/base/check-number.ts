import { kindOf } from "./kind-of.ts";

/** The bounds of a number. */
export interface NumberRule {
  readonly type: "integer" | "number";
  readonly minimum?: number;
  /** `Infinity` allows `Infinity` itself as well. */
  readonly maximum?: number;
}

/**
 * Rejects a value that is no number, or a number out of bounds.
 *
 * @param name Names the value in the message: `cameras.list: limit`.
 * @throws TypeError for a value of the wrong type, RangeError for a number out of bounds; both name it.
 */
export function checkNumber(name: string, rule: NumberRule, value: unknown): void {
  const { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = rule;
  const isNumber =
    (type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value)) || value === rule.maximum;
  if (isNumber && (value as number) >= minimum && (value as number) <= maximum) return;
  throw new (typeof value === "number" ? RangeError : TypeError)(mustBe(name, describe(rule), value));
}

/** Rejects what is neither an amount, from the minimum up, nor `Infinity`, nor left out. It throws as `checkNumber` does. */
export function checkAmount(name: string, minimum: number, value: unknown): void {
  if (value !== undefined) checkNumber(name, { type: "number", minimum, maximum: Number.POSITIVE_INFINITY }, value);
}

/** The message for an invalid value. A string is shown in quotes. */
export function mustBe(name: string, expected: string, value: unknown): string {
  return `${name} must be ${expected}, got ${typeof value === "string" ? JSON.stringify(value) : textOf(value)}`;
}

/**
 * A value as text, or its kind: an object without a prototype has no text, and a bigint, as databases return it for an id, has
 * that of a number.
 */
function textOf(value: unknown): string {
  try {
    return typeof value === "bigint" ? kindOf(value) : String(value);
  } catch {
    return kindOf(value);
  }
}

/** `a whole number from 1 to 100`. */
function describe({ type, minimum, maximum }: NumberRule): string {
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : ` to ${maximum}`;
  return `a ${type === "integer" ? "whole " : ""}number${from}${to}`;
}
