import type { Operation, ParameterRule } from "../../generated/operations.ts";
import { checkNames } from "../base/check-names.ts";
import { checkNumber, mustBe } from "../base/check-number.ts";
import { checkObject } from "../base/check-type.ts";
import { isId } from "../base/is-id.ts";
import { parseTime, toTime } from "../base/time.ts";
import type { Parameters } from "./call.ts";
import { callOptionNames } from "./call-options.ts";

/**
 * Rejects arguments that no request should be spent on: unknown names, values of the wrong type, numbers out of bounds.
 *
 * @throws TypeError for a value of the wrong type, RangeError for a number out of bounds; both name the argument.
 */
export function checkArguments(operation: Operation, { path, query, body }: Parameters): void {
  const { id, pathParameters = {} } = operation;
  for (const name in pathParameters) checkPathParameter(`${id}: ${name}`, pathParameters[name], path?.[name]);
  checkQuery(operation, query ?? {});
  checkBody(operation, body);
}

function checkPathParameter(name: string, rule: ParameterRule | undefined, value: unknown): void {
  if (rule && isNumberRule(rule)) checkNumber(name, rule, value);
  else if (!isId(value)) throw new TypeError(mustBe(name, "a non-empty string", value));
}

function checkQuery({ id, query: rules = {} }: Operation, query: Readonly<Record<string, unknown>>): void {
  checkObject(`${id}: the query`, query);
  checkNames(`query parameter of ${id}:`, query, Object.keys(rules), hintForOption);
  for (const name in query) {
    const value = query[name];
    const rule = rules[name];
    if (!rule || value === undefined || value === null) continue;
    const values = [value].flat();
    if (values.length === 0) {
      // Sent as it is, an empty list would not filter at all.
      throw new RangeError(`${id}: ${name} must be left out, or a non-empty list`);
    }
    if (isNumberRule(rule)) for (const item of values) checkNumber(`${id}: ${name}`, rule, item);
    else if (rule.type === "date-time") toTime(`${id}: ${name}`, value);
    else if (rule.type === "string" && !values.every(isText)) {
      throw new TypeError(mustBe(`${id}: ${name}`, "a string", value));
    }
  }
  if (parseTime(query.start) >= parseTime(query.end)) {
    throw new RangeError(mustBe(`${id}: start`, "before end", query.start));
  }
}

function checkBody({ id, body: expected }: Operation, body: unknown): void {
  if (body === undefined && !expected?.required) return;
  if (!expected) throw new TypeError(`${id} takes no body`);
  checkObject(`${id}: the body`, body);
  if (expected.fields) checkNames(`body field of ${id}:`, body, expected.fields, hintForOption);
}

/** True for what can be sent as text; half a surrogate pair cannot. */
function isText(value: unknown): boolean {
  return Object(value) !== value && !/\p{Surrogate}/u.test(String(value));
}

function hintForOption(name: string): string | undefined {
  return callOptionNames.includes(name) ? "It is an option of the call: pass it in the last argument." : undefined;
}

function isNumberRule(rule: ParameterRule): rule is ParameterRule & { type: "integer" | "number" } {
  return rule.type === "integer" || rule.type === "number";
}
