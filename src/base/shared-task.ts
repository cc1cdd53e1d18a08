import { waitUnlessAborted } from "./abort.ts";

/** Work that several callers wait for together. It is aborted when the last of them has given up. */
export class SharedTask<T> {
  readonly #controller = new AbortController();
  /** The work itself, which may outlast its callers. */
  readonly settled: Promise<T>;
  #waiting = 0;

  /** @param start Starts the work; the signal aborts when no caller waits for it any more. */
  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.settled = start(this.#controller.signal);
    this.settled.catch(() => {});
  }

  /** Aborts the work, for all of its callers. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** True once it was aborted, or no caller waits for it any more: another caller needs a new task. */
  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  /**
   * Waits for the work.
   *
   * @throws The signal's reason when it aborts first; the work goes on for the other callers.
   */
  async join(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    try {
      return await waitUnlessAborted(this.settled, signal);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#controller.abort(signal?.reason);
    }
  }
}
