import { throwIfAborted } from "../../base/abort.ts";

/** Resumes an iteration that failed: the next one leaves out the items that were returned already. */
export class ResumableIterator {
  readonly #signal: AbortSignal | undefined;
  /** How many items the iteration that failed had returned; 0 after one that did not fail. */
  #returned = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /**
   * Returns what `convert` makes of each item. The items must be the same each time, for they are known by their number.
   *
   * @throws The signal's reason when it aborts, and what the items or `convert` throw.
   */
  async *iterate<T, Result>(
    items: AsyncIterable<T>,
    convert: (item: T) => Result | Promise<Result>,
  ): AsyncGenerator<Result, void, undefined> {
    const before = this.#returned;
    this.#returned = 0;
    let returned = 0;
    try {
      for await (const item of items) {
        throwIfAborted(this.#signal);
        if (returned >= before) yield await convert(item);
        returned++;
      }
    } catch (error) {
      this.#returned = returned;
      throw error;
    }
  }
}
