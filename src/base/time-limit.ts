import { withAbort } from "./abort.ts";
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
