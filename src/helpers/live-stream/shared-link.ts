import type { Clock } from "../../base/clock.ts";
import { AngelcamError } from "../../errors/angelcam-error.ts";
import { toIso } from "../time-range.ts";

/** A link to a live stream. */
export interface StreamLink {
  /** The link to watch. Whoever has it can watch. */
  readonly url: string;
  /** When it stops working, UTC ISO. */
  readonly expiresAt: string;
}

/** Somebody who is told of every new link. */
export interface LinkListener {
  onLink(link: StreamLink): void;
  /** The link cannot be renewed; nobody tries again until somebody asks for it. */
  onFailure(error: unknown): void;
  /** Whether a program should stay alive for this listener. */
  readonly keepsAlive: boolean;
}

/** A fetched link, its expiry in milliseconds since 1970 (UTC). */
export interface FetchedLink {
  readonly url: string;
  readonly expiry: number;
}

/** The part of its lifetime that a link has left when it is renewed: 20 of 120 seconds, but never more than a minute. */
const AHEAD = 1 / 6;
const LONGEST_AHEAD = 60_000;

/** Renewals are never closer than this, whatever a link says of itself, and twice as far after each failure. */
const SHORTEST_PAUSE = 5000;
const LONGEST_PAUSE = 60_000;

/** A link that several leases hold together. It has a timer only while somebody listens. */
export class SharedLink {
  readonly #fetchLink: () => Promise<FetchedLink>;
  readonly #clock: Clock;
  readonly #onUnused: () => void;
  readonly #listeners = new Set<LinkListener>();
  #holders = 0;
  #link: StreamLink | undefined;
  #expiry = 0;
  #renewal = 0;
  #failures = 0;
  #underWay: Promise<StreamLink> | undefined;
  #timer: unknown;

  constructor(fetchLink: () => Promise<FetchedLink>, clock: Clock, onUnused: () => void) {
    this.#fetchLink = fetchLink;
    this.#clock = clock;
    this.#onUnused = onUnused;
  }

  get link(): StreamLink | undefined {
    return this.#link;
  }

  /** Counts one more holder; what it gives back counts it off, once. */
  hold(): () => void {
    this.#holders++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--this.#holders === 0) this.#onUnused();
    };
  }

  /** A link that will work for a while: the one that is there, or a new one. */
  async fresh(): Promise<StreamLink> {
    return this.#link && this.#clock.now() < this.#renewal ? this.#link : this.renew();
  }

  /** A new link, one request for all who ask while it is under way. */
  renew(): Promise<StreamLink> {
    this.#underWay ??= this.#renewOnce();
    return this.#underWay;
  }

  /** Tells a listener of every new link until it is called off, and renews the link ahead of its expiry meanwhile. */
  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      this.#schedule();
    };
  }

  async #renewOnce(): Promise<StreamLink> {
    try {
      return this.#take(await this.#fetchLink());
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      this.#underWay = undefined;
      this.#schedule();
    }
  }

  #take({ url, expiry }: FetchedLink): StreamLink {
    const now = this.#clock.now();
    const lifetime = expiry - now;
    const link = { url, expiresAt: toIso(expiry) };
    this.#link = link;
    this.#expiry = expiry;
    this.#renewal = now + Math.max(SHORTEST_PAUSE, lifetime - Math.min(lifetime * AHEAD, LONGEST_AHEAD));
    this.#failures = 0;
    for (const listener of [...this.#listeners]) listener.onLink(link);
    return link;
  }

  /** Tries again while that may help and the link still works; then gives up, and says so. */
  #fail(error: unknown): void {
    const now = this.#clock.now();
    const pause = Math.min(SHORTEST_PAUSE * 2 ** this.#failures++, LONGEST_PAUSE);
    const mayPass = error instanceof AngelcamError && error.retryable;
    this.#renewal = Math.max(now + pause, mayPass ? (error.retryAt?.getTime() ?? 0) : 0);
    if (mayPass && now < this.#expiry) return;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.onFailure(error);
  }

  #schedule(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#listeners.size === 0 || this.#underWay || !this.#link) return;
    // Whoever listens is told of a failure by #fail.
    const renew = () => void this.renew().catch(() => {});
    this.#timer = this.#clock.setTimeout(renew, Math.max(0, this.#renewal - this.#clock.now()));
    // Node's timers hold a program; the numbers of browsers hold nothing.
    const keepsAlive = [...this.#listeners].some((listener) => listener.keepsAlive);
    if (!keepsAlive) (this.#timer as { unref?(): void } | undefined)?.unref?.();
  }
}
