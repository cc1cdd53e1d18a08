/**
 * Waits for a promise that others may wait for too.
 *
 * @throws The signal's reason when it aborts first; the promise itself goes on.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((fulfil, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(fulfil, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
