import type { Clock } from "./clock.ts";

/**
 * Milliseconds for which the timer is set at most: it is set again when it fires. A longer timer of the clock consists of several
 * ones, and has no `ref` and `unref`.
 */
const LONGEST_TIMER = 2e9;

interface Alarm {
  /** When it is due, in milliseconds of the monotonic clock. */
  readonly time: number;
  readonly callback: () => void;
}

/** A timer of Node or Bun, which can let the process end while it runs. */
interface DetachableTimer {
  ref?(): void;
  unref?(): void;
}

/**
 * Calls functions after a time limit, on Node and Bun all of them with one timer of the clock. Nearly every limit is cancelled
 * long before it is due, and two timers of Node cost as much as all other steps of a call (undici shares its timers for the
 * same reason). Elsewhere each limit has a timer of its own.
 */
export class SharedTimer {
  readonly #clock: Clock;
  readonly #alarms = new Set<Alarm>();
  /** False where each limit has its own timer; undefined until the first timer shows whether it can be detached. */
  #isShared = endsTimersWithRequests() ? false : undefined;
  #timer: DetachableTimer | undefined;
  /** When the timer fires, which may be earlier than the first alarm is due. */
  #firesAt = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls the function once, at a time of the monotonic clock; never at `Infinity`, which the timers of every runtime take for
   * 1 ms.
   *
   * @returns Cancels the call.
   */
  callAt(time: number, callback: () => void): () => void {
    if (time === Number.POSITIVE_INFINITY) return () => {};
    if (this.#isShared === false) {
      const timer = this.#clock.setTimeout(callback, this.#until(time));
      return () => this.#clock.clearTimeout(timer);
    }
    const alarm = { time, callback };
    this.#alarms.add(alarm);
    if (time < this.#firesAt) this.#setTimer(time);
    else if (this.#alarms.size === 1) this.#timer?.ref?.();
    return () => {
      this.#alarms.delete(alarm);
      if (this.#alarms.size === 0) this.#rest();
    };
  }

  /** A timer without alarms must not keep the process alive. It stays set where it can be detached: that is cheap. */
  #rest(): void {
    if (this.#isShared) this.#timer?.unref?.();
    else this.#clearTimer();
  }

  #setTimer(time: number): void {
    this.#clearTimer();
    this.#firesAt = Math.min(time, this.#clock.monotonic() + LONGEST_TIMER);
    this.#timer = this.#clock.setTimeout(() => this.#fire(), this.#until(this.#firesAt)) as DetachableTimer | undefined;
    this.#isShared ??= typeof this.#timer?.unref === "function";
  }

  /** Milliseconds until then. */
  #until(time: number): number {
    return Math.max(0, time - this.#clock.monotonic());
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
  }

  #fire(): void {
    // Timers of Node fire up to a millisecond early.
    const now = Math.max(this.#clock.monotonic(), this.#firesAt);
    this.#clearTimer();
    const due = [...this.#alarms].filter(({ time }) => time <= now);
    const later = [...this.#alarms].map(({ time }) => time).filter((time) => time > now);
    if (later.length > 0) this.#setTimer(Math.min(...later));
    // One of them may cancel another.
    for (const alarm of due) if (this.#alarms.delete(alarm)) alarm.callback();
  }
}

/** Workers of Cloudflare end a timer with the request that has set it, though a later request may use the same client. */
function endsTimersWithRequests(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
