import { type Abortable, AbortScope } from "./abort-scope.ts";

/** Releases what was started. It receives the reason where the work failed or was aborted, else undefined. */
export type Cleanup = (reason?: unknown) => void;

/** The reason of a signal that has aborted. The signals of React Native have none, nor `throwIfAborted`. */
export function reasonOf({ reason = Object.assign(new Error("aborted"), { name: "AbortError" }) }: Abortable): unknown {
  return reason;
}

/** @throws The signal's reason where it has aborted. */
export function throwIfAborted(signal: Abortable | null | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/**
 * Runs work that an `AbortSignal` or an `AbortScope` can end.
 *
 * @param start Starts the work. The function that it returns is called once, when the promise has settled for any reason.
 * @throws The signal's reason when it aborts first.
 */
export function withAbort<T>(
  signal: Abortable | undefined,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => Cleanup,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let cleanup: Cleanup | undefined;
    // Work that settles while it still starts is cleaned up as soon as it has returned its cleanup.
    let settled: [reason: unknown] | undefined;
    let stopListening: (() => void) | undefined;
    const settle = (reason?: unknown) => {
      settled ??= [reason];
      stopListening?.();
      cleanup?.(reason);
      cleanup = undefined;
    };
    const fail = (reason: unknown) => {
      reject(reason);
      settle(reason);
    };
    if (signal?.aborted) return fail(reasonOf(signal));
    stopListening = signal && listenForAbort(signal, () => fail(reasonOf(signal)));
    const succeed = (value: T) => {
      resolve(value);
      settle();
    };
    try {
      cleanup = start(succeed, fail);
    } catch (error) {
      fail(error);
    }
    if (settled) settle(...settled);
  });
}

/**
 * Waits for a promise that other callers may wait for too.
 *
 * @throws The signal's reason when it aborts first; the promise itself goes on.
 */
export function waitUnlessAborted<T>(value: T | PromiseLike<T>, signal: Abortable | undefined): Promise<T> {
  const promise = Promise.resolve(value);
  if (!signal) return promise;
  // A caller that has left receives no failure, and it may have been the only one: the rejection is not unhandled.
  promise.catch(() => {});
  return withAbort(signal, (resolve, reject) => {
    promise.then(resolve, reject);
    return () => {};
  });
}

/** The listeners of a signal, and its one event listener. */
interface SharedListener {
  readonly listeners: Set<() => void>;
  readonly notify: () => void;
}

const shared = new WeakMap<AbortSignal, SharedListener>();

/**
 * Calls the listener when the signal aborts. All listeners of a signal share one event listener, because Node 20 warns of
 * a memory leak (`MaxListenersExceededWarning`) when more than ten calls use the same signal.
 *
 * @returns Removes the listener.
 */
export function listenForAbort(signal: Abortable, listener: () => void): () => void {
  if (signal instanceof AbortScope) return signal.listen(listener);
  const { listeners, notify } = shared.get(signal) ?? share(signal);
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    shared.delete(signal);
    signal.removeEventListener("abort", notify);
  };
}

function share(signal: AbortSignal): SharedListener {
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  const entry = { listeners, notify };
  signal.addEventListener("abort", notify);
  shared.set(signal, entry);
  return entry;
}
