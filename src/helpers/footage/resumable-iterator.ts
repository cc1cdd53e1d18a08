/** Lets an iteration that failed be gone on with: the next one leaves out what has been given already. */
export class Resume {
  readonly #signal: AbortSignal | undefined;
  /** How many items the iteration that failed had given; 0 after one that did not fail. */
  #given = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /**
   * Gives what `convert` makes of each item. The items must be the same each time: what was given is told by its number.
   *
   * @throws The signal's reason when it aborts, and what the items or `convert` throw.
   */
  async *over<T, Result>(
    items: AsyncIterable<T>,
    convert: (item: T) => Result | Promise<Result>,
  ): AsyncGenerator<Result, void, undefined> {
    const before = this.#given;
    this.#given = 0;
    let given = 0;
    try {
      for await (const item of items) {
        this.#signal?.throwIfAborted();
        if (given >= before) yield await convert(item);
        given++;
      }
    } catch (error) {
      this.#given = given;
      throw error;
    }
  }
}
