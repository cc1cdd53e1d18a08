import type { Operation, Parameters } from "../client/operation.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { checkNumber, checkOptions, mustBe } from "./check-number.ts";

/**
 * Refuses arguments that no request should be spent on.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for a number out of bounds; both name the argument.
 */
export function checkArguments(operation: Operation, parameters: Parameters, options: RequestOptions): void {
  const { id, numbers, pathNames, bodyRequired } = operation;
  const { path, body } = parameters;
  const query = parameters.query ?? {};
  for (const name of pathNames) {
    const value: unknown = path[name];
    if (numbers[name]) checkNumber(`${id}: ${name}`, numbers[name], value);
    else if (typeof value !== "string" || /^\.{0,2}$/.test(value)) {
      throw new TypeError(mustBe(`${id}: ${name}`, "a text that is not empty", value));
    }
  }
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) {
      // Sent as it is, it would not filter at all.
      throw new RangeError(mustBe(`${id}: ${name}`, "left out, or a list that is not empty", "[]"));
    }
    if (numbers[name]) for (const item of values) checkNumber(`${id}: ${name}`, numbers[name], item);
    // `start` and `end` mean the same wherever the API has them.
    const isTime = value instanceof Date || name === "start" || name === "end";
    if (isTime && Number.isNaN(timeOf(value))) throw new TypeError(mustBe(`${id}: ${name}`, "a date", value));
    if (name === "end" && timeOf(query.start) >= timeOf(value)) {
      throw new RangeError(mustBe(`${id}: start`, "before end", query.start));
    }
  }
  if (bodyRequired && (typeof body !== "object" || body === null)) {
    throw new TypeError(mustBe(`${id}: the body`, "an object", typeof body));
  }
  checkOptions(`${id}: `, options);
}

function timeOf(value: unknown): number {
  return value instanceof Date ? value.getTime() : Date.parse(String(value));
}
