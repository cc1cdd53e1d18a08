import type { Operation } from "../../generated/operations.ts";
import { checkNames } from "../base/check-names.ts";
import { checkAmount, checkNumber, mustBe } from "../base/check-number.ts";
import { copyGiven } from "../base/copy-given.ts";
import { isObject } from "../base/is-object.ts";

/** When a failed request is sent again. */
export interface RetryOptions {
  /**
   * How often a request is sent at most, the first time included. At least 1. What a session sends again with a new token, after
   * a 401, is not counted.
   *
   * @default 3
   */
  attempts?: number | undefined;
  /**
   * HTTP methods that may be sent twice. An operation that the spec marks keeps its mark.
   *
   * @default ["GET", "PUT", "DELETE"]
   */
  methods?: readonly Operation["method"][] | undefined;
  /**
   * Statuses after which a request is sent again. A 500 is retried for GET only: it may have done half of the work.
   *
   * @default [429, 500, 502, 503, 504]
   */
  statuses?: readonly number[] | undefined;
  /**
   * Milliseconds; the pause before the n-th retry is a random part of `2 ** n` times this. At least 0.
   *
   * @default 500
   */
  baseDelay?: number | undefined;
  /**
   * Milliseconds that such a pause takes at most. At least 0.
   *
   * @default 20_000
   */
  maxDelay?: number | undefined;
}

/** `RetryOptions` with every default filled in. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly methods: readonly string[];
  readonly statuses: readonly number[];
  readonly baseDelay: number;
  readonly maxDelay: number;
}

/** Defaults of `RetryOptions`; the README quotes them. */
export const retryDefaults = {
  attempts: 3,
  methods: ["GET", "PUT", "DELETE"],
  statuses: [429, 500, 502, 503, 504],
  baseDelay: 500,
  maxDelay: 20_000,
} as const satisfies RetryOptions;

/** Statuses of a request that the server turned away before it did anything. */
const REJECTED_STATUSES: readonly number[] = [429, 503];

/**
 * True when sending the same request again is safe and may succeed. The retry loop and `error.retryable` both ask this
 * function.
 *
 * @param status The status of the response, or undefined where no complete response came.
 */
export function isRetryable(
  { method, retry }: Pick<Operation, "method" | "retry">,
  status: number | undefined,
  { methods, statuses }: RetryPolicy = retryDefaults,
): boolean {
  if (status !== undefined && !statuses.includes(status)) return false;
  const mode = retry ?? (methods.includes(method) ? "always" : "never");
  if (mode === "if_rejected") return status !== undefined && REJECTED_STATUSES.includes(status);
  return mode === "always" && (status !== 500 || method === "GET");
}

/**
 * Fills in the defaults of retry options. False stands for a single attempt.
 *
 * @throws TypeError or RangeError naming the option that is invalid.
 */
export function toRetryPolicy(retry: RetryOptions | false = {}): RetryPolicy {
  if (retry === false) return { ...retryDefaults, attempts: 1 };
  if (!isObject(retry)) {
    throw new TypeError(mustBe("retry", "false or an object such as { attempts: 3 }", retry));
  }
  const names = Object.keys(retryDefaults) as (keyof RetryOptions)[];
  checkNames("retry option", retry, names);
  const policy = { ...retryDefaults, ...copyGiven(retry, names) } as RetryPolicy;
  checkNumber("retry.attempts", { type: "integer", minimum: 1 }, policy.attempts);
  checkAmount("retry.baseDelay", 0, policy.baseDelay);
  checkAmount("retry.maxDelay", 0, policy.maxDelay);
  for (const name of ["methods", "statuses"] as const) {
    if (!Array.isArray(policy[name])) throw new TypeError(mustBe(`retry.${name}`, "a list", policy[name]));
  }
  // "get" or "503" would match nothing, so that nothing would be retried.
  for (const method of policy.methods) {
    if (!/^[A-Z]+$/.test(method)) throw new TypeError(mustBe("retry.methods", "in capitals, such as GET", method));
  }
  for (const status of policy.statuses) {
    checkNumber("retry.statuses", { type: "integer", minimum: 100, maximum: 599 }, status);
  }
  return policy;
}
