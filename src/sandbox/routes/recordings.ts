import type { OperationId } from "../../../generated/operations.ts";
import type { RecordingDownload, RecordingTimeline } from "../../../generated/schema.ts";
import { MINUTE } from "../../base/time.ts";
import { rangesWithin, type TimeRange } from "../../base/time-range.ts";
import { RequestError } from "../../http/request-error.ts";
import { timeOf } from "../clock.ts";
import { operations } from "../document.ts";
import { downloadLink, footagePictureLink } from "../links.ts";
import { checkRange, type KeptRecording, shownRange, shownSegments } from "../recording.ts";
import { found } from "../responses.ts";
import type { ResultOf, Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";

/** The longest range that a request may have; see spec/parameters/TimelineEnd.yaml and DownloadEnd.yaml. */
const [TIMELINE_HOURS, DOWNLOAD_HOURS] = [24, 3];

/** How much video from before a start is still buffered, in milliseconds. Made up: Angelcam names no time. */
const BUFFERED = 5 * MINUTE;

/** A request for a recording, with the query of any of its operations. */
interface Call extends Pick<SignedInCall<OperationId>, "account" | "space" | "path" | "url"> {
  readonly query: Readonly<Record<string, string>>;
}

type Find = (space: Space, path: Call["path"]) => KeptRecording | undefined;

/** Does something with a recording. Returns the body of the response, if it has one. */
type Act = (recording: KeptRecording, call: Call, state: State) => object | undefined;

/** The ways to a recording. The first one of a camera is the one that never stops. */
const WAYS: Readonly<Record<string, Find>> = {
  recordings: ({ recordings }, { recording_id }) => recordings.get(recording_id as string),
  "cameras.recording": ({ recordings }, { camera_id }) => recordings.of(camera_id as number)[0],
  "sharedCameras.recording": ({ sharedRecordings }, { camera_id }) => sharedRecordings.of(camera_id as number)[0],
};

/** The operations of a recording, whichever way leads to it. */
const ACTIONS: Readonly<Record<string, Act>> = {
  get: (recording, { space }) => {
    const { id, ...shown } = recording.show();
    // Angelcam keeps the id of a shared camera's recording to itself.
    return space.sharedRecordings.get(id) ? shown : { id, ...shown };
  },
  stop: (recording) => recording.stop() ?? undefined,
  start,
  timeline,
  download,
  stream,
  snapshot: ({ id }, { query: { datetime = "" } }, { clock }) => ({
    url: footagePictureLink(id, Date.parse(datetime), clock.now()),
  }),
};

/** Recordings: by their id, by their camera as older programs do, and of shared cameras. */
export function serveRecordings(routes: Routes, state: State): void {
  for (const { id } of operations) {
    const [, way = "", action = ""] = /^(.*)\.(\w+)$/.exec(id) ?? [];
    const [find, act] = [WAYS[way], ACTIONS[action]];
    if (!find || !act) continue;
    routes.signedIn(id, (call) => {
      const recording = found(find(call.space, call.path));
      // A recording that was switched off is not found.
      if (recording.deactivated_at !== null) throw new RequestError(404);
      return act(recording, call as Call, state) as ResultOf<OperationId>;
    });
  }
}

function timeline({ footage }: KeptRecording, { query }: Call): RecordingTimeline {
  const range = rangeOf(query, TIMELINE_HOURS);
  const segments = shownSegments(rangesWithin(footage, range));
  return { ...shownRange(range), segments };
}

function download({ id, cameraId }: KeptRecording, { space, query }: Call, { clock }: State): RecordingDownload {
  const camera = cameraOf(space, cameraId);
  const name = query.filename ?? camera?.name.toLowerCase().replaceAll(" ", "-") ?? "footage";
  return { url: downloadLink(name, { id, ...rangeOf(query, DOWNLOAD_HOURS) }, clock.now()) };
}

function stream({ id, cameraId }: KeptRecording, { account, space, query, url }: Call, { playbacks }: State): object {
  const range = query.end === undefined ? { start: Date.parse(query.start ?? ""), end: undefined } : rangeOf(query);
  const isThere = () => !account.isDeleted && Boolean(space.recordings.get(id) ?? space.sharedRecordings.get(id));
  return playbacks.open({ ...range, isThere, type: cameraOf(space, cameraId)?.type }, url);
}

function start(recording: KeptRecording, { query }: Call, { clock }: State): undefined {
  const { start_from, stop_at, duration } = query;
  if (stop_at !== undefined && duration !== undefined) throw new RequestError(400, "Give either stop_at or duration.");
  const planned = duration === undefined ? undefined : clock.now() + Number(duration) * 1000;
  const from = Math.max(timeOf(start_from) ?? clock.now(), clock.now() - BUFFERED);
  recording.start({ from, until: timeOf(stop_at) ?? planned });
}

function rangeOf({ start = "", end = "" }: Call["query"], hours?: number): TimeRange {
  const range = { start: Date.parse(start), end: Date.parse(end) };
  checkRange(range, hours);
  return range;
}

function cameraOf({ cameras, sharedCameras }: Space, id: number) {
  return cameras.get(id) ?? sharedCameras.get(id);
}
