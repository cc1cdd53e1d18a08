/** Work can listen to either: to a signal, or to the scope that it runs in. */
export type Abortable = AbortSignal | AbortScope;

/**
 * Work that can be aborted, like an `AbortController` whose signal is made only when it is asked for. On Node
 * a signal with a listener costs about a third of a call, and most steps of a call never need one.
 */
export class AbortScope {
  readonly #listeners = new Set<() => void>();
  #controller: AbortController | undefined;
  /** True once the scope has been aborted, with its reason. Only `abort` sets the two. */
  aborted = false;
  reason: unknown;

  /** A signal that aborts with the scope, for `fetch` and for code of the program. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  /** Aborts the scope; only the first reason counts. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * Calls the listener when the scope aborts.
   *
   * @returns Removes the listener.
   */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/** The signal of what can be aborted. */
export function toSignal(abortable: Abortable | undefined): AbortSignal | undefined {
  return abortable instanceof AbortScope ? abortable.signal : abortable;
}
