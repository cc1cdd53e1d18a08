import type { Clock } from "../base/clock.ts";
import { unlessAborted } from "../base/unless-aborted.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { type Call, type Handler, timeLeft } from "./call.ts";
import { factsOf } from "./error-details.ts";

/**
 * Ends a try that takes longer than it may, body included, and passes the caller's abort on to it. It does not rely on
 * `fetch` to give up when told so.
 */
export function limitTime(timeout: number, clock: Clock, next: Handler): Handler {
  return (call) =>
    unlessAborted(call.signal, (fulfil, reject) => {
      const milliseconds = Math.max(0, Math.min(call.options.timeout ?? timeout, timeLeft(call, clock)));
      const controller = new AbortController();
      const timer = clock.setTimeout(() => reject(timeoutError(call, milliseconds)), milliseconds);
      next({ ...call, signal: controller.signal }).then(fulfil, reject);
      return (reason) => {
        clock.clearTimeout(timer);
        if (reason !== undefined) controller.abort(reason);
      };
    });
}

function timeoutError(call: Call, milliseconds: number): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} got no complete answer within ${milliseconds} ms. Try again, or allow more time with { timeout }.`,
    { ...factsOf(call), code: "timeout", retryable: call.operation.repeatable === true },
  );
}
