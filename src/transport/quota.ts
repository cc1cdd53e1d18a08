import { type Clock, systemClock } from "../clock.ts";
import { checkState, checkWindows } from "./quota-checks.ts";
import { waitTooLong } from "./quota-refusal.ts";
import { SlidingLog } from "./sliding-log.ts";

/** So many requests in so many seconds, whatever minute or day they fall into. */
export interface QuotaWindow {
  readonly limit: number;
  readonly seconds: number;
}

/** What `Quota` is made of. Every field has a default. */
export interface QuotaOptions {
  /**
   * The windows that all hold at once.
   *
   * @default [{ limit: 20, seconds: 60 }, { limit: 1000, seconds: 86_400 }], see `spec/guides/limits.md`
   */
  windows?: readonly QuotaWindow[] | undefined;
  /**
   * Milliseconds that a request may wait in line. A longer wait fails at once with `QuotaError`.
   *
   * @default 60_000
   */
  maxWait?: number | undefined;
  /** What `toJSON` gave before a restart, so that the day's requests are not forgotten. */
  state?: QuotaState | undefined;
  /** @default the machine's clock */
  clock?: Clock | undefined;
}

/** The memory of a quota: plain JSON, to be saved and handed in again. */
export interface QuotaState {
  /** When requests were answered, in milliseconds since 1970 (UTC), oldest first. */
  readonly times: readonly number[];
  /** Until when Angelcam asked for silence, in milliseconds since 1970 (UTC). */
  readonly pausedUntil: number;
}

/** One window as it stands. */
export interface QuotaUsage extends QuotaWindow {
  readonly used: number;
  readonly remaining: number;
  /** When the next used place comes free (UTC), or undefined while none is used. */
  readonly resetsAt: Date | undefined;
}

/** A place that a request was given. One of its two functions must be called, once. */
export interface QuotaPlace {
  /** Where it stood in line, to get back there. */
  readonly ticket: number;
  /** The request is over: only now is it certain that the server has counted it. */
  done(): void;
  /** The request was not sent after all. */
  giveBack(): void;
}

/** A request that asks for a place in line. */
export interface QuotaRequest {
  /** The ticket of a place that was given back; without one the request stands at the end of the line. */
  readonly ticket?: number | undefined;
  /** True for what others in the line depend on: a token. It goes first. */
  readonly urgent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that this request may wait, where that is less than `maxWait`. */
  readonly maxWait?: number | undefined;
  /** Told when the request has to wait: until when, in milliseconds since 1970 (UTC). */
  readonly onWait?: ((until: number) => void) | undefined;
}

/** What a client needs of a quota; `Quota` counts in this process, `redisQuota` for all processes of an account. */
export interface RequestQuota {
  /** Milliseconds that a request may wait at most. */
  readonly maxWait: number;
  /**
   * Waits for a place.
   *
   * @throws QuotaError at once when the wait would be too long; the signal's reason when it aborts.
   */
  acquire(request: QuotaRequest): Promise<QuotaPlace>;
  /** Holds all requests back until a moment that the server named, in milliseconds since 1970 (UTC). */
  pause(until: number): void;
  /** The windows as they stand. */
  snapshot(): QuotaUsage[];
}

/** Defaults of `QuotaOptions`; the README quotes them. */
export const quotaDefaults = {
  windows: [
    { limit: 20, seconds: 60 },
    { limit: 1000, seconds: 86_400 },
  ],
  maxWait: 60_000,
} as const satisfies QuotaOptions;

interface Waiter {
  readonly ticket: number;
  readonly latest: number;
  /** When it is expected to get its place. */
  expected: number;
  grant(place: QuotaPlace): void;
  refuse(reason: unknown): void;
}

/**
 * The requests that an account may spend, and the line of those that wait for their turn, first come first served.
 * One `Quota` can be handed to several clients of the same account.
 *
 * @example
 * ```ts
 * const quota = new Quota({ maxWait: 5_000 });
 * const angelcam = new Angelcam({ auth, quota });
 * quota.snapshot(); // [{ limit: 20, seconds: 60, used: 3, remaining: 17, resetsAt }, …]
 * ```
 */
