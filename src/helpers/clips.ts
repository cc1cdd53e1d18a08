import { waitUnlessAborted } from "../base/abort.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkNumber } from "../base/check-number.ts";
import { checkFunctions } from "../base/check-type.ts";
import { pause } from "../base/clock.ts";
import { isId } from "../base/is-id.ts";
import { type DateInput, toIso } from "../base/time.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { ResponseOf } from "../client/operation-types.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { RateLimitError } from "../errors/api-errors.ts";
import { QuotaError } from "../errors/client-errors.ts";
import { quote, unexpectedContent } from "../errors/unexpected-shape.ts";
import { checkClient } from "./check-client.ts";
import { pollClip, type RawClip } from "./clip-polls.ts";
import { attachIds, idFrom, type PollingOptions, pollingOptionNames, type Wait, withPolling } from "./polling.ts";
import { locationOf, readObject, readString } from "./response-fields.ts";
import { toTimeRange } from "./time-range.ts";

type Clip = ResponseOf<"cameras.clips.get">;

/** The longest footage that a clip may hold: 3 hours, see spec/schemas/ClipSpan.yaml. */
const LONGEST_CLIP = 3 * 3_600_000;

/** No document says how long a clip takes, so this is ours. */
const DEADLINE = 15 * 60_000;

/** How long to wait, in milliseconds, before a request is sent again that a quota has rejected without a time, and at least. */
const QUOTA_WAIT = 10_000;
const SHORTEST_QUOTA_WAIT = 1000;

/** How to wait for a clip. The rest goes to every request: `timeout`, `space`, ... */
export interface WaitForClipOptions extends PollingOptions {
  /**
   * Milliseconds that the whole wait may take, every request and pause included. At least 1.
   *
   * @default 900_000
   */
  deadline?: number | undefined;
}

/** The clip to create, and how to wait for it. */
export interface CreateClipOptions extends WaitForClipOptions {
  /** The name of the clip. */
  name: string;
  /** The beginning: a `Date`, or an ISO string with its time zone (`2026-11-24T07:58:00Z`). */
  start: DateInput;
  /** The end, in the same forms, at most three hours after the start. */
  end: DateInput;
  /**
   * The id of the recording to cut from.
   *
   * @default the recording that never stops
   */
  recording?: string | undefined;
  /**
   * Called with the clip as soon as it is created, for a program that saves its id before it waits. A promise that it
   * returns is waited for, as long as `deadline` and `signal` allow.
   */
  onCreated?: ((clip: Clip) => unknown) | undefined;
}

/** Angelcam could not make the clip: its status is `ERROR`. The clip itself is in `clip`, which logs do not show. */
export class ClipError extends AngelcamError {
  override readonly name: string = "ClipError";
  declare readonly code: "clip_failed";
  /** The id of the clip. */
  declare readonly clipId: string;
  readonly #clip: Clip;

  /** @internal */
  constructor(clip: Clip) {
    super(
      "The clip could not be made, and will not be: create another one. There may be no footage in its time range.",
      {
        code: "clip_failed",
        retryable: false,
      },
    );
    this.#clip = clip;
  }

  /** The clip as it was read last. */
  get clip(): Clip {
    return this.#clip;
  }
}

/**
 * Creates a clip, once, and waits until it is ready.
 *
 * The clip is read with growing pauses of 4 to 30 seconds, each up to a fifth shorter at random; all clips of one client and
 * camera that are waited for are read by one list request. A retryable failure ends the wait only when it happens three
 * times in a row, and a 404 within a minute after the creation is retried. A creation that a quota rejects waits and is
 * sent again. Every error after the creation has the clip's id in `clipId` (see `clipIdOf`): go on with `waitForClip`, for a
 * second `createClip` creates a second clip. The reason of your own abort is left as it is; `onCreated` has the id in time for that.
 *
 * @param cameraId The id of the camera, as in the list of cameras.
 * @returns The clip, `READY`: its `download_url` works for a limited time.
 * @throws TypeError or RangeError for invalid input, before anything is sent; `ClipError` when the clip cannot be made;
 * `TimeoutError` when it takes longer than `deadline`; `UnexpectedResponseError` for a clip without an id, or an unknown
 * status; the signal's reason; any error of a request.
 * @example
 * ```ts
 * const clip = await createClip(angelcam, 20311, {
 *   name: "Parcel at the door",
 *   start: "2026-11-24T07:58:00Z",
 *   end: "2026-11-24T08:03:00Z",
 * });
 * console.log(clip.download_url);
 * ```
 */
