import { listenForAbort, reasonOf, throwIfAborted, withAbort } from "../base/abort.ts";
import { AbortScope } from "../base/abort-scope.ts";
import type { Clock } from "../base/clock.ts";
import type { SharedTimer } from "../base/shared-timer.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import type { Call, Handler } from "./call.ts";
import { errorDetails } from "./error-details.ts";

/**
 * Ends a call at its deadline: queue, tokens, locks and retries included. Every wait inside listens to the signal that
 * this step hands on, so the call ends with it, and nothing is sent afterwards.
 */
export function limitCall(timer: SharedTimer, next: Handler): Handler {
  return async (call, signal) => {
    throwIfAborted(signal);
    const scope = new AbortScope();
    const stopListening = signal && listenForAbort(signal, () => scope.abort(reasonOf(signal)));
    const stopTimer = timer.callAt(call.deadline, () => scope.abort(deadlineError(call)));
    try {
      return await next(call, scope);
    } finally {
      stopTimer();
      stopListening?.();
    }
  };
}

/** Ends an attempt that takes longer than its timeout, body included. It does not rely on `fetch` to obey its signal. */
export function limitAttempt(timeout: number, clock: Clock, timer: SharedTimer, next: Handler): Handler {
  return (call, signal) => {
    const now = clock.monotonic();
    const left = call.deadline - now;
    // A machine that slept may wake up long after the deadline, before the deadline's own timer has fired.
    if (left <= 0) return Promise.reject(deadlineError(call));
    const milliseconds = Math.min(call.options.timeout ?? timeout, left);
    return withAbort(signal, (resolve, reject) => {
      const scope = new AbortScope();
      const stopTimer = timer.callAt(now + milliseconds, () => reject(timeoutError(call, milliseconds)));
      next(call, scope).then(resolve, reject);
      return (reason) => {
        stopTimer();
        if (reason !== undefined) scope.abort(reason);
      };
    });
  };
}

function deadlineError(call: Call): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} did not finish before its deadline, ${call.history.attempts} times sent. The queue, tokens and retries count too: allow more time with { deadline }, or send fewer requests.`,
    errorDetails(call, "timeout"),
  );
}

function timeoutError(call: Call, milliseconds: number): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} got no complete response within ${Math.ceil(milliseconds)} ms. Try again, or allow more time with { timeout }.`,
    errorDetails(call, "timeout"),
  );
}
