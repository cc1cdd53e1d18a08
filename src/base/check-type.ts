import { mustBe } from "./check-number.ts";
import type { Clock } from "./clock.ts";
import { isObject } from "./is-object.ts";
import { kindOf } from "./kind-of.ts";

/**
 * Rejects what has no properties to read, and objects whose content would be ignored: URLSearchParams, Map, Date, Promise,
 * AbortSignal. The value itself is not shown: a text may be a body with a password.
 */
export function checkObject(name: string, value: unknown): asserts value is object {
  if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) return;
  // A plain object of another realm, or of a class, is one too.
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (tag === "Object" || tag === "Module") return;
  const advice = tag === "AbortSignal" ? ". Pass it as { signal }." : "";
  throw new TypeError(`${name} must be a plain object, got ${isObject(value) ? tag : kindOf(value)}${advice}`);
}

/** Rejects a value that is neither a function nor left out. */
export function checkFunctions(prefix: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && typeof value !== "function") throw new TypeError(`${prefix}${name} must be a function`);
  }
}

/** Rejects a clock that lacks a method; it may be left out. */
export function checkClock(prefix: string, clock: unknown): void {
  const methods = ["now", "monotonic", "setTimeout", "clearTimeout"] as const satisfies (keyof Clock)[];
  const missing = methods.find((name) => typeof (clock as Partial<Clock> | null)?.[name] !== "function");
  if (clock === undefined || !missing) return;
  throw new TypeError(`${prefix}clock must have the methods ${methods.join(", ")}: ${missing} is missing`);
}

/** Rejects what is neither true, nor false, nor left out. */
export function checkBoolean(name: string, value: unknown): void {
  if (value !== undefined && value !== null && typeof value !== "boolean")
    throw new TypeError(mustBe(name, "true or false", value));
}

/** Rejects what is neither an `AbortSignal` nor left out. */
export function checkSignal(caller: string, signal: unknown): void {
  if (signal === undefined || signal === null) return;
  if (typeof signal === "object" && "aborted" in signal) return;
  throw new TypeError(mustBe(`${caller}: signal`, "an AbortSignal", signal));
}
