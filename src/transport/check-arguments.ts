import type { NumberBounds, Operation, Parameters } from "../operation.ts";
import type { RequestOptions } from "../request-options.ts";

/**
 * Refuses arguments that no request should be spent on.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for a number out of bounds; both name the argument.
 */
export function checkArguments(operation: Operation, parameters: Parameters, options: RequestOptions): void {
  const { id, numbers, bodyRequired } = operation;
  const { path, query = {}, body } = parameters;
  for (const [name, value] of Object.entries(path)) {
    if (numbers[name]) checkNumber(id, name, numbers[name], value);
    else if (typeof value !== "string" || /^\.{0,2}$/.test(value)) {
      throw new TypeError(mustBe(`${id}: ${name}`, "a text that is not empty", value));
    }
  }
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) {
      // Sent as it is, it would not filter at all.
      throw new RangeError(`${id}: ${name} must not be an empty list: leave it out to ask for everything`);
    }
    if (numbers[name]) for (const item of values) checkNumber(id, name, numbers[name], item);
    // `start` and `end` mean the same wherever the API has them.
    const isTime = value instanceof Date || name === "start" || name === "end";
    if (isTime && Number.isNaN(timeOf(value))) throw new TypeError(mustBe(`${id}: ${name}`, "a date", value));
    if (name === "end" && timeOf(query.start) >= timeOf(value)) {
      throw new RangeError(`${id}: start must be before end, got ${show(query.start)} and ${show(value)}`);
    }
  }
  if (bodyRequired && (typeof body !== "object" || body === null)) {
    throw new TypeError(`${id}: the body must be an object, got ${typeof body}`);
  }
  checkDuration(`${id}: timeout`, options.timeout);
  checkDuration(`${id}: deadline`, options.deadline);
}

/**
 * Refuses a duration that is not a positive number of milliseconds.
 *
 * @throws RangeError naming the argument.
 */
export function checkDuration(name: string, milliseconds: number | undefined): void {
  if (milliseconds !== undefined && !(typeof milliseconds === "number" && milliseconds > 0)) {
    throw new RangeError(mustBe(name, "a positive number of milliseconds", milliseconds));
  }
}

function checkNumber(id: string, name: string, { kind, whole, minimum, maximum }: NumberBounds, value: unknown): void {
  const isNumber = whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (isNumber && !((value as number) < minimum) && !((value as number) > maximum)) return;
  throw new (typeof value === "number" ? RangeError : TypeError)(mustBe(`${id}: ${name}`, `a ${kind}`, value));
}

function timeOf(value: unknown): number {
  return value instanceof Date ? value.getTime() : Date.parse(String(value));
}

/** What an error says of a value that makes no sense. */
function mustBe(name: string, what: string, value: unknown): string {
  return `${name} must be ${what}, got ${show(value)}`;
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && !(value instanceof Date) ? "an object" : String(value);
}
