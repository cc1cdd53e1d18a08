import { unlessAborted } from "./unless-aborted.ts";

/**
 * Waits for a promise that others may wait for too.
 *
 * @throws The signal's reason when it aborts first; the promise itself goes on.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // Who has given up is told of no failure, and perhaps nobody else waits: it is not to be reported as unhandled.
  promise.catch(() => {});
  return unlessAborted(signal, (fulfil, reject) => {
    promise.then(fulfil, reject);
    return () => {};
  });
}
