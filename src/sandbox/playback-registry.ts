import type { Camera, RecordingStream } from "../../generated/schema.ts";
import type { Random } from "../base/random.ts";
import { angelcamRouter } from "../openapi/angelcam-document.ts";
import type { TimeSource } from "./clock.ts";

/** Footage to play. */
export interface Footage {
  /** In milliseconds since 1970; without an end it goes on live. */
  readonly start: number;
  readonly end: number | undefined;
  /** The type of its camera. */
  readonly type: Camera["type"] | undefined;
  /** False once the footage was removed, with its camera or alone. */
  readonly isThere: () => boolean;
}

/** An open playback of footage. */
export interface Playback extends Footage {
  /** The first part of the host that plays it and that alone controls it. */
  readonly streamer: string;
  /** The moment of the footage that was on screen `at` that time. */
  position: number;
  at: number;
  speed: number;
  isPaused: boolean;
}

/** Playbacks live on different streamers, so that a client cannot rely on the first one. */
const STREAMERS = ["e1-eu2", "e3-eu2"] as const;

/** Keeps the playbacks that are open. They move by the clock, through holes in the footage as well. */
export function playbackRegistry(clock: TimeSource, random: Random) {
  const playbacks = new Map<string, Playback>();
  const isReal = (origin: string) => angelcamRouter().isServerOrigin(origin);

  /** The playback as it is now. */
  function find(id: string): Playback | undefined {
    const playback = playbacks.get(id);
    if (!playback?.isThere()) return undefined;
    const now = clock.now();
    if (!playback.isPaused) {
      const reached = playback.position + (now - playback.at) * playback.speed;
      // A viewer cannot see more footage than exists; a playback opened ahead of time waits.
      playback.position = Math.min(reached, Math.max(playback.end ?? now, playback.position));
    }
    playback.at = now;
    return playback;
  }

  return {
    find,
    /**
     * The playback as it is now, if it is played at an address. A streamer knows its own playbacks only; an origin that
     * serves all operations knows all of them.
     */
    findAt({ origin, hostname }: URL, id: string): Playback | undefined {
      const playback = find(id);
      return !isReal(origin) || hostname.startsWith(`${playback?.streamer}.`) ? playback : undefined;
    },
    /** Opens a playback for a request to this address, and returns where to watch and how to control it. */
    open(footage: Footage, { origin }: URL): RecordingStream {
      const id = random.uuid();
      const streamer = STREAMERS[playbacks.size % STREAMERS.length] ?? STREAMERS[0];
      playbacks.set(id, { ...footage, streamer, position: footage.start, at: clock.now(), speed: 1, isPaused: false });
      // A client that reached the sandbox by another origin must not be sent to the real streamer.
      const base = `${isReal(origin) ? `https://${streamer}.angelcam.com` : origin}/recording/streams/${id}/`;
      const stream_controls = { base_url: base, play: `${base}play/`, pause: `${base}pause/`, speed: `${base}speed/` };
      if (footage.type === "mjpeg") return { url: `${base}mjpeg/stream.mjpeg`, format: "mjpeg", stream_controls };
      const stream_info = `${origin}/v1/recording/stream/${streamer}/${id}/`;
      return { url: `${base}hls/playlist.m3u8`, format: "hls", stream_info, stream_controls };
    },
  };
}
