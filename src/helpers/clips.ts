import type { components } from "../../generated/schema.ts";
import { systemClock } from "../base/clock.ts";
import type { Angelcam } from "../client/angelcam.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { idIn, naming, type PollingOptions, type Wait, waiting } from "./polling.ts";
import { toIso, toSpan } from "./time-range.ts";

type Clip = components["schemas"]["Clip"];

/** The longest footage that a clip may hold: 3 hours, see spec/schemas/ClipSpan.yaml. */
const LONGEST_CLIP = 3 * 3_600_000;

/** Nothing tells how long a clip takes: ours. */
const TIMEOUT = 15 * 60_000;

/** How to wait for a clip. */
export interface WaitForClipOptions extends PollingOptions {
  /**
   * Milliseconds that the whole wait may take, every request and pause included.
   *
   * @default 900_000
   */
  timeout?: number | undefined;
}

/** What to cut, and how to wait for it. */
export interface CreateClipOptions extends WaitForClipOptions {
  /** The name of the clip. */
  name: string;
  /** The beginning: a `Date`, or an ISO string with its time zone (`2026-11-24T07:58:00Z`). */
  start: Date | string;
  /** The end, in the same forms, at most three hours after the start. */
  end: Date | string;
  /** The id of the recording to cut from. Left out, it is the one that never stops. */
  recording?: string | undefined;
  /** Told of the clip as soon as it is ordered, for a program that keeps its id before it waits. */
  onCreated?: ((clip: Clip) => void) | undefined;
}

/** Angelcam could not make the clip: its status is `ERROR`. The clip itself is in `clip`, which logs do not show. */
export class ClipError extends AngelcamError {
  override readonly name: string = "ClipError";
  /** The id of the clip. */
  declare readonly clipId: string;
  readonly #clip: Clip;

  /** @internal */
  constructor(clip: Clip) {
    super("The clip could not be made, and will not be: order another one. There may be no footage in its span.", {
      code: "clip_failed",
      retryable: false,
    });
    this.#clip = clip;
  }

  /** The clip as it was read last. */
  get clip(): Clip {
    return this.#clip;
  }
}

/**
 * Orders a clip, once, and waits until it is ready.
 *
 * The clip is asked for with growing pauses of 2 to 30 seconds. A failure that may pass ends the wait only when it
 * happens three times in a row. Every error that comes after the order has the clip's id in `clipId` (see `clipIdOf`): go
 * on with `waitForClip`, for a second `createClip` orders a second clip. The reason of your own abort is left as it is;
 * `onCreated` tells the id in time for that.
 *
 * @param cameraId The id of the camera, as it stands in the list of cameras.
 * @returns The clip, `READY`: its `download_url` works for a limited time.
 * @throws TypeError or RangeError for input that makes no sense, before anything is sent; `ClipError` when the clip
 * cannot be made; `TimeoutError` when it takes longer than `timeout`; the signal's reason; whatever a request throws.
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
  const order = toOrder(options);
  let id: string | undefined;
  const onTimeout = () =>
    id === undefined
      ? "It is not known whether the clip was ordered: look for it in cameras.clips.list before you order another."
      : goOn(id);
  const { clock = systemClock, signal, onCreated } = options;
  return waiting("createClip", { ...options, clock }, TIMEOUT, onTimeout, async (wait) => {
    const clip = await angelcam.cameras.clips.create(cameraId, order, wait.request);
    id = clip.id;
    const told = async () => onCreated?.(clip);
    return naming({ clipId: id }, signal, told()).then(() => ready(angelcam, cameraId, clip.id, clip, wait, signal));
  });
}

/**
 * Waits for a clip that has been ordered, in the manner of `createClip`.
 *
 * @param clipId The id of the clip, as `clipIdOf` or the list of clips tells it.
 * @returns The clip, `READY`.
 * @throws As `createClip`.
 * @example
 * ```ts
 * const clip = await createClip(angelcam, 20311, order).catch((error) => {
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
  const { clock = systemClock, signal } = options;
  const onTimeout = () => goOn(clipId);
  return waiting("waitForClip", { ...options, clock }, TIMEOUT, onTimeout, (wait) =>
    ready(angelcam, cameraId, clipId, undefined, wait, signal),
  );
}

/** The id of the clip that had been ordered when this error came; undefined when none had, as far as is known. */
export function clipIdOf(error: unknown): string | undefined {
  return idIn(error, "clipId");
}

function ready(
  angelcam: Angelcam,
  cameraId: number,
  clipId: string,
  known: Clip | undefined,
  wait: Wait,
  signal: AbortSignal | undefined,
): Promise<Clip> {
  const read = () => angelcam.cameras.clips.get(cameraId, clipId, wait.request);
  return naming({ clipId }, signal, wait.until(known, read, isReady));
}

function isReady(clip: Clip): boolean {
  if (clip.status === "ERROR") throw new ClipError(clip);
  return clip.status === "READY";
}

function toOrder({ name, start, end, recording }: CreateClipOptions) {
  if (typeof name !== "string" || name === "") throw new TypeError("createClip: name must be a text that is not empty");
  if (recording !== undefined && (typeof recording !== "string" || recording === "")) {
    throw new TypeError("createClip: recording must be a text that is not empty");
  }
  const span = toSpan("createClip", start, end);
  if (span.end - span.start > LONGEST_CLIP) {
    throw new RangeError(
      `createClip: end must be at most 3 hours after start, got ${(span.end - span.start) / 1000} s`,
    );
  }
  return { name, start: toIso(span.start), end: toIso(span.end), ...(recording === undefined ? {} : { recording }) };
}

function goOn(clipId: string): string {
  return `The clip is ordered, and may still become ready: go on with waitForClip and the clip id ${clipId}.`;
}
