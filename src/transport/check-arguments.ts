import type { Operation, Parameters } from "../operation.ts";
import type { RequestOptions } from "../request-options.ts";

/**
 * Refuses arguments that no request should be spent on.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for a number out of bounds; both name the argument.
 */
export function checkArguments(operation: Operation, parameters: Parameters, options: RequestOptions): void {
  const where = `${operation.id}: `;
  for (const [name, value] of Object.entries(parameters.path)) {
    if (name in operation.numbers) checkNumber(operation, name, value);
    else if (typeof value !== "string" || value === "" || value === "." || value === "..") {
      throw new TypeError(`${where}${name} must be a text that is not empty, got ${show(value)}`);
    }
  }
  for (const [name, value] of Object.entries(parameters.query ?? {})) {
    if (Array.isArray(value) && value.length === 0) {
      // Sent as it is, it would not filter at all.
      throw new RangeError(`${where}${name} must not be an empty list: leave it out to ask for everything`);
    }
    if (value !== undefined && value !== null && name in operation.numbers) {
      for (const item of Array.isArray(value) ? value : [value]) checkNumber(operation, name, item);
    }
    if (value instanceof Date && Number.isNaN(value.getTime()))
      throw new TypeError(`${where}${name} is an invalid Date`);
  }
  checkRange(where, parameters.query ?? {});
  if (operation.bodyRequired && (typeof parameters.body !== "object" || parameters.body === null)) {
    throw new TypeError(`${where}the body must be an object, got ${typeof parameters.body}`);
  }
  checkDuration(`${where}timeout`, options.timeout);
  checkDuration(`${where}deadline`, options.deadline);
}

/**
 * Refuses a duration that is not a positive number of milliseconds.
 *
 * @throws RangeError naming the argument.
 */
export function checkDuration(name: string, milliseconds: number | undefined): void {
  if (milliseconds === undefined) return;
  if (typeof milliseconds !== "number" || !(milliseconds > 0)) {
    throw new RangeError(`${name} must be a positive number of milliseconds, got ${show(milliseconds)}`);
  }
}

function checkNumber(operation: Operation, name: string, value: unknown): void {
  const {
    minimum = Number.NEGATIVE_INFINITY,
    maximum = Number.POSITIVE_INFINITY,
    integer,
  } = operation.numbers[name] ?? {};
  const kind = integer ? "a whole number" : "a number";
  if (typeof value !== "number") throw new TypeError(`${operation.id}: ${name} must be ${kind}, got ${show(value)}`);
  const whole = !integer || Number.isSafeInteger(value);
  if (!Number.isFinite(value) || !whole || value < minimum || value > maximum) {
    throw new RangeError(`${operation.id}: ${name} must be ${kind}${boundsOf(minimum, maximum)}, got ${value}`);
  }
}

/** `start` and `end` mean the same wherever the API has them. */
function checkRange(where: string, { start, end }: Readonly<Record<string, unknown>>): void {
  if (start === undefined && end === undefined) return;
  const [from, to] = [start, end].map((value) => (value === undefined || value === null ? undefined : timeOf(value)));
  if (Number.isNaN(from)) throw new TypeError(`${where}start is not a date: ${show(start)}`);
  if (Number.isNaN(to)) throw new TypeError(`${where}end is not a date: ${show(end)}`);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new RangeError(`${where}start must be before end, got ${show(start)} and ${show(end)}`);
  }
}

function timeOf(value: unknown): number {
  return value instanceof Date ? value.getTime() : Date.parse(String(value));
}

function boundsOf(minimum: number, maximum: number): string {
  if (Number.isFinite(minimum) && Number.isFinite(maximum)) return ` from ${minimum} to ${maximum}`;
  if (Number.isFinite(minimum)) return ` of at least ${minimum}`;
  return Number.isFinite(maximum) ? ` of at most ${maximum}` : "";
}

function show(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : value instanceof Date
      ? String(value)
      : typeof value === "object"
        ? "an object"
        : String(value);
}
