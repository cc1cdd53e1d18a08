import { withAbort } from "../base/abort.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkClock } from "../base/check-type.ts";
import { type Clock, systemClock, toMonotonic } from "../base/clock.ts";
import { callListener } from "../errors/call-listener.ts";
import { checkQuota, type QuotaOptions, type QuotaState, quotaDefaults, quotaOptionNames } from "./options.ts";
import { quotaExceeded } from "./quota-exceeded.ts";
import { type SlidingLog, slidingLog } from "./sliding-log.ts";
import type { QuotaUsage } from "./window.ts";

/** A slot of the quota. One of its two functions must be called, once. */
export interface QuotaSlot {
  /** The request has ended. Its slot comes free one window later, because only now the server has certainly counted it. */
  release(): void;
  /** The request was not sent after all. Its slot is free at once. */
  cancel(): void;
}

/** A request for a slot. */
export interface QuotaRequest {
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that this request may wait, where that is less than the `maxWait` of the quota. */
  readonly maxWait?: number | undefined;
  /**
   * A request goes before all of a lower priority: 2 is for a token request, which others in the queue depend on, and 1 for a
   * request whose turn has come before, but not its token.
   *
   * @default 0
   */
  readonly priority?: 0 | 1 | 2 | undefined;
  /** Called once when the request has to wait, with the expected end of the wait in milliseconds since 1970 (UTC). */
  readonly onWait?: ((until: number) => void) | undefined;
}

/** The rate limiter of a client. `Quota` counts in this process, `redisQuota` for all processes of an account. */
export interface QuotaLimiter {
  /** Milliseconds that a request may wait at most. */
  readonly maxWait: number;
  /**
   * Waits for a slot.
   *
   * @throws QuotaError at once when the wait would be too long; the signal's reason when it aborts.
   */
  acquire(request?: QuotaRequest): Promise<QuotaSlot>;
  /** Takes a slot that is free at once; undefined when a request has to wait. Absent where that cannot be known at once. */
  tryAcquire?(): QuotaSlot | undefined;
  /** Holds all requests back until a moment that the server named, in milliseconds since 1970 (UTC). */
  pause(until: number): void;
  /** The windows and how far they are used; a pause is not part of it. */
  snapshot(): QuotaUsage[];
}

interface Waiter {
  readonly priority: number;
  /** The latest moment at which it may start. This and all times below are of the monotonic clock. */
  readonly latest: number;
  grant(slot: QuotaSlot): void;
  reject(reason: unknown): void;
}

/**
 * The rate limiter of an account: sliding windows, and a queue of the requests that wait for a slot, first in, first out.
 * One `Quota` can be passed to several clients of the same account.
 *
 * Time is measured with a monotonic clock, so a change of the wall clock delays no request.
 *
 * @example
 * ```ts
 * const quota = new Quota({ maxWait: 5_000 });
 * const angelcam = new Angelcam({ auth, quota });
 * quota.snapshot(); // [{ limit: 30, seconds: 60, used: 3, remaining: 27, resetsAt }, …]
 * ```
 */
export class Quota implements QuotaLimiter {
  readonly maxWait: number;
  readonly #clock: Clock;
  readonly #log: SlidingLog;
  readonly #listeners = new Set<() => void>();
  readonly #queue: Waiter[] = [];
  /**
   * When each request in the queue is expected to start. That depends on its position alone, so that the others take over the
   * times of those that leave: 10,000 requests that a shutdown aborts are not 10,000 new forecasts of all others.
   */
  readonly #starts: number[] = [];
  #pausedUntil: number;
  #timer: unknown;

