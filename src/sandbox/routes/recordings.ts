import type { OperationId } from "../../../generated/operations.ts";
import type { Camera, RecordingTimeline } from "../../../generated/schema.ts";
import { timestamp } from "../clock.ts";
import { operations } from "../document.ts";
import { downloadLink, footagePictureLink } from "../links.ts";
import type { KeptRecording } from "../recording.ts";
import { errorResponse, invalidInput, noContent } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";
import type { State } from "../state.ts";
import { between, rangeProblem } from "../time-range.ts";
import { openPlayback } from "./playbacks.ts";

/** The longest range that a request may have; see spec/parameters/TimelineEnd.yaml and DownloadEnd.yaml. */
const [TIMELINE_HOURS, DOWNLOAD_HOURS] = [24, 3];

/** Where an operation finds its recording. */
type Find = (call: SignedInCall<OperationId>) => KeptRecording | undefined;

type Handle = (recording: KeptRecording, call: Call) => Response;

/** The operations of a recording, shared by all ways of finding it. */
interface Call {
  readonly url: URL;
  readonly query: {
    readonly start?: string;
    readonly end?: string;
    readonly filename?: string;
    readonly duration?: number;
    readonly start_from?: string;
    readonly stop_at?: string;
    readonly datetime?: string;
  };
  /** The camera that was recorded. */
  readonly camera: { readonly name: string; readonly type: Camera["type"] } | undefined;
}

/** Recordings: by their id, by their camera as older programs do, and of shared cameras. */
export function serveRecordings(routes: Routes, state: State): void {
  const { clock } = state;

  const stop: Handle = (recording) => {
    recording.stop();
    return noContent();
  };
  const handlers: Readonly<Record<string, Handle>> = {
    get: (recording) => Response.json(recording.show()),
    timeline: showTimeline,
    download: (recording, call) => download(recording, call, state),
    stream: (recording, call) => play(recording, call, state),
    start: (recording, call) => start(recording, call, state),
    stop,
    snapshot: ({ id }, { query: { datetime } }) =>
      Response.json({ url: footagePictureLink(id, Date.parse(datetime ?? ""), clock.now()) }),
  };
  const serve = (prefix: string, find: Find) => {
    for (const { id } of operations) {
      const [, action = ""] = id.startsWith(`${prefix}.`) ? id.split(`${prefix}.`) : [];
      const handle = handlers[action];
      if (handle) routes.signedIn(id, (call) => onRecording(call, find, handle));
    }
  };
  serve("recordings", ({ space, path }) => space.recordings.get(path.recording_id as string));
  // The first recording of a camera is the one that never stops.
  serve("cameras.recording", ({ space, path }) => space.recordings.of(path.camera_id as number)[0]);
  serve("sharedCameras.recording", ({ space, path }) => space.sharedRecordings.of(path.camera_id as number)[0]);

  routes.signedIn("sharedCameras.recording.get", (call) =>
    onRecording(
      call,
      ({ space, path }) => space.sharedRecordings.of(path.camera_id as number)[0],
      (recording) => {
        const { id: _, ...shown } = recording.show();
        return Response.json(shown);
      },
    ),
  );
}

/** A recording that was switched off is not found. */
function onRecording(call: SignedInCall<OperationId>, find: Find, handle: Handle): Response {
  const recording = find(call);
  if (!recording || recording.deactivated_at !== null) return errorResponse(404);
  const { space, url, query } = call;
  const camera = space.cameras.get(recording.cameraId) ?? space.sharedCameras.get(recording.cameraId);
  return handle(recording, { url, query: query as Call["query"], camera });
}

function showTimeline({ footage }: KeptRecording, { query: { start = "", end = "" } }: Call): Response {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const problem = rangeProblem(from, to, TIMELINE_HOURS);
  if (problem) return invalidInput(problem);
  const timeline: RecordingTimeline = {
    start: timestamp(from),
    end: timestamp(to),
    segments: between(footage, from, to).map((one) => ({ start: timestamp(one.start), end: timestamp(one.end) })),
  };
  return Response.json(timeline);
}

function download({ id }: KeptRecording, { camera, query }: Call, { clock }: State): Response {
  const { start = "", end = "", filename } = query;
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const problem = rangeProblem(from, to, DOWNLOAD_HOURS);
  if (problem) return invalidInput(problem);
  const name = filename ?? camera?.name.toLowerCase().replaceAll(" ", "-") ?? "footage";
  return Response.json({ url: downloadLink(name, { id, from, to }, clock.now()) });
}

function play(_: KeptRecording, { camera, query, url }: Call, { playbacks }: State): Response {
  const [from, to] = [Date.parse(query.start ?? ""), query.end === undefined ? undefined : Date.parse(query.end)];
  const problem = to === undefined ? undefined : rangeProblem(from, to);
  if (problem) return invalidInput(problem);
  return openPlayback(playbacks, { start: from, end: to, type: camera?.type, url });
}

function start(recording: KeptRecording, { query }: Call, { clock }: State): Response {
  const { start_from, stop_at, duration } = query;
  if (stop_at !== undefined && duration !== undefined) return invalidInput("Give either stop_at or duration.");
  const planned = duration === undefined ? undefined : clock.now() + duration * 1000;
  recording.start({
    from: start_from === undefined ? undefined : Date.parse(start_from),
    until: stop_at === undefined ? planned : Date.parse(stop_at),
  });
  return noContent();
}
