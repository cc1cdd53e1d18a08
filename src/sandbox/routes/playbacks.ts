import type { OperationId } from "../../../generated/operations.ts";
import type { Camera, RecordingStream, RecordingStreamPosition } from "../../../generated/schema.ts";
import { isServerOrigin } from "../document.ts";
import type { Playback, PlaybackRegistry } from "../playback-registry.ts";
import { errorResponse, noContent } from "../responses.ts";
import type { Routes, ServedCall } from "../route-table.ts";
import type { State } from "../state.ts";

/** The controls of a playback, at the streamer that plays it. */
export function servePlaybacks(routes: Routes, { playbacks }: State): void {
  const control = <Id extends OperationId>(id: Id, handle: (playback: Playback, call: ServedCall<Id>) => void) =>
    routes.open(id, (call) => {
      const playback = playbacks.find(call.path.stream_id as string);
      if (!playback || !isPlayedAt(playback, call.url)) return new Response(null, { status: 404 });
      handle(playback, call);
      return noContent();
    });
  control("recordingStreams.play", (playback) => {
    playback.isPaused = false;
  });
  control("recordingStreams.pause", (playback) => {
    playback.isPaused = true;
  });
  control("recordingStreams.setSpeed", (playback, { body }) => {
    playback.speed = body.speed;
  });

  routes.open("recordingStreams.get", ({ path, url }) => {
    const playback = playbacks.find(path.stream_id as string);
    if (!playback || !isPlayedAt(playback, url)) return new Response(null, { status: 404 });
    const { position, speed } = playback;
    const shown: RecordingStreamPosition = { current_position: nanoseconds(position), speed };
    return Response.json(shown);
  });

  routes.signedIn("recordingStreams.getLegacyPosition", ({ path }) => {
    const playback = playbacks.find(path.streamer_id as string);
    if (!playback || playback.streamer !== String(path.streamer_name).split(".")[0]) return errorResponse(404);
    return Response.json({ current_time: new Date(playback.position).toISOString() });
  });
}

/** Opens a playback and returns where to watch and how to control it. */
export function openPlayback(
  playbacks: PlaybackRegistry,
  { start, end, type, url }: { start: number; end: number | undefined; type: Camera["type"] | undefined; url: URL },
): Response {
  const { id, streamer, format } = playbacks.open({ start, end, format: type === "mjpeg" ? "mjpeg" : "hls" });
  // A client that reached the sandbox by another origin must not be sent to the real streamer.
  const isReal = isServerOrigin(url.origin);
  const base = `${isReal ? `https://${streamer}.angelcam.com` : url.origin}/recording/streams/${id}/`;
  const shown: RecordingStream = {
    url: `${base}${format === "hls" ? "hls/playlist.m3u8" : "mjpeg/stream.mjpeg"}`,
    format,
    ...(format === "hls" ? { stream_info: `${url.origin}/v1/recording/stream/${streamer}/${id}/` } : {}),
    stream_controls: { base_url: base, play: `${base}play/`, pause: `${base}pause/`, speed: `${base}speed/` },
  };
  return Response.json(shown);
}

/** A streamer knows its own playbacks only; an origin that serves all operations knows all of them. */
export function isPlayedAt({ streamer }: Playback, { origin, hostname }: URL): boolean {
  return !isServerOrigin(origin) || hostname.startsWith(`${streamer}.`);
}

/** As streamers write it: `2026-11-24T08:04:12.520000000+00:00`. */
function nanoseconds(time: number): string {
  return new Date(time).toISOString().replace("Z", "000000+00:00");
}
