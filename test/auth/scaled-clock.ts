import type { Clock } from "../../src/base/clock.ts";

const SPEED = 10;

/**
 * A clock for tests on real sockets: its timers are real and ten times as fast, and its time moves with them alone, so that a
 * busy machine changes no result. It notes every timer that is set.
 */
export class ScaledClock implements Clock {
  /** Milliseconds of the timers that were set. */
  timers: number[] = [];
  #monotonic = 0;

  now(): number {
    return Date.parse("2026-11-24T12:00:00Z") + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  setTimeout(callback: () => void, milliseconds: number): unknown {
    this.timers.push(milliseconds);
    const due = this.#monotonic + milliseconds;
    return setTimeout(() => {
      this.#monotonic = Math.max(this.#monotonic, due);
      callback();
    }, milliseconds / SPEED);
  }

  clearTimeout(timer: unknown): void {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  }
}
