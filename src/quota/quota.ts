import { withAbort } from "../base/abort.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { checkQuota } from "./quota-checks.ts";
import { waitTooLong } from "./quota-exceeded.ts";
import { type SlidingLog, slidingLog } from "./sliding-log.ts";

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
export interface QuotaSlot {
  /** Where it stood in line, to get back there. */
  readonly ticket: number;
  /** The request is over: only now is it certain that the server has counted it. */
  release(): void;
  /** The request was not sent after all. */
  cancel(): void;
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
export interface QuotaLimiter {
  /** Milliseconds that a request may wait at most. */
  readonly maxWait: number;
  /**
   * Waits for a place.
   *
   * @throws QuotaError at once when the wait would be too long; the signal's reason when it aborts.
   */
  acquire(request: QuotaRequest): Promise<QuotaSlot>;
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
  /** When it is expected to get its place, once it is known that it has to wait. */
  expected: number;
  grant(place: QuotaSlot): void;
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
export class Quota implements QuotaLimiter {
  readonly maxWait: number;
  readonly #clock: Clock;
  readonly #log: SlidingLog;
  readonly #listeners = new Set<() => void>();
  #line: Waiter[] = [];
  #pausedUntil: number;
  #timer: unknown;
  #lastTicket = 0;

  /** @throws RangeError or TypeError for windows, a wait or a state that make no sense. */
  constructor({
    windows = quotaDefaults.windows,
    maxWait = quotaDefaults.maxWait,
    state = { times: [], pausedUntil: 0 },
    clock = systemClock,
  }: QuotaOptions = {}) {
    checkQuota(windows, maxWait, state);
    this.maxWait = maxWait;
    this.#clock = clock;
    this.#log = slidingLog(windows, state.times);
    this.#pausedUntil = state.pausedUntil;
  }

  acquire({ ticket, urgent, signal, maxWait = this.maxWait, onWait }: QuotaRequest = {}): Promise<QuotaSlot> {
    return withAbort(signal, (grant, refuse) => {
      const now = this.#clock.now();
      const waiter: Waiter = {
        ticket: urgent ? 0 : (ticket ?? ++this.#lastTicket),
        latest: now + Math.min(maxWait, this.maxWait),
        expected: 0,
        grant,
        refuse,
      };
      this.#line.push(waiter);
      this.#line.sort((a, b) => a.ticket - b.ticket);
      this.#advance(now);
      if (waiter.expected) onWait?.(waiter.expected);
      return () => {
        this.#line = this.#line.filter((other) => other !== waiter);
        if (this.#line.length === 0) this.#clock.clearTimeout(this.#timer);
      };
    });
  }

  pause(until: number): void {
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#advance(this.#clock.now());
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

  /** Lets in who may go, turns away who would wait too long, and sets the alarm for the next. */
  #advance(now: number): void {
    const line: Waiter[] = [];
    for (const waiter of this.#line) {
      const start = Math.max(this.#pausedUntil, this.#log.nextStart(now, line));
      if (start <= now) waiter.grant(this.#place(waiter.ticket));
      else if (start > waiter.latest) waiter.refuse(waitTooLong(start, waiter.latest - now));
      else {
        waiter.expected = start;
        line.push(waiter);
      }
    }
    this.#line = line;
    this.#clock.clearTimeout(this.#timer);
    const [first] = line;
    this.#timer = first && this.#clock.setTimeout(() => this.#advance(this.#clock.now()), first.expected - now);
    for (const listener of this.#listeners) listener();
  }

  #place(ticket: number): QuotaSlot {
    this.#log.begin();
    let open = true;
    const close = (sent: boolean) => {
      if (!open) return;
      open = false;
      const now = this.#clock.now();
      this.#log.end(now, sent);
      this.#advance(now);
    };
    return { ticket, release: () => close(true), cancel: () => close(false) };
  }
}
