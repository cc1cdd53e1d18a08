/** Releases what was started. It receives the reason where the work failed or was aborted, else undefined. */
export type Cleanup = (reason?: unknown) => void;

/**
 * Runs work that an `AbortSignal` can end.
 *
 * @param start Starts the work. The function that it returns is called once, when the promise has settled for any reason.
 * @throws The signal's reason when it aborts first.
 */
export function withAbort<T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => Cleanup,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let cleanup: Cleanup | undefined;
    // Work that settles while it still starts is cleaned up as soon as it has returned its cleanup.
    let settled: [reason: unknown] | undefined;
    const settle = (reason?: unknown) => {
      settled ??= [reason];
      signal?.removeEventListener("abort", onAbort);
      cleanup?.(reason);
      cleanup = undefined;
    };
    const fail = (reason: unknown) => {
      reject(reason);
      settle(reason);
    };
    const onAbort = () => fail(signal?.reason);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    cleanup = start((value) => {
      resolve(value);
      settle();
    }, fail);
    if (settled) settle(...settled);
  });
}

/**
 * Waits for a promise that other callers may wait for too.
 *
 * @throws The signal's reason when it aborts first; the promise itself goes on.
 */
export function waitUnlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // A caller that has left receives no failure, and it may have been the only one: the rejection is not unhandled.
  promise.catch(() => {});
  return withAbort(signal, (resolve, reject) => {
    promise.then(resolve, reject);
    return () => {};
  });
}
