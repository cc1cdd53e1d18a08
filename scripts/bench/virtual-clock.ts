import type { Clock } from "../../src/base/clock.ts";

/** Idle turns of the event loop before time advances. */
const QUIET_TURNS = 4;

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that jumps from timer to timer, so that an hour takes a moment. */
export class VirtualClock implements Clock {
  #now = Date.parse("2026-11-24T12:00:00Z");
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, milliseconds: number): Timer {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.setTimeout(resolve, milliseconds));
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    while (!isDone) {
      for (let turn = 0; turn < QUIET_TURNS && !isDone; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (!isDone) this.#next();
    }
    return work;
  }

  #next(): void {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    if (!next) return;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
  }
}
