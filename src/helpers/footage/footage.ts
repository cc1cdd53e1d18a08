import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { checkRecordingId, type FootageSegment, type Span, toSegment, toSpan } from "../time-range.ts";
import { walkGaps, walkSegments } from "./iterate.ts";
import { Resume } from "./resumable-iterator.ts";
import { Timeline } from "./timeline.ts";

export type { FootageSegment };

/** The range to look at. The rest goes to every request: `signal`, `timeout`, `space`, ... */
export interface FootageOptions extends RequestOptions {
  /** The beginning: a `Date`, or an ISO string with its time zone (`2026-11-23T08:00:00Z`) or of a day (UTC). */
  start: Date | string;
  /** The end, in the same forms, after the start. It may be any time later, and in the future. */
  end: Date | string;
}

/** How much of a range has footage. */
export interface FootageCoverage {
  /** Seconds with footage. */
  covered: number;
  /** Seconds of the range. */
  total: number;
  /** `covered` of `total`, from 0 to 1. */
  ratio: number;
}

/**
 * Tells where a recording has footage, in a range of any length. Nothing is sent before something is asked for.
 *
 * The API tells one day at a time. So the range is read in windows of 24 hours, each when it is needed, and the segments
 * are joined over their edges. A year takes 365 requests; `cost` says so beforehand. What has been read is kept: gaps and
 * coverage of the same object cost nothing more. Make a new one to see footage that came later.
 *
 * @param recordingId The id of the recording, as `cameras.recordings.list` tells it.
 * @throws TypeError for a start or an end that is no date, or a missing id; RangeError when start is not before end.
 * @example
 * ```ts
 * const recorded = footage(angelcam, recordingId, { start: "2026-11-01T00:00:00Z", end: "2026-12-01T00:00:00Z" });
 * console.log(`${recorded.cost} requests`);
 * for await (const { start, end } of recorded) console.log(start, end);
 * for await (const { start, end } of recorded.gaps()) console.log("nothing from", start, "to", end);
 * console.log((await recorded.coverage()).ratio);
 * ```
 */
export function footage(angelcam: Angelcam, recordingId: string, options: FootageOptions): Footage {
  const { start, end, ...requestOptions } = options;
  checkRecordingId("footage", recordingId);
  const timeline = new Timeline(angelcam, recordingId, toSpan("footage", start, end), requestOptions);
  return new Footage(timeline, requestOptions.signal);
}

/**
 * The footage of a range: iterate it for the segments, or ask for gaps and coverage.
 *
 * An iteration that failed can be gone on with: iterating again starts behind what was given, with the window that
 * failed. Windows that were read are not asked for again. After a `break`, iterating begins at the start, from what is
 * kept.
 */
export class Footage implements AsyncIterable<FootageSegment> {
  /** How many requests it takes to read the whole range: one for each 24 hours, the last of which may be shorter. */
  readonly cost: number;
  readonly #timeline: Timeline;
  readonly #segments: Resume;
  readonly #gaps: Resume;

  /** @internal */
  constructor(timeline: Timeline, signal: AbortSignal | undefined) {
    this.cost = timeline.cost;
    this.#timeline = timeline;
    this.#segments = new Resume(signal);
    this.#gaps = new Resume(signal);
  }

  /**
   * Segment after segment, in order, clipped to the range. No two of them touch. One comes only when it is certain that
   * it does not go on in the next window, and no window is asked for before it is needed.
   */
  [Symbol.asyncIterator](): AsyncGenerator<FootageSegment, void, undefined> {
    return this.#segments.over(walkSegments(this.#timeline), toSegment);
  }

  /** The parts of the range without footage, in order; what segments and gaps cover together is the range. */
  gaps(): AsyncGenerator<FootageSegment, void, undefined> {
    return this.#gaps.over(walkGaps(this.#timeline), toSegment);
  }

  /** How much of the range has footage. Reads the whole range; after a failure, only what is missing. */
  async coverage(): Promise<FootageCoverage> {
    let covered = 0;
    for await (const segment of walkSegments(this.#timeline)) covered += secondsOf(segment);
    const total = secondsOf(this.#timeline.span);
    return { covered, total, ratio: covered / total };
  }

  /** Every segment of the range in one array. Reads the whole range; after a failure, only what is missing. */
  async toArray(): Promise<FootageSegment[]> {
    const segments: FootageSegment[] = [];
    for await (const segment of walkSegments(this.#timeline)) segments.push(toSegment(segment));
    return segments;
  }
}

function secondsOf({ start, end }: Span): number {
  return (end - start) / 1000;
}
