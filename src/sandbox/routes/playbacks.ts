import { RequestError } from "../../http/request-error.ts";
import type { SandboxClip } from "../clip-collection.ts";
import { found } from "../responses.ts";
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
  const at = ({ path, url }: Pick<ServedCall<"recordingStreams.get">, "path" | "url">) =>
    found(playbacks.findAt(url, path.stream_id as string));
  for (const [kind, list] of CLIPS) {
    routes.signedIn(`${kind}.clips.stream`, (call) => {
      const clip = itemAt<SandboxClip>(list, call);
      if (clip.status !== "READY") throw new RequestError(404);
      const camera = () => call.space[kind].get(clip.cameraId);
      const range = { start: Number(new Date(call.query.start)), end: Date.parse(clip.end) };
      return playbacks.open(
        { ...range, type: camera()?.type, isThere: () => !call.account.isDeleted && camera() !== undefined },
        call.url,
      );
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
    if (streamer !== String(path.streamer_name).split(".")[0]) throw new RequestError(404);
    return { current_time: new Date(position).toISOString() };
  });
}

/** As streamers write it: `2026-11-24T08:04:12.520000000+00:00`. */
function nanoseconds(time: number): string {
  return new Date(time).toISOString().replace("Z", "000000+00:00");
}
