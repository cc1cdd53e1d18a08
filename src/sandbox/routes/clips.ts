import { toTime } from "../date-input.ts";
import { errorResponse, noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";
import { openPlayback } from "./playbacks.ts";

/** Clips: sharing and playback. Their lists are those of `special-lists.ts`. */
export function serveClips(routes: Routes, { playbacks }: State): void {
  for (const kind of ["cameras", "sharedCameras"] as const) {
    routes.signedIn(`${kind}.clips.stream`, ({ space, path, query, url }) => {
      const camera = space[kind].get(path.camera_id as number);
      const clip = clipAt(kind === "cameras" ? space.clips : space.sharedClips, path);
      if (!camera || clip?.status !== "READY") return errorResponse(404);
      const range = { start: toTime("start", query.start), end: Date.parse(clip.end) };
      return openPlayback(playbacks, { ...range, type: camera.type, url });
    });
  }

  routes.signedIn("cameras.clips.share", ({ space, path, body }) => {
    const clip = clipAt(space.clips, path);
    if (!clip || !space.cameras.get(clip.cameraId)) return errorResponse(404);
    clip.sharedWith.push(body.email);
    return noContent();
  });
}

/** The clip of a path, if the path names its camera. */
function clipAt(clips: Space["clips"], { clip_id, camera_id }: Readonly<Record<string, unknown>>) {
  const clip = clips.get(clip_id as string);
  return clip?.cameraId === camera_id ? clip : undefined;
}
