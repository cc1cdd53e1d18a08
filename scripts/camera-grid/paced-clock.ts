import type { Clock } from "angelcam-client";

/** A clock that runs faster than real time, so that the quota of a minute can be watched. */
export class PacedClock implements Clock {
  readonly #pace: number;
  readonly #beginning: number;
  #startedAt: number | undefined;

  /**
   * Does not advance until `start`.
   *
   * @param beginning The time that it shows first, in milliseconds since 1970 (UTC).
   * @param pace How many of its seconds fit into a real one.
   */
  constructor(beginning: number, pace: number) {
    this.#beginning = beginning;
    this.#pace = pace;
  }

  start(): void {
    this.#startedAt ??= performance.now();
  }

  now(): number {
    const passed = this.#startedAt === undefined ? 0 : performance.now() - this.#startedAt;
    return Math.floor(this.#beginning + passed * this.#pace);
  }

  monotonic(): number {
    return this.now();
  }

  setTimeout(callback: () => void, milliseconds: number): unknown {
    return setTimeout(callback, milliseconds / this.#pace);
  }

  clearTimeout(timer: unknown): void {
    clearTimeout(timer as number);
  }
}
