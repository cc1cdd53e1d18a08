import type { TimeSource } from "./clock.ts";
import type { Random } from "./random.ts";

/** An open playback of footage. */
export interface Playback {
  readonly id: string;
  /** The first part of the host that plays it and that alone controls it. */
  readonly streamer: string;
  readonly format: "hls" | "mjpeg";
  /** Where it ends, in milliseconds since 1970, or undefined when it goes on live. */
  readonly end: number | undefined;
  /** False once its footage was removed, with its camera or alone. */
  readonly isThere: () => boolean;
  /** The moment of the footage that was on screen `at` that time. */
  position: number;
  at: number;
  speed: number;
  isPaused: boolean;
}

/** Playbacks live on different streamers, so that a client cannot rely on the first one. */
const STREAMERS = ["e1-eu2", "e3-eu2"] as const;

/** The playbacks that are open. They move by the clock, through holes in the footage as well. */
export class PlaybackRegistry {
  readonly #clock: TimeSource;
  readonly #random: Random;
  readonly #playbacks = new Map<string, Playback>();

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  open({ start, ...rest }: Pick<Playback, "end" | "format" | "isThere"> & { readonly start: number }): Playback {
    const playback = {
      ...rest,
      id: this.#random.uuid(),
      streamer: STREAMERS[this.#playbacks.size % STREAMERS.length] ?? STREAMERS[0],
      position: start,
      at: this.#clock.now(),
      speed: 1,
      isPaused: false,
    };
    this.#playbacks.set(playback.id, playback);
    return playback;
  }

  /** The playback as it is now. */
  find(id: string): Playback | undefined {
    const playback = this.#playbacks.get(id);
    if (!playback?.isThere()) return undefined;
    const now = this.#clock.now();
    if (!playback.isPaused) {
      const reached = playback.position + (now - playback.at) * playback.speed;
      // A viewer cannot see more footage than exists; a playback opened ahead of time waits.
      playback.position = Math.min(reached, Math.max(playback.end ?? now, playback.position));
    }
    playback.at = now;
    return playback;
  }
}
