import { listenForAbort, reasonOf, withAbort } from "./abort.ts";
import type { Clock } from "./clock.ts";

/**
 * Waits for other code no longer than the given milliseconds.
 *
 * @param start Starts the work; what it throws at once counts like a rejection.
 * @param tooLate Makes the error for work that takes longer. The work itself goes on.
 * @throws The signal's reason when it aborts first.
 */
export function withTimeLimit<T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  start: () => T | Promise<T>,
  tooLate: () => Error,
): Promise<T> {
  return withAbort(signal, (resolve, reject) => {
    const timer = clock.setTimeout(() => reject(tooLate()), milliseconds);
    new Promise<T>((begin) => begin(start())).then(resolve, reject);
    return () => clock.clearTimeout(timer);
  });
}

/**
 * Runs work that listens to a signal no longer than the given milliseconds, which may be `Infinity`.
 *
 * @param signal Aborts the work as well, with its own reason.
 * @param work Receives the signal that aborts at the end of the time.
 * @param tooLate Makes the reason for that.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  tooLate: () => Error,
): Promise<T> {
  const controller = new AbortController();
  const abortLike = (other: AbortSignal) => controller.abort(reasonOf(other));
  if (signal?.aborted) abortLike(signal);
  const stopListening = signal && listenForAbort(signal, () => abortLike(signal));
  // The timers of every runtime take Infinity for 1 ms.
  const timer = Number.isFinite(milliseconds)
    ? clock.setTimeout(() => controller.abort(tooLate()), milliseconds)
    : undefined;
  try {
    return await work(controller.signal);
  } finally {
    if (timer !== undefined) clock.clearTimeout(timer);
    stopListening?.();
  }
}