export async function createClip(angelcam: Angelcam, cameraId: number, options: CreateClipOptions): Promise<Clip> {
  checkClient("createClip", angelcam);
  checkOptionNames("createClip", options, [...FIELDS, "onCreated", ...pollingOptionNames]);
  const body = toBody(options);
  let id: string | undefined;
  const onTimeout = () =>
    id === undefined
      ? "It is not known whether the clip was created: look for it in cameras.clips.list before you create another."
      : goOn(id);
  const { signal, onCreated } = options;
  checkFunctions("createClip: ", { onCreated });
  return withPolling("createClip", options, DEADLINE, onTimeout, async (wait) => {
    const clip = await sendOnce(() => angelcam.cameras.clips.create(cameraId, body, wait.request), wait);
    const clipId = idOfNew(clip);
    id = clipId;
    const notify = async () => onCreated?.(clip as Clip);
    const work = waitUnlessAborted(notify(), wait.request.signal).then(() => {
      const isDone = isReady("cameras.clips.create", clip as RawClip);
      return isDone ? (clip as Clip) : ready(angelcam, cameraId, clipId, true, wait);
    });
    return attachIds({ clipId }, signal, work);
  });
}

/**
 * Waits for a clip that has been created, in the manner of `createClip`.
 *
 * @param clipId The id of the clip, from `clipIdOf` or the list of clips.
 * @returns The clip, `READY`.
 * @throws As `createClip`.
 * @example
 * ```ts
 * const clip = await createClip(angelcam, 20311, wanted).catch((error) => {
 *   const clipId = clipIdOf(error);
 *   if (clipId === undefined) throw error;
 *   return waitForClip(angelcam, 20311, clipId);
 * });
 * ```
 */
export async function waitForClip(
  angelcam: Angelcam,
  cameraId: number,
  clipId: string,
  options: WaitForClipOptions = {},
): Promise<Clip> {
  checkClient("waitForClip", angelcam);
  checkOptionNames("waitForClip", options, pollingOptionNames);
  checkNumber("waitForClip: cameraId", { type: "integer", minimum: 1 }, cameraId);
  if (!isId(clipId)) throw new TypeError("waitForClip: clipId must be a non-empty string");
  const onTimeout = () => goOn(clipId);
  return withPolling("waitForClip", options, DEADLINE, onTimeout, (wait) =>
    attachIds({ clipId }, options.signal, ready(angelcam, cameraId, clipId, false, wait)),
  );
}

/** The id of the clip that had been created when this error came; undefined when none had, as far as is known. */
export function clipIdOf(error: unknown): string | undefined {
  return idFrom(error, "clipId");
}

/** Sends a request that must not succeed twice: again only after a quota has rejected it, for nothing was created then. */
async function sendOnce(send: () => PromiseLike<unknown>, { clock, deadline, request }: Wait): Promise<unknown> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof QuotaError || error instanceof RateLimitError)) throw error;
      const until = error.retryAt?.getTime() || clock.now() + QUOTA_WAIT;
      const delay = Math.max(until - clock.now(), SHORTEST_QUOTA_WAIT);
      if (clock.monotonic() + delay >= deadline) throw error;
      await pause(clock, delay, request.signal);
    }
  }
}

async function ready(angelcam: Angelcam, cameraId: number, clipId: string, isNew: boolean, wait: Wait): Promise<Clip> {
  const isDone = (clip: RawClip) => isReady("cameras.clips.get", clip);
  return (await pollClip(angelcam, cameraId, { clipId, isNew, isDone }, wait)) as unknown as Clip;
}

/** The id of a clip that was just created: without it nobody can wait for the clip, but it has been created. */
function idOfNew(clip: unknown): string {
  const location = locationOf("cameras.clips.create");
  const { id } = readObject(location, clip);
  if (isId(id)) return id;
  throw unexpectedContent(
    location.operation,
    "the response has no id. The clip is created all the same: look for it in cameras.clips.list before you create another",
  );
}

/** Options that go into the body. */
const FIELDS = ["name", "start", "end", "recording"] as const satisfies (keyof CreateClipOptions)[];

const PENDING = ["PENDING", "BUILDING"];

function isReady(operationId: string, clip: RawClip): boolean {
  const location = locationOf(operationId);
  const status = readString(location, clip, "status");
  if (status === "ERROR") throw new ClipError(clip as unknown as Clip);
  if (status === "READY" || PENDING.includes(status)) return status === "READY";
  throw unexpectedContent(location.operation, `status must be PENDING, BUILDING, READY or ERROR, got ${quote(status)}`);
}

function toBody({ name, start, end, recording }: CreateClipOptions) {
  if (typeof name !== "string" || name === "") throw new TypeError("createClip: name must be a non-empty string");
  if (recording !== undefined && (typeof recording !== "string" || recording === "")) {
    throw new TypeError("createClip: recording must be a non-empty string");
  }
  const span = toTimeRange("createClip", start, end);
  if (span.end - span.start > LONGEST_CLIP) {
    throw new RangeError(
      `createClip: end must be at most 3 hours after start, got ${(span.end - span.start) / 1000} s`,
    );
  }
  return { name, start: toIso(span.start), end: toIso(span.end), ...(recording === undefined ? {} : { recording }) };
}

function goOn(clipId: string): string {
  return `The clip is created, and may still become ready: go on with waitForClip and the clip id ${clipId}.`;
}
