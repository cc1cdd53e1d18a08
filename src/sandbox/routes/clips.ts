import type { ClipCreate } from "../../../generated/schema.ts";
import type { Account } from "../accounts.ts";
import type { SandboxCamera } from "../camera-collection.ts";
import { type SandboxClip, showClip } from "../clip-collection.ts";
import { cursorPage } from "../cursor-page.ts";
import { toTime } from "../date-input.ts";
import { clipLink } from "../links.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { World } from "../state.ts";
import { between } from "../time-range.ts";
import { openPlayback } from "./playbacks.ts";

/** The longest clip in milliseconds: three hours, see spec/schemas/ClipSpan.yaml. */
const LONGEST = 3 * 3_600_000;

/** Clips of footage. */
export function serveClips(routes: Routes, { clock, playbacks }: World): void {
  const show = (clip: SandboxClip, { cameras }: Account) =>
    showClip(clip, clipLink(clip.id, cameras.get(clip.cameraId)?.type, clock.now()));

  routes.signedIn("cameras.clips.list", ({ account, path, query: { created_by }, url }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    const users = usersOf(created_by, account);
    if (users === "wrong") {
      return invalidInput({ created_by: ["Enter ids of users with commas between them and no blanks."] });
    }
    return cursorPage(account.clips.select(camera.id, users), url, {
      keyOf: ({ id }) => id,
      show: (clip) => show(clip, account),
    });
  });

  routes.signedIn("cameras.clips.create", ({ account, path, body }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    const problem = problemOf(body, camera, account);
    if (problem) return invalidInput(problem);
    return Response.json(show(account.clips.add(camera.id, body), account), { status: 201 });
  });

  routes.signedIn("cameras.clips.get", ({ account, path }) => {
    const clip = find(account, path);
    return clip ? Response.json(show(clip, account)) : errorAnswer(404);
  });

  routes.signedIn("cameras.clips.share", ({ account, path, body }) => {
    const clip = find(account, path);
    if (!clip) return errorAnswer(404);
    account.clips.share(clip.id, body.email);
    return new Response(null, { status: 204 });
  });

  routes.signedIn("cameras.clips.stream", ({ account, path, query, url }) => {
    const clip = find(account, path);
    if (clip?.status !== "READY") return errorAnswer(404);
    const { type } = account.cameras.get(clip.cameraId) ?? {};
    return openPlayback(playbacks, { start: toTime("start", query.start), end: Date.parse(clip.end), type, url });
  });
}

function find({ clips, cameras }: Account, path: Readonly<Record<string, unknown>>): SandboxClip | undefined {
  const clip = clips.get(path.clip_id as string);
  return clip?.cameraId === path.camera_id && cameras.get(clip?.cameraId ?? 0) ? clip : undefined;
}

/** Why the clip cannot be made; the words are those of spec/examples. */
function problemOf({ start, end, recording }: ClipCreate, { id }: SandboxCamera, { recordings }: Account) {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (from >= to) return "The start must be before the end.";
  if (to - from > LONGEST) return "A clip cannot be longer than 3 hours.";
  const source = recordings.of(id).find((one) => recording === undefined || one.id === recording);
  return between(source?.footage ?? [], from, to).length === 0 ? "There is no footage in this range." : undefined;
}

/** The users to look for; undefined for everybody. */
function usersOf(createdBy: string | undefined, { profile }: Account): number[] | undefined | "wrong" {
  if (createdBy === undefined) return [profile.id];
  if (createdBy === "*") return undefined;
  return /^\d+(,\d+)*$/.test(createdBy) ? createdBy.split(",").map(Number) : "wrong";
}
