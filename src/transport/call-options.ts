import { checkNames } from "../base/check-names.ts";
import { checkNumber, mustBe } from "../base/check-number.ts";
import { toRetryPolicy } from "../errors/retry-policy.ts";
import type { CallOptions } from "./call.ts";

/** Options of a call that the pipeline reads itself. */
const OWN = ["signal", "timeout", "deadline", "retry", "coalesce", "headers", "server", "serverVariables", "space"];

/** Options that are passed on to `fetch`: those of the standard, of Next.js (`next`), workerd (`cf`) and undici (`dispatcher`). */
const OF_FETCH = [
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

const BY_METHOD = [...OWN, ...OF_FETCH];
const BY_PATH = [...BY_METHOD, ...OF_OPENAPI_FETCH];

/** True for a name that every method takes in its last argument. */
export function isCallOption(name: string): boolean {
  return OWN.includes(name) || OF_FETCH.includes(name);
}

/**
 * Rejects call options of an unknown name and values that are invalid.
 *
 * @param isByPath True for a call of `angelcam.api`, which takes the options of openapi-fetch as well.
 * @throws TypeError or RangeError naming the option.
 */
export function checkCallOptions(id: string, options: CallOptions, isByPath: boolean): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(mustBe(`${id}: the options`, "an object", options));
  }
  checkNames(`option of ${id}:`, options, isByPath ? BY_PATH : BY_METHOD);
  checkTimes(`${id}: `, options);
  if (options.retry !== undefined) toRetryPolicy(options.retry);
  if (options.signal && !("aborted" in options.signal)) {
    throw new TypeError(mustBe(`${id}: signal`, "an AbortSignal", options.signal));
  }
}

/** Rejects a timeout or deadline that is no number of milliseconds from 1. */
export function checkTimes(prefix: string, { timeout, deadline }: Pick<CallOptions, "timeout" | "deadline">): void {
  const rule = { type: "number", minimum: 1, maximum: Number.POSITIVE_INFINITY } as const;
  if (timeout !== undefined) checkNumber(`${prefix}timeout`, rule, timeout);
  if (deadline !== undefined) checkNumber(`${prefix}deadline`, rule, deadline);
}

/** The options that are passed on to `fetch` as they are. */
export function fetchOptionsOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const chosen: Record<string, unknown> = {};
  for (const name in options) if (OF_FETCH.includes(name) && options[name] !== undefined) chosen[name] = options[name];
  return chosen;
}
