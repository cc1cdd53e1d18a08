import type { Clock } from "../../src/base/clock.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** How many turns of the event loop must pass without a settled promise before the clock jumps. */
const QUIET_TURNS = 4;

/** How many reactions of promises may follow from one call before the next call is made. */
const PROMISE_TURNS = 10;

/** A clock that advances only when a test moves it, so that no test waits and every run is the same. */
export class ManualClock implements Clock {
  /** Milliseconds by which the wall clock differs from the monotonic one. */
  #offset: number;
  #monotonic = 0;
  readonly #timers = new Map<number, Timer>();
  #lastTimer = 0;

  constructor(start: Date | string | number = "2026-11-24T12:00:00Z") {
    this.#offset = new Date(start).getTime();
  }

  now(): number {
    return this.#monotonic + this.#offset;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Sets the wall clock forward, or back by a negative number of milliseconds. Timers and `monotonic` do not notice. */
  jump(milliseconds: number): void {
    this.#offset += milliseconds;
  }

  setTimeout(callback: () => void, milliseconds: number): number {
    const timer = ++this.#lastTimer;
    this.#timers.set(timer, { at: this.#monotonic + Math.max(0, milliseconds), callback });
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  /** How many timers are set: none may be left when all is done. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on, making every call that falls due on the way, and letting promises react before the next one. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#monotonic + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#fire(next);
      for (let turn = 0; turn < PROMISE_TURNS; turn++) await undefined;
    }
    this.#monotonic = end;
  }

  /** Lets time pass, jumping from timer to timer, until the promise is settled. */
  async drive<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    for (;;) {
      for (let turn = 0; turn < QUIET_TURNS && !settled; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      const next = this.#next(Number.POSITIVE_INFINITY);
      if (next) this.#fire(next);
    }
  }

  #next(until: number): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) {
      if (entry[1].at <= until && (!first || entry[1].at < first[1].at)) first = entry;
    }
    return first;
  }

  #fire([timer, { at, callback }]: [number, Timer]): void {
    this.#timers.delete(timer);
    this.#monotonic = Math.max(this.#monotonic, at);
    callback();
  }
}
