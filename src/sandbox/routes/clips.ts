import type { ClipCreate } from "../../../generated/schema.ts";
import { type SandboxClip, showClip } from "../clip-collection.ts";
import { cursorPage } from "../cursor-page.ts";
import { toTime } from "../date-input.ts";
import { clipLink } from "../links.ts";
import { errorResponse, invalidInput, noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";
import { between } from "../time-range.ts";
import { openPlayback } from "./playbacks.ts";

/** The longest clip in milliseconds: three hours, see spec/schemas/ClipSpan.yaml. */
const LONGEST = 3 * 3_600_000;

type Path = Readonly<Record<string, unknown>>;

/** Clips of footage, of own and of shared cameras. */
export function serveClips(routes: Routes, state: State): void {
  serveClipsOf("cameras", routes, state);
  serveClipsOf("sharedCameras", routes, state);
}

function serveClipsOf(kind: "cameras" | "sharedCameras", routes: Routes, { clock, playbacks }: State): void {
  const show = (clip: SandboxClip, space: Space) => {
    const { sharing_token, ...shown } = showClip(
      clip,
      clipLink(clip.id, cameraOf(space, clip.cameraId)?.type, clock.now()),
    );
    return kind === "cameras" ? { ...shown, sharing_token } : shown;
  };
  const cameraOf = (space: Space, id: unknown) => space[kind].get(id as number);
  const clipsOf = (space: Space) => (kind === "cameras" ? space.clips : space.sharedClips);
  const recordingsOf = (space: Space) => (kind === "cameras" ? space.recordings : space.sharedRecordings);
  const find = (space: Space, { clip_id, camera_id }: Path) => {
    const clip = clipsOf(space).get(clip_id as string);
    return clip?.cameraId === camera_id && cameraOf(space, camera_id) ? clip : undefined;
  };

  routes.signedIn(`${kind}.clips.list`, ({ account, space, path, query: { created_by }, url }) => {
    const camera = cameraOf(space, path.camera_id);
    if (!camera) return errorResponse(404);
    const users = usersOf(created_by, account.profile.id);
    if (users === "invalid") {
      return invalidInput({ created_by: ["Enter ids of users with commas between them and no blanks."] });
    }
    return cursorPage(clipsOf(space).select(camera.id, users), url, {
      keyOf: ({ id }) => id,
      show: (clip) => show(clip, space),
    });
  });

  routes.signedIn(`${kind}.clips.create` as "cameras.clips.create", ({ space, path, body }) => {
    const camera = cameraOf(space, path.camera_id);
    if (!camera) return errorResponse(404);
    const problem = problemOf(body, recordingsOf(space).of(camera.id));
    if (problem) return invalidInput(problem);
    return Response.json(show(clipsOf(space).add(camera.id, body), space), { status: 201 });
  });

  routes.signedIn(`${kind}.clips.get`, ({ space, path }) => {
    const clip = find(space, path);
    return clip ? Response.json(show(clip, space)) : errorResponse(404);
  });

  routes.signedIn(`${kind}.clips.stream`, ({ space, path, query, url }) => {
    const clip = find(space, path);
    if (clip?.status !== "READY") return errorResponse(404);
    const { type } = cameraOf(space, clip.cameraId) ?? {};
    return openPlayback(playbacks, { start: toTime("start", query.start), end: Date.parse(clip.end), type, url });
  });

  if (kind === "sharedCameras") return;
  routes.signedIn("cameras.clips.share", ({ space, path, body }) => {
    const clip = find(space, path);
    if (!clip) return errorResponse(404);
    space.clips.share(clip.id, body.email);
    return noContent();
  });
}

/** Why the clip cannot be made; the words are those of spec/examples. */
function problemOf(
  { start, end, recording }: ClipCreate,
  recordings: readonly { readonly id: string; readonly footage: Parameters<typeof between>[0] }[],
): string | undefined {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (from >= to) return "The start must be before the end.";
  if (to - from > LONGEST) return "A clip cannot be longer than 3 hours.";
  const source = recordings.find((one) => recording === undefined || one.id === recording);
  return between(source?.footage ?? [], from, to).length === 0 ? "There is no footage in this range." : undefined;
}

/** The users to look for; undefined for all. */
function usersOf(createdBy: string | undefined, own: number): number[] | undefined | "invalid" {
  if (createdBy === undefined) return [own];
  if (createdBy === "*") return undefined;
  return /^\d+(,\d+)*$/.test(createdBy) ? createdBy.split(",").map(Number) : "invalid";
}
