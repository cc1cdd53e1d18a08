import type { Operation } from "../operation.ts";

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
export function checkRetry(retry: RetryOptions | false | undefined): RetryPlan {
  const { attempts, baseDelay, maxDelay } = { ...retryDefaults, ...(retry || {}) } as RetryPlan;
  if (!Number.isSafeInteger(attempts) || attempts < 1) {
    throw new RangeError(`retry.attempts must be a whole number of at least 1, got ${attempts}`);
  }
  for (const [name, value] of Object.entries({ baseDelay, maxDelay })) {
    if (!(value >= 0)) throw new RangeError(`retry.${name} must be a number of milliseconds, got ${value}`);
  }
  return { attempts: retry === false ? 1 : attempts, baseDelay, maxDelay };
}

/** True when an answer with this status may be followed by the same request again. */
export function mayRepeatAfter(status: number, operation: Operation): boolean {
  const { repeatable, method } = operation;
  // Both say that the request was turned away before anything was done.
  if (status === 429 || status === 503) return repeatable === true || repeatable === "refused";
  if (status === 502 || status === 504) return repeatable === true;
  // A bare failure of the server may have done half of the work: only reading is free of that.
  return status === 500 && repeatable === true && method === "GET";
}
