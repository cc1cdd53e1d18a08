import { withAbort } from "../base/abort.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { NotFoundError } from "../errors/api-errors.ts";
import { grow, MOST_FAILURES, type Pace, retryDelay, shorten, type Wait } from "./polling.ts";
import { locationOf, readObject } from "./response-fields.ts";
import { areSameOptions } from "./same-options.ts";

/** A clip as it came: its fields are checked by those who read them. */
export type RawClip = Readonly<Record<string, unknown>>;

/** No document says how long a clip takes, so these are ours: one that takes 20 seconds costs three requests. */
const PACE: Pace = { first: 4000, longest: 30_000, growth: 2 };

/** How long a clip may be missing after its creation, in milliseconds, before its 404 is believed. */
const MISSING_AFTER_CREATION = 60_000;

/** A clip to wait for. */
export interface ClipWait {
  readonly clipId: string;
  /** True right after the creation: a 404 is then retried for a while. */
  readonly isNew: boolean;
  /** Returns true when the clip is ready, and throws when it will never be. */
  readonly isDone: (clip: RawClip) => boolean;
}

/** One caller's wait for a clip. */
interface Waiter extends ClipWait {
  readonly wait: Omit<Wait, "until">;
  readonly resolve: (clip: RawClip) => void;
  readonly reject: (reason: unknown) => void;
  /** Until when a 404 is retried, in milliseconds of the monotonic clock. */
  readonly mayMissUntil: number;
  /** The length of the last pause. */
  pause: number;
  /** When it wants to read again, in milliseconds of the monotonic clock. */
  next: number;
  failures: number;
}

/** The polls under way, by client. A poll is in it as long as a caller waits. */
const polls = new WeakMap<Angelcam, Set<ClipPolls>>();

/**
 * Waits for a clip, together with all other waits for clips of the same client, camera and request options: one list
 * request reads them all.
 *
 * @throws What `isDone` throws; the reason of the wait's signal; any error of a request, after three failures in a row.
 */
export function pollClip(
  angelcam: Angelcam,
  cameraId: number,
  clip: ClipWait,
  wait: Omit<Wait, "until">,
): Promise<RawClip> {
  const { signal, ...options } = wait.request;
  const known = polls.get(angelcam) ?? new Set();
  polls.set(angelcam, known);
  const isSame = (poll: ClipPolls) =>
    poll.cameraId === cameraId && poll.clock === wait.clock && areSameOptions(poll.options, options);
  const poll = [...known].find(isSame) ?? new ClipPolls(angelcam, cameraId, options, wait.clock);
  return poll.add(clip, wait, signal, known);
}

/** The waits for clips of one camera. It has a timer only while there are any. */
class ClipPolls {
  readonly cameraId: number;
  readonly options: RequestOptions;
  readonly clock: Wait["clock"];
  readonly #angelcam: Angelcam;
  readonly #waiters = new Set<Waiter>();
  #timer: unknown;
  /** Aborts the request under way when no wait is left. */
  #underWay: AbortController | undefined;

  constructor(angelcam: Angelcam, cameraId: number, options: RequestOptions, clock: Wait["clock"]) {
    this.#angelcam = angelcam;
    this.cameraId = cameraId;
    this.options = options;
    this.clock = clock;
  }

