import { checkOptionNames } from "../base/check-names.ts";
import { checkAmount, mustBe } from "../base/check-number.ts";
import { checkBoolean, checkSignal } from "../base/check-type.ts";
import { kindOf } from "../base/kind-of.ts";
import { toRetryPolicy } from "../errors/retry-policy.ts";
import type { CallOptions } from "./call.ts";

/** Options of a call that the pipeline reads itself. */
const OWN = ["signal", "timeout", "deadline", "retry", "coalesce", "headers", "server", "serverVariables", "space"];

/** Options that are passed on to `fetch`: those of the standard, of Next.js (`next`), workerd (`cf`) and undici (`dispatcher`). */
export const fetchOptionNames = [
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "priority",
  "referrer",
  "referrerPolicy",
  "window",
  "next",
  "cf",
  "dispatcher",
  "duplex",
];

/** Options that `angelcam.api` adds for openapi-fetch. */
const OF_OPENAPI_FETCH = [
  "params",
  "body",
  "parseAs",
  "querySerializer",
  "bodySerializer",
  "pathSerializer",
  "middleware",
  "fetch",
  "Request",
  "baseUrl",
];

/** Names of the options of a method, which helpers take as well. */
export const callOptionNames: readonly string[] = [...OWN, ...fetchOptionNames];

/** Names of the options of a call by path. */
export const apiOptionNames: readonly string[] = [...callOptionNames, ...OF_OPENAPI_FETCH];

/**
 * Rejects call options of an unknown name and values that are invalid.
 *
 * @param id Whose options they are, for the message: `cameras.list`.
 * @param names The known names, where there are more than those of a method: for a call by path, and for a helper.
 * @throws TypeError or RangeError naming the option.
 */
export function checkCallOptions(id: string, options: CallOptions, names = callOptionNames): void {
  checkOptionNames(id, options, names);
  checkSharedOptions(`${id}: `, options);
  checkHeaders(id, options.headers);
  checkSignal(id, options.signal);
}

/** Rejects invalid values of the options that a client and a call have in common: times are milliseconds from 1 up. */
export function checkSharedOptions(
  prefix: string,
  { timeout, deadline, space, retry, coalesce }: Omit<CallOptions, "headers" | "signal">,
): void {
  checkAmount(`${prefix}timeout`, 1, timeout);
  checkAmount(`${prefix}deadline`, 1, deadline);
  checkSpace(prefix, space);
  if (retry !== undefined) toRetryPolicy(retry);
  checkBoolean(`${prefix}coalesce`, coalesce);
}

/** Rejects a space that is no id: it goes into a header. */
function checkSpace(prefix: string, space: unknown): void {
  if (space === undefined || space === null) return;
  if (typeof space === "string" ? /^[\x21-\x7e]+$/.test(space) : Number.isSafeInteger(space)) return;
  throw new TypeError(mustBe(`${prefix}space`, "the id of a space", space));
}

/** Rejects what is no set of headers. The message shows no value, because it may be a secret. */
function checkHeaders(id: string, headers: unknown): void {
  if (headers === undefined || headers === null) return;
  if (typeof headers !== "object")
    throw new TypeError(`${id}: headers must be an object such as { "X-Request-Id": "7" }, got ${kindOf(headers)}`);
  for (const [name, value] of headerPairs(headers)) {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t -~\x80-\xff]/.test(String(value))) continue;
    throw new TypeError(
      `${id}: the header ${JSON.stringify(name)} is not valid in HTTP: check the characters of its name and value`,
    );
  }
}

/** Names and values of headers in any form: an object, pairs, a `Map`, or `Headers` of any library. */
export function headerPairs(headers: object): Iterable<readonly [string, unknown]> {
  return Symbol.iterator in headers ? (headers as Iterable<[string, unknown]>) : Object.entries(headers);
}
