import { withAbort } from "./abort.ts";
import type { Abortable } from "./abort-scope.ts";

/** The source of time of the client. The default is the machine's clock; a test passes its own and need not wait. */
export interface Clock {
  /** The wall clock, in milliseconds since 1970 (UTC). It may be set back or forward at any time: use it for dates only. */
  now(): number;
  /** Milliseconds since an arbitrary start, never set back. Durations and deadlines are measured with it. */
  monotonic(): number;
  /** Calls back after the given milliseconds. */
  setTimeout(callback: () => void, milliseconds: number): unknown;
  /** Cancels a callback that has not been called. */
  clearTimeout(timer: unknown): void;
}

/** Timers of every runtime count in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A timer that is set again until a longer time has passed. */
class LongTimer {
  timer: unknown;

  constructor(callback: () => void, milliseconds: number) {
    this.timer = setTimer(() => {
      this.timer = systemClock.setTimeout(callback, milliseconds - LONGEST_TIMER);
    }, LONGEST_TIMER);
  }
}

/** Fake timers hold the functions that they have replaced here, by names such as `_setTimeout`. */
interface MaybeFake {
  readonly clock?: {
    readonly _setTimeout?: typeof globalThis.setTimeout;
    readonly _clearTimeout?: typeof globalThis.clearTimeout;
    readonly _performance?: Performance;
  };
}

/**
 * The timers of the runtime as they are when this module is loaded. The fake timers of Vitest, Jest and Sinon replace
 * them later, and a call that waits for a timer which is never advanced would hang: a test that wants to control the waits of
 * a client passes a `clock`. Browsers reject them as methods of any other object than the global one.
 */
const { clock: fake } = globalThis.setTimeout as MaybeFake;
const setTimer = (fake?._setTimeout ?? globalThis.setTimeout).bind(globalThis);
const clearTimer = (fake?._clearTimeout ?? globalThis.clearTimeout).bind(globalThis);

/** Milliseconds of `performance` of the runtime. Looked up at first use: to load `performance` takes Node a millisecond. */
let monotonic: (() => number) | undefined;

function findMonotonic(): () => number {
  const { clock } = globalThis.setTimeout as MaybeFake;
  const performance = clock?._performance ?? globalThis.performance;
  // Newer fake timers also set `now` of the real object, but not that of its prototype.
  const { now = performance.now } = Object.getPrototypeOf(performance) as Partial<Performance>;
  return now.bind(performance);
}

/** The clock of the machine. */
export const systemClock: Clock = {
  // Looked up at each call, so that a test can set the date with fake timers.
  now: () => Date.now(),
  monotonic() {
    monotonic ??= findMonotonic();
    return monotonic();
  },
  setTimeout: (callback, milliseconds) =>
    milliseconds > LONGEST_TIMER ? new LongTimer(callback, milliseconds) : setTimer(callback, milliseconds),
  clearTimeout: (timer) =>
    timer instanceof LongTimer ? systemClock.clearTimeout(timer.timer) : clearTimer(timer as number),
};

/**
 * Waits.
 *
 * @throws The signal's reason when it aborts first.
 */
export function pause(clock: Clock, milliseconds: number, signal: Abortable | undefined): Promise<void> {
  return withAbort(signal, (resolve) => {
    const timer = clock.setTimeout(resolve, milliseconds);
    return () => clock.clearTimeout(timer);
  });
}

/** The time of the monotonic clock at which the wall clock will show `time`, if neither is set meanwhile. */
export function toMonotonic(clock: Clock, time: number): number {
  return clock.monotonic() + (time - clock.now());
}
