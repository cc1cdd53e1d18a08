import { withAbort } from "./abort.ts";

/** The source of time of the client. The default is the machine's clock; a test passes its own and need not wait. */
export interface Clock {
  /** The wall clock, in milliseconds since 1970 (UTC). It may be set back or forward at any time: use it for dates only. */
  now(): number;
  /** Milliseconds since an arbitrary start, never set back. Durations and deadlines are measured with it. */
  monotonic(): number;
  /** Calls back after so many milliseconds. */
  setTimeout(callback: () => void, milliseconds: number): unknown;
  /** Takes a call back that has not been made. */
  clearTimeout(timer: unknown): void;
}

/** Timers of every runtime count in 32 bits; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, Math.min(milliseconds, LONGEST_TIMER)),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/**
 * Waits.
 *
 * @throws The signal's reason when it aborts first.
 */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return withAbort(signal, (fulfil) => {
    const timer = clock.setTimeout(fulfil, milliseconds);
    return () => clock.clearTimeout(timer);
  });
}
