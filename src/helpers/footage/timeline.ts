import { throwIfAborted } from "../../base/abort.ts";
import type { Clock } from "../../base/clock.ts";
import { rangesWithin, type TimeRange } from "../../base/time-range.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { quote, unexpectedContent } from "../../errors/unexpected-shape.ts";
import { locationOf, readArray, readObject, readTime, within } from "../response-fields.ts";
import { toSegment } from "../time-range.ts";
import type { SourceOperations } from "./source.ts";

/** The longest range of one timeline request: 24 hours, see spec/parameters/TimelineEnd.yaml. */
const LONGEST_WINDOW = 24 * 3_600_000;

/** The API returns whole seconds, see spec/schemas/TimelineSegment.yaml. */
const SECOND = 1000;

/**
 * The footage of any range, in windows that one request may cover. A window is read when it is needed, and once: it is
 * kept, so that segments, gaps and coverage of one range are paid for together.
 *
 * Windows touch: each begins at the very moment at which the one before it ends. Whether the API counts that moment to
 * the first, to the second or to both is not documented; it is requested twice, so it is not lost. An overlap of a
 * second would gain nothing and make a day, a week or a year cost one request more.
 *
 * Windows of the future are not read. Footage that the server has beyond the clock of this machine counts as past, so
 * that a clock that is slow hides none.
 */
export class Timeline {
  readonly range: TimeRange;
  /** How many requests it takes to read all windows up to now, at least one. */
  readonly cost: number;
  readonly #timeline: SourceOperations["timeline"];
  readonly #options: RequestOptions;
  readonly #windows: (Promise<readonly TimeRange[]> | undefined)[] = [];
  readonly #now: number;
  /** The end of the last footage that was read. */
  #footageEnd = Number.NEGATIVE_INFINITY;

  constructor(timeline: SourceOperations["timeline"], range: TimeRange, options: RequestOptions, clock: Clock) {
    this.range = range;
    this.#timeline = timeline;
    this.#options = options;
    this.#now = clock.now();
    const past = Math.max(0, Math.min(range.end, this.#now) - range.start);
    this.cost = Math.max(1, Math.ceil(past / LONGEST_WINDOW));
  }

  /** The end of the range, or of the past where the range reaches into the future. It grows with the footage that is read. */
  get end(): number {
    return Math.max(this.range.start, Math.min(this.range.end, Math.max(this.#now, this.#footageEnd)));
  }

  /** True for a window that can have footage. */
  has(index: number): boolean {
    const { start } = this.#window(index);
    return start < this.range.end && (index === 0 || start < this.#now || start <= this.#footageEnd);
  }

  /** The footage of a window in order, clipped to the range. A window that could not be read is requested again the next time. */
  async read(index: number): Promise<readonly TimeRange[]> {
    throwIfAborted(this.#options.signal);
    this.#windows[index] ??= this.#request(index).catch((error) => {
      this.#windows[index] = undefined;
      throw error;
    });
    return this.#windows[index];
  }

  /**
   * True when footage that ends there may go on in the next window. An edge within a second may come back rounded down
   * to the second.
   */
  mayGoOn(end: number, index: number): boolean {
    return end >= Math.floor(this.#window(index).end / SECOND) * SECOND;
  }

  async #request(index: number): Promise<readonly TimeRange[]> {
    const { id, read } = this.#timeline;
    const response = await read(toSegment(this.#window(index)), this.#options);
    const segments = rangesWithin(readSegments(id, response), this.range).sort((one, other) => one.start - other.start);
    for (const { end } of segments) this.#footageEnd = Math.max(this.#footageEnd, end);
    return segments;
  }

  #window(index: number): TimeRange {
    const start = this.range.start + index * LONGEST_WINDOW;
    return { start, end: Math.min(start + LONGEST_WINDOW, this.range.end) };
  }
}

/** A response that cannot be read is an error: taken as "no footage" it would make its reader believe that there is none. */
function readSegments(operationId: string, response: unknown): TimeRange[] {
  const location = locationOf(operationId);
  return readArray(location, response, "segments").map((item, index) => {
    const at = within(location, "segments", index);
    const segment = readObject(at, item);
    const range = { start: readTime(at, segment, "start"), end: readTime(at, segment, "end") };
    if (range.start <= range.end) return range;
    throw unexpectedContent(
      location.operation,
      `${at.path} ends before it starts, got start ${quote(segment.start)} and end ${quote(segment.end)}`,
    );
  });
}
