import type { ClipCreate } from "../../../generated/schema.ts";
import { rangesWithin } from "../../base/time-range.ts";
import { RequestError } from "../../http/request-error.ts";
import { normalMac, type SandboxArrowClient } from "../arrow-client-collection.ts";
import { type SandboxClip, showClip } from "../clip-collection.ts";
import { toTime } from "../clock.ts";
import type { SandboxEvent } from "../event-collection.ts";
import { clipLink } from "../links.ts";
import { checkRange, type KeptRecording } from "../recording.ts";
import type { Space } from "../space.ts";
import { ItemList } from "./collection.ts";
import type { Special } from "./special.ts";

/** The longest clip in hours; see spec/schemas/ClipSpan.yaml. */
const LONGEST_CLIP = 3;

const recordings: Special<KeptRecording> = {
  items: (space, cameraId) => new ItemList(space.recordings.of(Number(cameraId))),
  show: (recording) => recording.show(),
};

const events: Special<SandboxEvent> = {
  items: ({ events }, cameraId) => new ItemList(events.of(Number(cameraId)), "number"),
  // From `start` up to, but not including, `end`; the newest first.
  filters: {
    start: (start) => (event) => occurrence(event) >= Date.parse(String(start)),
    end: (end) => (event) => occurrence(event) < Date.parse(String(end)),
  },
  select: (items) => items.sort((one, other) => occurrence(other) - occurrence(one) || other.number - one.number),
};

function occurrence({ occurred_at }: SandboxEvent): number {
  return Date.parse(occurred_at);
}

const arrowClients: Special<SandboxArrowClient> = {
  items: (space) => space.arrowClients,
  filters: { mac: (value) => (client) => client.mac === normalMac(String(value)) },
  select: (items) => items.filter(({ status }) => status !== "not_paired"),
  show: (client, space) => space.arrowClients.show(client),
};

const spaces: Special<object> = { items: ({ siblings }) => new ItemList([...siblings()]) };

/** The clips of own or of shared cameras. */
function clipsOf(kind: "cameras" | "sharedCameras"): Special<SandboxClip> {
  const allIn = (space: Space) => (kind === "cameras" ? space.clips : space.sharedClips);
  const recordingsIn = (space: Space) => (kind === "cameras" ? space.recordings : space.sharedRecordings);
  return {
    items: (space, id) => new ItemList(allIn(space).of(Number(id))),
    filters: { created_by: (value) => createdByOneOf(String(value)) },
    select: (items, query, { userId }) =>
      query.created_by === undefined ? items.filter(({ createdBy }) => createdBy === userId) : items,
    create: (body, space, id) => {
      const clip = body as unknown as ClipCreate;
      checkClip(clip, recordingsIn(space).of(Number(id)));
      return allIn(space).add(Number(id), clip);
    },
    show: (clip, space) => showClip(clip, clipLink(clip.id, space[kind].get(clip.cameraId)?.type, space.clock.now())),
  };
}

/** @throws RequestError saying why the clip cannot be made, in the words of spec/examples. */
function checkClip({ start, end, recording }: ClipCreate, sources: readonly KeptRecording[]): void {
  const range = { start: toTime("start", start), end: toTime("end", end) };
  checkRange(range, LONGEST_CLIP, "A clip");
  const chosen = sources.filter(({ id }) => recording === undefined || id === recording);
  if (recording !== undefined && chosen.length === 0)
    throw new RequestError(400, { recording: ["The camera has no such recording."] });
  if (chosen.every(({ footage }) => rangesWithin(footage, range).length === 0)) {
    throw new RequestError(400, "There is no footage in this range.");
  }
}

/** True for the clips of these users. */
function createdByOneOf(users: string): (clip: SandboxClip) => boolean {
  if (users === "*") return () => true;
  if (/^\d+(,\d+)*$/.test(users)) return ({ createdBy }) => users.split(",").map(Number).includes(createdBy);
  throw new RequestError(400, { created_by: ["Enter ids of users with commas between them and no blanks."] });
}

/** The lists that a space keeps in its own way. Their operations are those of all lists. */
export const specialLists = {
  "/v1/cameras/{camera_id}/recordings/": recordings,
  "/v1/cameras/{camera_id}/events/": events,
  "/v1/cameras/{camera_id}/clips/": clipsOf("cameras"),
  "/v1/shared-cameras/{camera_id}/clips/": clipsOf("sharedCameras"),
  "/v1/arrow-clients/": arrowClients,
  "/v1/spaces/": spaces,
} as unknown as Readonly<Record<string, Special>>;