  /** @throws RangeError or TypeError for invalid windows, an invalid wait or an invalid state. */
  constructor(options: QuotaOptions = {}) {
    checkOptionNames("quota", options, quotaOptionNames);
    const { windows = quotaDefaults.windows, maxWait = quotaDefaults.maxWait, clock = systemClock } = options;
    const { state = { times: [], pausedUntil: 0 } } = options;
    checkClock("quota.", clock);
    checkQuota(windows, maxWait, state);
    this.maxWait = maxWait;
    this.#clock = clock;
    const now = clock.monotonic();
    const wall = clock.now();
    // The wall clock may have been set back since the state was saved: a time in the future is now at the latest.
    this.#log = slidingLog(
      windows,
      state.times.map((time) => now - Math.max(0, wall - time)),
    );
    const longest = Math.max(...windows.map(({ seconds }) => seconds * 1000));
    this.#pausedUntil = now + Math.min(state.pausedUntil - wall, longest);
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "Quota";
  }

  acquire({ signal, maxWait = this.maxWait, priority = 0, onWait }: QuotaRequest = {}): Promise<QuotaSlot> {
    return withAbort(signal, (grant, reject) => {
      const now = this.#clock.monotonic();
      const latest = now + Math.max(0, Math.min(maxWait, this.maxWait));
      const waiter: Waiter = { priority, latest, grant, reject };
      const index = this.#queue.findLastIndex((other) => other.priority >= priority) + 1;
      this.#queue.splice(index, 0, waiter);
      this.#advance(index, now);
      const start = this.#starts[this.#queue.lastIndexOf(waiter)];
      if (onWait && start !== undefined) {
        try {
          onWait(this.#toWall(start));
        } catch (error) {
          reject(error);
        }
      }
      return () => this.#leave(waiter);
    });
  }

  tryAcquire(): QuotaSlot | undefined {
    const now = this.#clock.monotonic();
    if (this.#queue.length > 0 || this.#nextStart(now) > now) return undefined;
    this.#log.begin();
    this.#notify();
    return this.#slot();
  }

  pause(until: number): void {
    const end = toMonotonic(this.#clock, until);
    if (!(end > this.#pausedUntil)) return;
    this.#pausedUntil = end;
    this.#advance();
  }

  snapshot(): QuotaUsage[] {
    return this.#log.usage(this.#clock.monotonic()).map(({ limit, seconds, used, freeAt }) => {
      const resetsAt = freeAt === undefined ? undefined : new Date(this.#toWall(freeAt));
      return { limit, seconds, used, remaining: Math.max(0, limit - used), resetsAt };
    });
  }

  /**
   * Calls the listener whenever a request was counted, rejected or has left the queue, and when a pause begins.
   *
   * @returns Removes the listener.
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The state to keep over a restart: `JSON.stringify(quota)`, later `new Quota({ state: JSON.parse(text) })`. */
  toJSON(): QuotaState {
    const now = this.#clock.monotonic();
    return {
      times: this.#log.times(now).map((time) => this.#toWall(time)),
      pausedUntil: this.#pausedUntil > now ? this.#toWall(this.#pausedUntil) : 0,
    };
  }

  /** Goes on with the queue after a change, and notifies the listeners. The parameters are those of `#decide`. */
  #advance(from = 0, now?: number): void {
    if (this.#queue.length > 0) this.#decide(from, now);
    else this.#clearTimer();
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) callListener("a listener of quota.onChange", listener);
  }

  /**
   * Decides for each request in the queue: it starts, goes on waiting, or is rejected because it would wait too long.
   *
   * @param from The index of the first request whose situation has changed. Those before it go on waiting, unless the
   * timer for the first of them is late.
   * @param now The moment at which a request has come: one that may not wait would be late at any later one.
   */
  #decide(from: number, now = this.#clock.monotonic()): void {
    const [first = now + 1] = this.#starts;
    const kept = first <= now ? 0 : from;
    this.#starts.splice(kept);
    const decisions: (() => void)[] = [];
    for (const waiter of this.#queue.splice(kept)) {
      const start = this.#nextStart(now);
      if (Math.max(start, now) > waiter.latest) {
        const error = quotaExceeded(this.#toWall(start), waiter.latest - now);
        decisions.push(() => waiter.reject(error));
      } else if (start <= now) {
        this.#log.begin();
        decisions.push(() => waiter.grant(this.#slot()));
      } else {
        this.#starts.push(start);
        this.#queue.push(waiter);
      }
    }
    this.#setTimer(now);
    for (const decide of decisions) decide();
  }

  /** When a request behind those in the queue may start. */
  #nextStart(now: number): number {
    return Math.max(this.#pausedUntil, this.#log.nextStart(now, this.#starts));
  }

  /** The timer is set only while requests wait, so that a quota alone never keeps a process alive. */
  #setTimer(now: number): void {
    this.#clearTimer();
    const [first] = this.#starts;
    if (first !== undefined) this.#timer = this.#clock.setTimeout(() => this.#advance(), Math.ceil(first - now));
  }

  #clearTimer(): void {
    if (this.#timer === undefined) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Called for every request that is settled; only one that gave up is still in the queue. */
  #leave(waiter: Waiter): void {
    const index = this.#queue.indexOf(waiter);
    if (index < 0) return;
    this.#queue.splice(index, 1);
    this.#starts.pop();
    if (this.#queue.length === 0) this.#clearTimer();
    this.#notify();
  }

  #slot(): QuotaSlot {
    let open = true;
    const close = (sent: boolean) => {
      if (!open) return;
      open = false;
      this.#log.end(this.#clock.monotonic(), sent);
      this.#advance();
    };
    return { release: () => close(true), cancel: () => close(false) };
  }

  /** A time of the monotonic clock in whole milliseconds since 1970 (UTC), never too early. */
  #toWall(time: number): number {
    return Math.ceil(this.#clock.now() + (time - this.#clock.monotonic()));
  }
}
