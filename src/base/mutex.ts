import { waitUnlessAborted } from "./abort.ts";

/** Runs one piece of work at a time, in the order in which they came. */
export class Mutex {
  #last: Promise<unknown> | undefined;

  /**
   * Runs the work when all before it has ended.
   *
   * @throws The signal's reason when it aborts before the work has begun; the work itself goes on.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const previous = this.#last;
    const result = waitUnlessAborted(previous, signal).then(work);
    // One that has given up is ended, and those before it are not.
    const afterAll = () => previous;
    this.#last = result.then(afterAll, afterAll);
    return result;
  }
}
