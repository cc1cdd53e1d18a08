import { checkClock } from "../../base/check-type.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import type { DateInput } from "../../base/time.ts";
import type { TimeRange } from "../../base/time-range.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { callOptionNames, checkCallOptions } from "../../transport/call-options.ts";
import { requestOptionsOf } from "../request-options-of.ts";
import { type FootageSegment, toSegment, toTimeRange } from "../time-range.ts";
import { iterateGaps, iterateSegments } from "./iterate.ts";
import { ResumableIterator } from "./resumable-iterator.ts";
import { type FootageSource, operationsOf } from "./source.ts";
import { Timeline } from "./timeline.ts";

export type { DateInput, FootageSegment, FootageSource };

/** The range to read. The rest goes to every request: `signal`, `timeout`, `space`, ... */
export interface FootageOptions extends RequestOptions {
  /** The beginning: a `Date`, or an ISO string with its time zone (`2026-11-23T08:00:00Z`) or of a day (UTC). */
  start: DateInput;
  /** The end, in the same forms, after the start. It may be any time later, and in the future. */
  end: DateInput;
  /**
   * The source of time, which says where the future begins.
   *
   * @default the clock of the machine
   */
  clock?: Clock | undefined;
}

/** How much of a range has footage. */
export interface FootageCoverage {
  /** Seconds with footage. */
  covered: number;
  /** Seconds of the range, up to now. */
  total: number;
  /** `covered` of `total`, from 0 to 1; 0 for a range in the future. */
  ratio: number;
}

/** Names of the options of `footage`. */
export const footageOptionNames: readonly string[] = ["start", "end", "clock", ...callOptionNames];

/**
 * Finds out where a recording has footage, in a range of any length. Nothing is sent before something is requested.
 *
 * A request covers one day. So the range is read in windows of 24 hours, each when it is needed, and the segments are
 * joined over their edges. A year takes 365 requests; `cost` says so beforehand. Windows are kept: gaps and coverage of
 * the same object cost nothing more. Make a new one to see footage that came later. The future is neither footage nor
 * gap, and costs no request. The first window is read in any case: the clock of this machine may be slow.
 *
 * @param source The id of a recording, as `cameras.recordings.list` returns it, or `{ camera }` or `{ sharedCamera }`.
 * @throws TypeError for an invalid date or source; RangeError when start is not before end; the iterations throw
 * `UnexpectedResponseError` for a timeline that cannot be read, and any error of a request.
 * @example
 * ```ts
 * const recorded = footage(angelcam, recordingId, { start: "2026-11-01T00:00:00Z", end: "2026-12-01T00:00:00Z" });
 * console.log(`${recorded.cost} requests`);
 * for await (const { start, end } of recorded) console.log(start, end);
 * for await (const { start, end } of recorded.gaps()) console.log("nothing from", start, "to", end);
 * console.log((await recorded.coverage()).ratio);
 * ```
 */
export function footage(angelcam: Angelcam, source: FootageSource, options: FootageOptions): Footage {
  checkCallOptions("footage", options, footageOptionNames);
  const { start, end, clock = systemClock } = options;
  const requestOptions = requestOptionsOf(options);
  checkClock("footage: ", clock);
  const { timeline } = operationsOf("footage", angelcam, source);
  const range = toTimeRange("footage", start, end);
  return new Footage(new Timeline(timeline, range, requestOptions, clock), requestOptions.signal ?? undefined);
}

/**
 * The footage of a range: iterate it for the segments, or request gaps and coverage.
 *
 * An iteration that failed can be resumed: iterating again starts after the last segment that was returned, with the
 * window that failed. Windows that were read are not requested again. After a `break`, iterating begins at the start,
 * from what is kept.
 */
export class Footage implements AsyncIterable<FootageSegment> {
  /**
   * How many requests it takes to read the whole range: one for each 24 hours up to now, the last of which may be shorter.
   * At least 1.
   */
  readonly cost: number;
  readonly #timeline: Timeline;
  readonly #segments: ResumableIterator;
  readonly #gaps: ResumableIterator;

  /** @internal */
  constructor(timeline: Timeline, signal: AbortSignal | undefined) {
    this.cost = timeline.cost;
    this.#timeline = timeline;
    this.#segments = new ResumableIterator(signal);
    this.#gaps = new ResumableIterator(signal);
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "Footage";
  }

  /**
   * Segment after segment, in order, clipped to the range. No two of them touch. One comes only when it is certain that
   * it does not go on in the next window, and no window is requested before it is needed.
   */
  [Symbol.asyncIterator](): AsyncGenerator<FootageSegment, void, undefined> {
    return this.#segments.iterate(iterateSegments(this.#timeline), toSegment);
  }

  /** The parts of the range without footage, in order; segments and gaps together cover the range up to now. */
  gaps(): AsyncGenerator<FootageSegment, void, undefined> {
    return this.#gaps.iterate(iterateGaps(this.#timeline), toSegment);
  }

  /** How much of the range has footage, counted up to now. Reads the whole range; after a failure, only what is missing. */
  async coverage(): Promise<FootageCoverage> {
    let covered = 0;
    for await (const segment of iterateSegments(this.#timeline)) covered += secondsOf(segment);
    const { range, end } = this.#timeline;
    const total = secondsOf({ start: range.start, end });
    return { covered, total, ratio: total > 0 ? covered / total : 0 };
  }

  /** Every segment of the range in one array. Reads the whole range; after a failure, only what is missing. */
  async toArray(): Promise<FootageSegment[]> {
    const segments: FootageSegment[] = [];
    for await (const segment of iterateSegments(this.#timeline)) segments.push(toSegment(segment));
    return segments;
  }
}

function secondsOf({ start, end }: TimeRange): number {
  return (end - start) / 1000;
}
