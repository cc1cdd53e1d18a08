import type { Camera, RecordingStream } from "../../../generated/schema.ts";
import type { SandboxClip } from "../clip-collection.ts";
import { toTime } from "../clock.ts";
import { isServerOrigin } from "../document.ts";
import type { Playback, PlaybackRegistry } from "../playback-registry.ts";
import { CallError, found } from "../responses.ts";
import type { Routes, ServedCall } from "../route-table.ts";
import type { State } from "../state.ts";
import { itemAt } from "./resources.ts";

/** The lists of clips, and whose they are. */
const CLIPS = [
  ["cameras", "/v1/cameras/{camera_id}/clips/"],
  ["sharedCameras", "/v1/shared-cameras/{camera_id}/clips/"],
] as const;

/** Playbacks of clips, and the controls of all playbacks at the streamer that plays them. */
export function servePlaybacks(routes: Routes, { playbacks }: State): void {
  const at = ({ path, url }: Pick<ServedCall<"recordingStreams.get">, "path" | "url">): Playback => {
    const playback = found(playbacks.find(path.stream_id as string));
    if (!isPlayedAt(playback, url)) throw new CallError(404);
    return playback;
  };
  for (const [kind, list] of CLIPS) {
    routes.signedIn(`${kind}.clips.stream`, (call) => {
      const clip = itemAt<SandboxClip>(list, call);
      if (clip.status !== "READY") throw new CallError(404);
      const cameras = call.space[kind];
      const { type } = found(cameras.get(clip.cameraId));
      const range = { start: toTime("start", call.query.start), end: Date.parse(clip.end) };
      return openPlayback(playbacks, {
        ...range,
        isThere: () => cameras.get(clip.cameraId) !== undefined,
        type,
        url: call.url,
      });
    });
  }
  routes.open("recordingStreams.play", (call) => {
    at(call).isPaused = false;
  });
  routes.open("recordingStreams.pause", (call) => {
    at(call).isPaused = true;
  });
  routes.open("recordingStreams.setSpeed", (call) => {
    at(call).speed = call.body.speed;
  });
  routes.open("recordingStreams.get", (call) => {
    const { position, speed } = at(call);
    return { current_position: nanoseconds(position), speed };
  });
  routes.signedIn("recordingStreams.getLegacyPosition", ({ path }) => {
    const { streamer, position } = found(playbacks.find(path.streamer_id as string));
    if (streamer !== String(path.streamer_name).split(".")[0]) throw new CallError(404);
    return { current_time: new Date(position).toISOString() };
  });
}

/** What to play, of a camera of which type, and the requested address. */
interface Footage extends Pick<Playback, "end" | "isThere"> {
  readonly start: number;
  readonly type: Camera["type"] | undefined;
  readonly url: URL;
}

/** Opens a playback and returns where to watch and how to control it. */
export function openPlayback(playbacks: PlaybackRegistry, { type, url, ...footage }: Footage): RecordingStream {
  const { id, streamer, format } = playbacks.open({ ...footage, format: type === "mjpeg" ? "mjpeg" : "hls" });
  // A client that reached the sandbox by another origin must not be sent to the real streamer.
  const isReal = isServerOrigin(url.origin);
  const base = `${isReal ? `https://${streamer}.angelcam.com` : url.origin}/recording/streams/${id}/`;
  return {
    url: `${base}${format === "hls" ? "hls/playlist.m3u8" : "mjpeg/stream.mjpeg"}`,
    format,
    ...(format === "hls" ? { stream_info: `${url.origin}/v1/recording/stream/${streamer}/${id}/` } : {}),
    stream_controls: { base_url: base, play: `${base}play/`, pause: `${base}pause/`, speed: `${base}speed/` },
  };
}

/** A streamer knows its own playbacks only; an origin that serves all operations knows all of them. */
export function isPlayedAt({ streamer }: Playback, { origin, hostname }: URL): boolean {
  return !isServerOrigin(origin) || hostname.startsWith(`${streamer}.`);
}

/** As streamers write it: `2026-11-24T08:04:12.520000000+00:00`. */
function nanoseconds(time: number): string {
  return new Date(time).toISOString().replace("Z", "000000+00:00");
}