export class Quota implements RequestQuota {
  readonly maxWait: number;
  readonly #clock: Clock;
  readonly #log: SlidingLog;
  readonly #line: Waiter[] = [];
  readonly #listeners = new Set<() => void>();
  #pausedUntil: number;
  #timer: unknown;
  #lastTicket = 0;

  /** @throws RangeError or TypeError for windows, a wait or a state that make no sense. */
  constructor({ windows = quotaDefaults.windows, maxWait = quotaDefaults.maxWait, state, clock }: QuotaOptions = {}) {
    checkWindows(windows);
    if (!(maxWait >= 0))
      throw new RangeError(`quota.maxWait must be a number of milliseconds from 0 up, got ${maxWait}`);
    if (state !== undefined) checkState(state);
    this.maxWait = maxWait;
    this.#clock = clock ?? systemClock;
    this.#log = new SlidingLog(windows, state?.times);
    this.#pausedUntil = state?.pausedUntil ?? 0;
  }

  acquire(request: QuotaRequest = {}): Promise<QuotaPlace> {
    if (request.signal?.aborted) return Promise.reject(request.signal.reason);
    const now = this.#clock.now();
    const ticket = request.urgent ? 0 : (request.ticket ?? ++this.#lastTicket);
    if (this.#line.length === 0 && this.#isOpen(now)) return Promise.resolve(this.#take(ticket));
    return new Promise((fulfil, reject) => {
      const latest = now + Math.min(request.maxWait ?? Number.POSITIVE_INFINITY, this.maxWait);
      const onAbort = () => this.#leave(waiter, request.signal?.reason);
      const settle = () => request.signal?.removeEventListener("abort", onAbort);
      const waiter: Waiter = {
        ticket,
        latest,
        expected: 0,
        grant: (place) => {
          settle();
          fulfil(place);
        },
        refuse: (reason) => {
          settle();
          reject(reason);
        },
      };
      const behind = this.#line.findIndex((other) => other.ticket > ticket);
      this.#line.splice(behind < 0 ? this.#line.length : behind, 0, waiter);
      this.#plan();
      if (!this.#line.includes(waiter)) return;
      request.onWait?.(waiter.expected);
      request.signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  pause(until: number): void {
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#plan();
    this.#changed();
  }

  snapshot(): QuotaUsage[] {
    return this.#log.usage(this.#clock.now());
  }

  /**
   * Tells whenever a request has been counted, was let go, or a pause was named.
   *
   * @returns Ends it.
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The state to keep over a restart: `JSON.stringify(quota)`, later `new Quota({ state: JSON.parse(text) })`. */
  toJSON(): QuotaState {
    return { times: this.#log.times(this.#clock.now()), pausedUntil: this.#pausedUntil };
  }

  #isOpen(now: number): boolean {
    return this.#pausedUntil <= now && this.#log.isFree(now);
  }

  #take(ticket: number): QuotaPlace {
    this.#log.begin();
    this.#changed();
    let open = true;
    const close = (end: () => void) => {
      if (!open) return;
      open = false;
      end();
      if (this.#line.length > 0) this.#plan();
      this.#changed();
    };
    return {
      ticket,
      done: () => close(() => this.#log.end(this.#clock.now())),
      giveBack: () => close(() => this.#log.cancel()),
    };
  }

  /** Lets in who may go, turns away who would wait too long, and sets the alarm for the next. */
  #plan(): void {
    const now = this.#clock.now();
    while (this.#isOpen(now)) {
      const waiter = this.#line.shift();
      if (!waiter) break;
      waiter.grant(this.#take(waiter.ticket));
    }
    const forecast = this.#log.forecast(now, this.#pausedUntil);
    for (const waiter of [...this.#line]) {
      const expected = forecast.next();
      if (expected > waiter.latest) {
        forecast.undo();
        this.#leave(waiter, waitTooLong(expected, Math.max(0, waiter.latest - now)));
      } else waiter.expected = expected;
    }
    this.#clock.clearTimeout(this.#timer);
    const [first] = this.#line;
    this.#timer = first && this.#clock.setTimeout(() => this.#plan(), Math.max(1, first.expected - now));
  }

  #leave(waiter: Waiter, reason: unknown): void {
    const index = this.#line.indexOf(waiter);
    if (index < 0) return;
    this.#line.splice(index, 1);
    waiter.refuse(reason);
    if (this.#line.length === 0) this.#clock.clearTimeout(this.#timer);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
