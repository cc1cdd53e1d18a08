import { toIso } from "../../base/time.ts";
import type { StreamFormat } from "./link-expiry.ts";
import { StreamExpiredError } from "./stream-errors.ts";

/** A link to a live stream. */
export interface StreamLink {
  /** The link to watch, which is a secret: it works without a token. */
  readonly url: string;
  /** When it stops working, UTC ISO. */
  readonly expiresAt: string;
}

/** A listener of the links of a stream. */
export interface LinkListener {
  onLink(link: StreamLink): void;
  /** The link has expired or will, and it is renewed as soon as possible; the listener stays. */
  onExpired(error: StreamExpiredError): void;
  /** The link cannot be renewed; the listener is dropped. */
  onFailure(error: unknown): void;
  /** True to keep the program alive. */
  readonly keepsAlive: boolean;
}

/** A fetched link and how long it works, in milliseconds. */
export interface FetchedLink {
  readonly url: string;
  readonly lifetime: number;
}

/** The part of its lifetime that a link has left when it is renewed: 6 of 120 seconds, but never more than a minute. */
const AHEAD = 1 / 20;
const LONGEST_AHEAD = 60_000;

/** Renewals are never closer than this, whatever a link says of itself, and twice as far after each failure. */
const SHORTEST_PAUSE = 5000;
const LONGEST_PAUSE = 60_000;

/** A link that several leases hold together: its state, and its listeners. All times are of the monotonic clock. */
export class SharedLink {
  readonly cameraId: number;
  readonly format: StreamFormat;
  /** Listeners and when they came. */
  readonly listeners = new Map<LinkListener, number>();
  link: StreamLink | undefined;
  /** When the link stops working. */
  expiry = Number.NEGATIVE_INFINITY;
  /** When to renew it next. */
  renewal = Number.NEGATIVE_INFINITY;
  /** Half of its lifetime is over then: a request that is sent anyway renews it along with others. */
  halfTime = Number.NEGATIVE_INFINITY;
  /** The renewal under way. */
  underWay: Promise<StreamLink> | undefined;
  /** Wall clock minus monotonic clock when the link came. */
  #offset = 0;
  #failures = 0;
  #failure: unknown;
  /** Listeners that know that this link expires. */
  #informed = new WeakSet<LinkListener>();

  constructor(cameraId: number, format: StreamFormat) {
    this.cameraId = cameraId;
    this.format = format;
  }

  take({ url, lifetime }: FetchedLink, now: number, wallClock: number): StreamLink {
    const link = { url, expiresAt: toIso(wallClock + lifetime) };
    this.link = link;
    this.#offset = wallClock - now;
    this.expiry = now + lifetime;
    this.halfTime = now + Math.max(SHORTEST_PAUSE, lifetime / 2);
    this.renewal = now + Math.max(SHORTEST_PAUSE, lifetime - Math.min(lifetime * AHEAD, LONGEST_AHEAD));
    this.#failures = 0;
    this.#failure = undefined;
    this.#informed = new WeakSet();
    for (const listener of [...this.listeners.keys()]) listener.onLink(link);
    return link;
  }

  /** Takes in a failure that may pass: the next try comes after a pause, and not before `delay`. */
  retryLater(error: unknown, delay: number, now: number): void {
    const pause = Math.min(SHORTEST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE);
    this.#failures++;
    this.#failure = error;
    this.renewal = now + Math.max(pause, delay);
    // When it is known that the next try comes too late, there is no reason to keep it from the listeners.
    if (this.renewal >= this.expiry) this.inform(now);
  }

  /** Takes in a failure that stays: it is for the listeners to begin again. */
  giveUp(error: unknown, now: number): void {
    this.#failure = error;
    this.renewal = now + SHORTEST_PAUSE;
    const listeners = [...this.listeners.keys()];
    this.listeners.clear();
    for (const listener of listeners) listener.onFailure(error);
  }

  /** Informs each listener once that the link expires. */
  inform(now: number): void {
    for (const listener of [...this.listeners.keys()]) {
      if (this.#informed.has(listener)) continue;
      this.#informed.add(listener);
      listener.onExpired(this.expiredError(now));
    }
  }

  /**
   * When a listener must be informed at the latest; `Infinity` when all know. One that came to an expired link waits for
   * the renewal that it has caused.
   */
  get informAt(): number {
    for (const [listener, since] of this.listeners) {
      if (since < this.expiry && !this.#informed.has(listener)) return this.expiry;
    }
    return Number.POSITIVE_INFINITY;
  }

  isExpired(now: number): boolean {
    return now >= this.expiry;
  }

  expiredError(now: number): StreamExpiredError {
    const isRenewed = this.listeners.size > 0;
    const retryAt = isRenewed ? Math.max(now, this.renewal) + this.#offset : undefined;
    const advice = isRenewed ? "It is renewed by itself as soon as that is possible." : "Call renew() for a new one.";
    return new StreamExpiredError(this.cameraId, this.expiry + this.#offset, retryAt, this.#failure, advice);
  }
}
