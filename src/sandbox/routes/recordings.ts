import type { OperationId } from "../../../generated/operations.ts";
import type { RecordingTimeline } from "../../../generated/schema.ts";
import type { Account } from "../accounts.ts";
import { cursorPage } from "../cursor-page.ts";
import { instant } from "../date-input.ts";
import { downloadLink, footagePictureLink } from "../links.ts";
import type { KeptRecording } from "../recording.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";
import type { World } from "../state.ts";
import { between } from "../time-range.ts";
import { openPlayback } from "./playbacks.ts";

const HOUR = 3_600_000;

/** The most that a request may ask for; see spec/parameters/TimelineEnd.yaml and DownloadEnd.yaml. */
const [TIMELINE_HOURS, DOWNLOAD_HOURS] = [24, 3];

/** What the operations of `recordings` and the older ones of a camera have in common. */
interface Call {
  readonly account: Account;
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
}

type Handle = (recording: KeptRecording, call: Call) => Response;

/** Recordings, by their id and, as older programs do, by their camera. */
export function serveRecordings(routes: Routes, world: World): void {
  const { clock } = world;

  routes.signedIn("cameras.recordings.list", ({ account, path, url }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    return cursorPage(account.recordings.of(camera.id), url, { keyOf: ({ id }) => id, show: (one) => one.show() });
  });

  const serve = (id: OperationId, older: OperationId | undefined, handle: Handle) => {
    routes.signedIn(id, (call) => onRecording(call, byId, handle));
    if (older) routes.signedIn(older, (call) => onRecording(call, byCamera, handle));
  };
  serve("recordings.get", "cameras.recording.get", (recording) => Response.json(recording.show()));
  serve("recordings.timeline", "cameras.recording.timeline", showTimeline);
  serve("recordings.download", "cameras.recording.download", (recording, call) => download(recording, call, world));
  serve("recordings.stream", "cameras.recording.stream", (recording, call) => play(recording, call, world));
  serve("recordings.start", "cameras.recording.start", (recording, call) => start(recording, call, world));
  serve("recordings.stop", "cameras.recording.stop", (recording) => {
    recording.stop();
    return new Response(null, { status: 204 });
  });
  serve("recordings.snapshot", undefined, (recording, { query: { datetime } }) =>
    Response.json({ url: footagePictureLink(recording.id, Date.parse(datetime ?? ""), clock.now()) }),
  );
}

/** A recording that was switched off is not found. */
function onRecording(
  call: SignedInCall<OperationId>,
  find: (call: SignedInCall<OperationId>) => KeptRecording | undefined,
  handle: Handle,
): Response {
  const recording = find(call);
  return !recording || recording.deactivated_at !== null ? errorAnswer(404) : handle(recording, call as Call);
}

function byId({ account, path }: SignedInCall<OperationId>): KeptRecording | undefined {
  return account.recordings.get(path.recording_id as string);
}

/** The one that never stops. */
function byCamera({ account, path }: SignedInCall<OperationId>): KeptRecording | undefined {
  return account.recordings.of(path.camera_id as number)[0];
}

function showTimeline({ footage }: KeptRecording, { query: { start = "", end = "" } }: Call): Response {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const problem = rangeProblem(from, to, TIMELINE_HOURS);
  if (problem) return invalidInput(problem);
  const timeline: RecordingTimeline = {
    start: instant(from),
    end: instant(to),
    segments: between(footage, from, to).map((one) => ({ start: instant(one.start), end: instant(one.end) })),
  };
  return Response.json(timeline);
}

function download({ cameraId }: KeptRecording, { account, query }: Call, { clock }: World): Response {
  const { start = "", end = "", filename } = query;
  const problem = rangeProblem(Date.parse(start), Date.parse(end), DOWNLOAD_HOURS);
  if (problem) return invalidInput(problem);
  const name = filename ?? account.cameras.get(cameraId)?.name.toLowerCase().replaceAll(" ", "-") ?? "footage";
  return Response.json({ url: downloadLink(name, clock.now()) });
}

function play({ cameraId }: KeptRecording, { account, query, url }: Call, { playbacks }: World): Response {
  const [from, to] = [Date.parse(query.start ?? ""), query.end === undefined ? undefined : Date.parse(query.end)];
  const problem = to === undefined ? undefined : rangeProblem(from, to);
  if (problem) return invalidInput(problem);
  return openPlayback(playbacks, { start: from, end: to, type: account.cameras.get(cameraId)?.type, url });
}

function start(recording: KeptRecording, { query }: Call, { clock }: World): Response {
  const { start_from, stop_at, duration } = query;
  if (stop_at !== undefined && duration !== undefined) return invalidInput("Give either stop_at or duration.");
  const planned = duration === undefined ? undefined : clock.now() + duration * 1000;
  recording.start({
    from: start_from === undefined ? undefined : Date.parse(start_from),
    until: stop_at === undefined ? planned : Date.parse(stop_at),
  });
  return new Response(null, { status: 204 });
}

/** What is wrong with a range; the words are those of spec/examples. */
function rangeProblem(from: number, to: number, hours = Number.POSITIVE_INFINITY): string | undefined {
  if (from >= to) return "The start must be before the end.";
  return to - from > hours * HOUR ? `The range cannot be longer than ${hours} hours.` : undefined;
}
