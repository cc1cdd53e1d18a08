import type { QuotaUsage, QuotaWindow } from "./quota.ts";

/** The room between the moments when requests were over and the memory that is given back, in entries. */
const TRIM_AFTER = 4_096;

/** Milliseconds beyond a window, so that a server which counts both ends of it finds no request too many. */
const MARGIN = 1;

/** When the next waiting requests can be expected to start. */
export interface Forecast {
  /** The start of the next one in line, in milliseconds since 1970 (UTC). */
  next(): number;
  /** Takes the last one out again: it has left the line. */
  undo(): void;
}

/**
 * Counts requests in sliding windows.
 *
 * A request counts from its start, and its place comes free a window's length after its *end*: the server counted it
 * somewhere in between, so that however long it travelled, the server never sees more than the limit in any window.
 */
export class SlidingLog {
  readonly #windows: { readonly limit: number; readonly length: number; readonly seconds: number; head: number }[];
  #times: number[];
  #open = 0;

  constructor(windows: readonly QuotaWindow[], times: readonly number[] = []) {
    this.#windows = windows.map(({ limit, seconds }) => ({ limit, seconds, length: seconds * 1000 + MARGIN, head: 0 }));
    this.#times = [...times].sort((a, b) => a - b);
  }

  isFree(now: number): boolean {
    this.#slide(now);
    return this.#windows.every(({ limit, head }) => this.#times.length - head + this.#open < limit);
  }

  begin(): void {
    this.#open++;
  }

  cancel(): void {
    this.#open--;
  }

  end(now: number): void {
    this.#open--;
    // A clock that was set back must not put the log out of order.
    this.#times.push(Math.max(now, this.#times.at(-1) ?? now));
  }

  /** Requests under way are taken to end now, which is the earliest that they can. */
  forecast(now: number, notBefore: number): Forecast {
    const starts: number[] = [];
    const at = (index: number) => {
      const open = index - this.#times.length;
      return open < 0 ? (this.#times[index] ?? now) : open < this.#open ? now : (starts[open - this.#open] ?? now);
    };
    return {
      next: () => {
        const length = this.#times.length + this.#open + starts.length;
        const free = this.#windows.map(({ limit, length: milliseconds }) =>
          length < limit ? now : at(length - limit) + milliseconds,
        );
        const start = Math.max(now, notBefore, starts.at(-1) ?? 0, ...free);
        starts.push(start);
        return start;
      },
      undo: () => starts.pop(),
    };
  }

  usage(now: number): QuotaUsage[] {
    this.#slide(now);
    return this.#windows.map(({ limit, seconds, length, head }) => {
      const used = this.#times.length - head + this.#open;
      const oldest = this.#times[head] ?? (this.#open > 0 ? now : undefined);
      const resetsAt = oldest === undefined ? undefined : new Date(oldest + length);
      return { limit, seconds, used, remaining: Math.max(0, limit - used), resetsAt };
    });
  }

  /** The times that still matter; what is under way counts as over now. */
  times(now: number): number[] {
    this.#slide(now);
    const oldest = Math.min(this.#times.length, ...this.#windows.map(({ head }) => head));
    return [...this.#times.slice(oldest), ...Array.from({ length: this.#open }, () => now)];
  }

  #slide(now: number): void {
    for (const window of this.#windows) {
      while (window.head < this.#times.length && (this.#times[window.head] ?? now) + window.length <= now)
        window.head++;
    }
    // Where no window is left to count them, all are done.
    const done = Math.min(...this.#windows.map(({ head }) => head));
    if (done < TRIM_AFTER) return;
    this.#times = this.#times.slice(done);
    for (const window of this.#windows) window.head -= done;
  }
}
