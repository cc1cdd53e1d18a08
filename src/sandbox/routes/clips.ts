import { toTime } from "../clock.ts";
import { CallError, found } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";
import { openPlayback } from "./playbacks.ts";

/** Clips: sharing and playback. Their lists are those of `special-lists.ts`. */
export function serveClips(routes: Routes, { playbacks }: State): void {
  for (const kind of ["cameras", "sharedCameras"] satisfies Kind[]) {
    routes.signedIn(`${kind}.clips.stream`, ({ space, path, query, url }) => {
      const { camera, clip } = clipAt(space, kind, path);
      if (clip.status !== "READY") throw new CallError(404);
      const range = { start: toTime("start", query.start), end: Date.parse(clip.end) };
      const isThere = () => clipsIn(space, kind).get(clip.id) !== undefined;
      return openPlayback(playbacks, { ...range, isThere, type: camera.type, url });
    });
  }

  routes.signedIn("cameras.clips.share", ({ space, path, body }) => {
    clipAt(space, "cameras", path).clip.sharedWith.push(body.email);
  });
}

type Kind = "cameras" | "sharedCameras";

function clipsIn(space: Space, kind: Kind) {
  return kind === "cameras" ? space.clips : space.sharedClips;
}

/** The clip of a path, if the path names its camera. */
function clipAt(space: Space, kind: Kind, { clip_id, camera_id }: SignedInCall<"me.get">["path"]) {
  const camera = found(space[kind].get(camera_id as number));
  const clip = found(clipsIn(space, kind).get(clip_id as string));
  if (clip.cameraId !== camera.id) throw new CallError(404);
  return { camera, clip };
}
