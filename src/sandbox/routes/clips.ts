import { toTime } from "../clock.ts";
import { CallError, found } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";
import { openPlayback } from "./playbacks.ts";

/** Clips: sharing and playback. Their lists are those of `special-lists.ts`. */
export function serveClips(routes: Routes, { playbacks }: State): void {
  for (const kind of ["cameras", "sharedCameras"] as const) {
    routes.signedIn(`${kind}.clips.stream`, ({ space, path, query, url }) => {
      const { camera, clip } = clipAt(space, kind, path);
      if (clip.status !== "READY") throw new CallError(404);
      const range = { start: toTime("start", query.start), end: Date.parse(clip.end) };
      return openPlayback(playbacks, { ...range, type: camera.type, url });
    });
  }

  routes.signedIn("cameras.clips.share", ({ space, path, body }) => {
    clipAt(space, "cameras", path).clip.sharedWith.push(body.email);
  });
}

/** The clip of a path, if the path names its camera. */
function clipAt(
  space: Space,
  kind: "cameras" | "sharedCameras",
  { clip_id, camera_id }: SignedInCall<"me.get">["path"],
) {
  const clips = kind === "cameras" ? space.clips : space.sharedClips;
  const camera = found(space[kind].get(camera_id as number));
  const clip = found(clips.get(clip_id as string));
  if (clip.cameraId !== camera.id) throw new CallError(404);
  return { camera, clip };
}
