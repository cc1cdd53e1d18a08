import type { Operation } from "../client/operation.ts";
import { checkOptions } from "./check-number.ts";

/** When a request that failed is sent again. */
export interface RetryOptions {
  /**
   * How often a request is sent at most, the first time included.
   *
   * @default 3
   */
  attempts?: number | undefined;
  /**
   * Milliseconds; the pause before the n-th repetition is a random part of `2 ** n` times this.
   *
   * @default 500
   */
  baseDelay?: number | undefined;
  /**
   * Milliseconds that such a pause takes at most.
   *
   * @default 20_000
   */
  maxDelay?: number | undefined;
}

/** Defaults of `RetryOptions`; the README quotes them. */
export const retryDefaults = { attempts: 3, baseDelay: 500, maxDelay: 20_000 } as const satisfies RetryOptions;

/** `RetryOptions` with every default filled in. */
export interface RetryPlan {
  readonly attempts: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
}

/**
 * Fills in the defaults.
 *
 * @throws RangeError naming the option that makes no sense.
 */
export function checkRetry(retry: RetryOptions | false = {}): RetryPlan {
  const plan = { ...retryDefaults };
  for (const [name, value] of Object.entries(retry || { attempts: 1 })) {
    if (value !== undefined) Object.assign(plan, { [name]: value });
  }
  checkOptions("retry.", plan);
  return plan;
}

/** True when an answer with this status may be followed by the same request again. */
export function mayRepeatAfter(status: number, { repeatable, method }: Operation): boolean {
  // Both say that the request was turned away before anything was done.
  if (status === 429 || status === 503) return repeatable !== false;
  // A bare failure of the server may have done half of the work: only reading is free of that.
  return repeatable === true && (status === 502 || status === 504 || (status === 500 && method === "GET"));
}
