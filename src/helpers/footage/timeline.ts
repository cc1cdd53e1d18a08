import type { Angelcam } from "../../client/angelcam.ts";
import type { ResponseOf } from "../../client/operation-types.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { UnexpectedResponseError } from "../../errors/client-errors.ts";
import { parseTime, type Span, toSegment } from "../time-range.ts";

/** The longest range of one timeline request: 24 hours, see spec/parameters/TimelineEnd.yaml. */
const LONGEST_WINDOW = 24 * 3_600_000;

/** The API answers in whole seconds, see spec/schemas/TimelineSegment.yaml. */
const SECOND = 1000;

/**
 * The footage of any range, in windows that one request may ask for. A window is read when it is needed, and once: it is
 * kept, so that segments, gaps and coverage of one range are paid for together.
 *
 * Windows touch: each begins at the very moment at which the one before it ends. Whether the API counts that moment to
 * the first, to the second or to both is not documented; it is asked for twice, so it is not lost. An overlap of a
 * second would gain nothing and make a day, a week or a year cost one request more.
 */
export class Timeline {
  readonly span: Span;
  /** How many windows there are, and so how many requests it takes to read them all. */
  readonly cost: number;
  readonly #angelcam: Angelcam;
  readonly #recordingId: string;
  readonly #options: RequestOptions;
  readonly #windows: (Promise<readonly Span[]> | undefined)[] = [];

  constructor(angelcam: Angelcam, recordingId: string, span: Span, options: RequestOptions) {
    this.span = span;
    this.cost = Math.ceil((span.end - span.start) / LONGEST_WINDOW);
    this.#angelcam = angelcam;
    this.#recordingId = recordingId;
    this.#options = options;
  }

  /** The footage of a window in order, clipped to the range. What could not be read is asked for again the next time. */
  async read(index: number): Promise<readonly Span[]> {
    this.#options.signal?.throwIfAborted();
    this.#windows[index] ??= this.#ask(index).catch((error) => {
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

  async #ask(index: number): Promise<readonly Span[]> {
    const query = toSegment(this.#window(index));
    const { segments } = await this.#angelcam.recordings.timeline(this.#recordingId, query, this.#options);
    return toSpans(segments)
      .map(({ start, end }) => ({ start: Math.max(start, this.span.start), end: Math.min(end, this.span.end) }))
      .filter(({ start, end }) => start < end)
      .sort((one, other) => one.start - other.start);
  }

  #window(index: number): Span {
    const start = this.span.start + index * LONGEST_WINDOW;
    return { start, end: Math.min(start + LONGEST_WINDOW, this.span.end) };
  }
}

/** An answer that cannot be read is an error: taken as "no footage" it would make somebody believe that there is none. */
function toSpans(segments: ResponseOf<"recordings.timeline">["segments"]): Span[] {
  const spans = segments?.map(({ start, end }) => ({ start: parseTime(start), end: parseTime(end) }));
  if (spans?.every(({ start, end }) => !Number.isNaN(start) && !Number.isNaN(end))) return spans;
  throw new UnexpectedResponseError(
    "recordings.timeline: the answer has no segments, or one without a start or an end",
    {
      code: "unexpected_response",
      retryable: false,
      operationId: "recordings.timeline",
    },
  );
}