  /** @param known Holds the poll as long as a caller waits. */
  add(clip: ClipWait, wait: Omit<Wait, "until">, signal: AbortSignal, known: Set<ClipPolls>): Promise<RawClip> {
    return withAbort(signal, (resolve, reject) => {
      const now = this.clock.monotonic();
      const waiter: Waiter = {
        ...clip,
        wait,
        resolve,
        reject,
        mayMissUntil: clip.isNew ? now + MISSING_AFTER_CREATION : now,
        pause: clip.isNew ? PACE.first : 0,
        // A clip that was just created is not ready.
        next: clip.isNew ? now + shorten(PACE.first, wait.random) : now,
        failures: 0,
      };
      this.#waiters.add(waiter);
      known.add(this);
      this.#schedule();
      return () => {
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) {
          this.#underWay?.abort();
          known.delete(this);
        }
        this.#schedule();
      };
    });
  }

  #schedule(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#underWay || this.#waiters.size === 0) return;
    const next = Math.min(...[...this.#waiters].map((waiter) => waiter.next));
    const delay = next - this.clock.monotonic();
    if (delay > 0) this.#timer = this.clock.setTimeout(() => void this.#poll(), delay);
    // Waits that begin in the same turn are read together.
    else queueMicrotask(() => void this.#poll());
  }

  /** Reads the clips of all waits, also of those that would wait a little longer. It never rejects. */
  async #poll(): Promise<void> {
    if (this.#underWay || this.#waiters.size === 0) return;
    const controller = new AbortController();
    this.#underWay = controller;
    const waiters = [...this.#waiters];
    try {
      const clips = await this.#read(waiters, { ...this.options, signal: controller.signal });
      for (const waiter of waiters) this.#take(waiter, clips.get(waiter.clipId));
    } catch (error) {
      for (const waiter of waiters) this.#take(waiter, error as Error);
    } finally {
      this.#underWay = undefined;
      this.#schedule();
    }
  }

  /** Reads each clip, or why it could not be read; a clip that is still missing after its creation is left out. */
  async #read(waiters: readonly Waiter[], options: RequestOptions): Promise<ReadonlyMap<string, RawClip | Error>> {
    const clips = new Map<string, RawClip | Error>();
    const missing = new Set(waiters.map(({ clipId }) => clipId));
    if (missing.size > 1) {
      try {
        const isComplete = await this.#readList(missing, clips, options);
        if (isComplete) for (const waiter of waiters) if (this.#mayBeMissing(waiter)) missing.delete(waiter.clipId);
      } catch (error) {
        // A list that can never be read must not end a wait that would succeed alone.
        if (Number.isFinite(retryDelay(error, this.clock))) throw error;
      }
    }
    for (const id of missing) {
      try {
        const location = locationOf("cameras.clips.get");
        clips.set(id, readObject(location, await this.#angelcam.cameras.clips.get(this.cameraId, id, options)));
      } catch (error) {
        // The failure of one clip is not that of the others.
        clips.set(id, error as Error);
      }
    }
    return clips;
  }

  /**
   * Moves the clips of the list from `missing` to `clips`. It costs at most as many requests as reading them one by one.
   *
   * @returns True when the whole list was read.
   */
  async #readList(
    missing: Set<string>,
    clips: Map<string, RawClip | Error>,
    options: RequestOptions,
  ): Promise<boolean> {
    let pages = missing.size;
    for await (const { results } of this.#angelcam.cameras.clips.list(this.cameraId, undefined, options).pages()) {
      for (const clip of results as readonly unknown[] as readonly (RawClip | null | undefined)[]) {
        const id = clip?.id;
        if (typeof id === "string" && missing.delete(id)) clips.set(id, clip as RawClip);
      }
      if (--pages === 0 || missing.size === 0) return false;
    }
    return true;
  }

  #mayBeMissing({ mayMissUntil }: Waiter): boolean {
    return this.clock.monotonic() < mayMissUntil;
  }

  #take(waiter: Waiter, clip: RawClip | Error | undefined): void {
    try {
      if (clip instanceof Error) {
        this.#retryLater(waiter, clip);
        return;
      }
      waiter.failures = 0;
      if (clip && waiter.isDone(clip)) waiter.resolve(clip);
      else this.#pause(waiter, 0);
    } catch (error) {
      waiter.reject(error);
    }
  }

  /** @throws The error, where another request would not help or comes too late. */
  #retryLater(waiter: Waiter, error: Error): void {
    if (error instanceof NotFoundError && this.#mayBeMissing(waiter)) {
      this.#pause(waiter, 0);
      return;
    }
    const delay = retryDelay(error, this.clock);
    waiter.failures++;
    if (waiter.failures >= MOST_FAILURES || this.clock.monotonic() + delay >= waiter.wait.deadline) throw error;
    this.#pause(waiter, delay);
  }

  #pause(waiter: Waiter, atLeast: number): void {
    waiter.pause = grow(waiter.pause, PACE);
    waiter.next = this.clock.monotonic() + Math.max(shorten(waiter.pause, waiter.wait.random), atLeast);
  }
}
