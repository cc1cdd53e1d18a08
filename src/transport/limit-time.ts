import { listenForAbort, reasonOf, withAbort } from "../base/abort.ts";
import { AbortScope } from "../base/abort-scope.ts";
import type { Clock } from "../base/clock.ts";
import type { SharedTimer } from "../base/shared-timer.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { type Call, type Handler, type PreparedCall, timeLeft } from "./call.ts";
import { errorDetails } from "./error-details.ts";

/**
 * Ends a call at its deadline, or when the caller aborts it: middleware, queue, tokens, locks and retries included. All
 * work of the call listens to the scope that it gets, so the call ends with the scope, and nothing is sent afterwards.
 */
export async function limitCall<T>(
  timer: SharedTimer,
  call: PreparedCall,
  work: (scope: AbortScope) => Promise<T>,
): Promise<T> {
  const { signal } = call;
  const scope = new AbortScope();
  const stopListening = signal && listenForAbort(signal, () => scope.abort(reasonOf(signal)));
  const stopTimer = timer.callAt(call.deadline, () => scope.abort(deadlineError(call)));
  try {
    return await work(scope);
  } finally {
    stopTimer();
    stopListening?.();
  }
}

/** Starts no attempt after the deadline: a machine that slept may wake up long after it, before its timer has fired. */
export function checkDeadline(clock: Clock, next: Handler): Handler {
  return (call, signal) => (timeLeft(call, clock) > 0 ? next(call, signal) : Promise.reject(deadlineError(call)));
}

/** Ends an attempt that takes longer than its timeout, body included. It does not rely on `fetch` to obey its signal. */
export function limitAttempt(timeout: number, clock: Clock, timer: SharedTimer, next: Handler): Handler {
  return (call, signal) => {
    const now = clock.monotonic();
    const milliseconds = Math.min(call.options.timeout ?? timeout, call.deadline - now);
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

function deadlineError(call: PreparedCall): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} did not finish before its deadline, sent ${call.history.attempts} times. Middleware, the queue, tokens and retries count too: allow more time with { deadline }, or send fewer requests.`,
    errorDetails(call, "timeout"),
  );
}

function timeoutError(call: Call, milliseconds: number): TimeoutError {
  return new TimeoutError(
    `${call.operation.id} got no complete response within ${Math.ceil(milliseconds)} ms. Try again, or allow more time with { timeout }.`,
    errorDetails(call, "timeout"),
  );
}
