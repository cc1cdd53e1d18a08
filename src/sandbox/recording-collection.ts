import type { Random } from "../base/random.ts";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import type { TimeRange } from "../base/time-range.ts";
import type { SandboxCamera } from "./camera.ts";
import { type DateInput, toTime } from "./clock.ts";
import { KeptRecording, type SandboxRecording, shownSegments } from "./recording.ts";
import { CameraItems, type SandboxList } from "./resources/collection.ts";

/** A stretch of footage. */
export interface SandboxSegment {
  readonly start: DateInput;
  readonly end: DateInput;
}

/**
 * The recordings of an account. A camera whose `applications` hold `CRA` has one from the start, with a week of made-up
 * footage with holes.
 *
 * @example
 * ```ts
 * const [recording] = sandbox.recordings;
 * sandbox.recordings.setFootage(recording.id, [{ start: "2026-11-23T20:00:00Z", end: "2026-11-24T04:00:00Z" }]);
 * ```
 */
export interface SandboxRecordings extends SandboxList<SandboxRecording, string> {
  /** The recordings of a camera. The first one is the one that never stops. */
  of(cameraId: number): readonly SandboxRecording[];
  /**
   * Adds a recording to a camera; it has no footage and does not run.
   *
   * @throws RangeError when the account has no such camera.
   */
  add(cameraId: number, recording?: Partial<Pick<SandboxRecording, "id" | "retention">>): SandboxRecording;
  /** Removes a recording with its footage; false if there is none with this id. */
  remove(id: string): boolean;
  /** All footage of a recording up to now, in order. */
  footage(id: string): { readonly start: string; readonly end: string }[];
  /**
   * Replaces all footage of a recording, in any order, also over midnight and in the future. The recording does not run
   * afterwards, so that the footage stays as it is.
   *
   * @throws RangeError for a segment that does not start before its end, or an unknown recording.
   */
  setFootage(id: string, segments: readonly SandboxSegment[]): void;
}

/** The part of a camera that its recording needs. */
type RecordedCamera = Pick<SandboxCamera, "id" | "status" | "applications">;

/** The recordings of an account. */
export class RecordingCollection extends CameraItems<KeptRecording, RecordedCamera> implements SandboxRecordings {
  add(cameraId: number, { id, retention }: Partial<Pick<SandboxRecording, "id" | "retention">> = {}): KeptRecording {
    if (!this.cameras.get(cameraId)) throw new RangeError(`recordings.add: there is no camera ${cameraId}`);
    const recording = new KeptRecording(id ?? this.random.uuid(), cameraId, this.source.clock);
    if (this.get(recording.id)) throw new RangeError(`recordings.add: there is a recording ${recording.id} already`);
    if (retention !== undefined) recording.retention = retention;
    this.items.push(recording);
    return recording;
  }

  footage(id: string): { start: string; end: string }[] {
    return shownSegments(this.#known(id, "footage").footage);
  }

  setFootage(id: string, segments: readonly SandboxSegment[]): void {
    const recording = this.#known(id, "setFootage");
    const footage = segments.map(({ start, end }) => ({
      start: toTime("recordings.setFootage: start", start),
      end: toTime("recordings.setFootage: end", end),
    }));
    if (footage.some(({ start, end }) => start >= end)) {
      throw new RangeError("recordings.setFootage: a segment must start before its end");
    }
    recording.replace(footage);
  }

  #known(id: string, method: string): KeptRecording {
    const recording = this.get(id);
    if (!recording) throw new RangeError(`recordings.${method}: there is no recording ${id}`);
    return recording;
  }

  /** A camera that cannot be reached has no footage of the last stretch. */
  protected override begin({ id, status, applications }: RecordedCamera, random: Random): void {
    if (!applications.some(({ code }) => code === "CRA")) return;
    const recording = new KeptRecording(random.uuid(), id, this.source.clock);
    const now = this.source.clock.now();
    const footage = inventFootage(random, now);
    const newest = footage.pop();
    recording.replace(footage);
    if (status === "online") recording.start({ from: Math.min(newest?.start ?? now, now) });
    else recording.status = "CONNECTING";
    this.items.push(recording);
  }
}

/** How far made-up footage reaches back, as the retention of made-up recordings says. */
const KEPT = 7 * DAY;

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** Makes up the footage of a week until now, in whole seconds: stretches of hours, some over midnight, and holes. */
function inventFootage(random: Random, now: number): TimeRange[] {
  const end = seconds(now);
  const footage: TimeRange[] = [];
  for (let start = end - KEPT; start < end; ) {
    const length = seconds(random.integer(2 * HOUR, 20 * HOUR));
    footage.push({ start, end: Math.min(start + length, end) });
    start += length + seconds(random.integer(MINUTE, 3 * HOUR));
  }
  return footage;
}
