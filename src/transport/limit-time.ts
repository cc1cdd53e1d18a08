import type { Clock } from "../clock.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { type Call, type Send, timeLeft } from "./call.ts";
import { factsOf } from "./facts.ts";

/** Ends a try that takes longer than it may, body included, and passes the caller's abort on to it. */
export function limitTime(timeout: number, clock: Clock, next: Send): Send {
  return (call) =>
    new Promise((fulfil, reject) => {
      const milliseconds = Math.min(call.options.timeout ?? timeout, timeLeft(call, clock));
      const controller = new AbortController();
      const stop = (reason: unknown) => {
        reject(reason);
        controller.abort(reason);
      };
      const onAbort = () => stop(call.signal?.reason);
      const timer = clock.setTimeout(() => stop(timeoutError(call, milliseconds)), Math.max(0, milliseconds));
      if (call.signal?.aborted) onAbort();
      call.signal?.addEventListener("abort", onAbort, { once: true });
      next({ ...call, signal: controller.signal })
        .then(fulfil, reject)
        .finally(() => {
          clock.clearTimeout(timer);
          call.signal?.removeEventListener("abort", onAbort);
        });
    });
}

function timeoutError(call: Call, milliseconds: number): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} got no complete answer within ${milliseconds} ms. Try again, or allow more time with { timeout }.`,
    { ...factsOf(call), code: "timeout", retryable: call.operation.repeatable === true },
  );
}
