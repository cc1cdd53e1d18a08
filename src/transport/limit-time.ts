import type { Clock } from "../clock.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { type Call, type Send, timeLeft } from "./call.ts";
import { factsOf } from "./facts.ts";

/**
 * Ends a try that takes longer than it may, body included, and passes the caller's abort on to it. It does not rely on
 * `fetch` to give up when told so.
 */
export function limitTime(timeout: number, clock: Clock, next: Send): Send {
  return (call) => {
    const { signal } = call;
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((fulfil, reject) => {
      const milliseconds = Math.max(0, Math.min(call.options.timeout ?? timeout, timeLeft(call, clock)));
      const controller = new AbortController();
      const settle = () => {
        clock.clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const stop = (reason: unknown) => {
        settle();
        reject(reason);
        controller.abort(reason);
      };
      const onAbort = () => stop(signal?.reason);
      const timer = clock.setTimeout(() => stop(timeoutError(call, milliseconds)), milliseconds);
      signal?.addEventListener("abort", onAbort);
      next({ ...call, signal: controller.signal }).then(
        (answer) => {
          settle();
          fulfil(answer);
        },
        (reason) => {
          settle();
          reject(reason);
        },
      );
    });
  };
}

function timeoutError(call: Call, milliseconds: number): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} got no complete answer within ${milliseconds} ms. Try again, or allow more time with { timeout }.`,
    { ...factsOf(call), code: "timeout", retryable: call.operation.repeatable === true },
  );
}
