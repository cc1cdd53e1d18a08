import type { Angelcam } from "../client/angelcam.ts";
import { UnexpectedResponseError } from "../errors/client-errors.ts";
import type { FootageOptions } from "./footage/footage.ts";
import { walkSegments } from "./footage/iterate.ts";
import { Resume } from "./footage/resumable-iterator.ts";
import { Timeline } from "./footage/timeline.ts";
import { checkRecordingId, type FootageSegment, type Span, toSegment, toSpan } from "./time-range.ts";

/** The longest piece that one link may hold: 3 hours, see spec/parameters/DownloadEnd.yaml. */
const LONGEST_PIECE = 3 * 3_600_000;

/** What to download. The rest goes to every request: `signal`, `timeout`, `space`, ... */
export interface DownloadsOptions extends FootageOptions {
  /**
   * The name of each file, without an ending such as `.mp4`: one name for all of them, or a function that is given the
   * piece.
   */
  filename?: string | ((piece: FootageSegment) => string) | undefined;
}

/** A link to a file with footage. */
export interface FootageDownload {
  /** The beginning of the footage in it, UTC ISO. */
  start: string;
  /** The end of the footage in it, UTC ISO, at most three hours after the start. */
  end: string;
  /** The link. Whoever has it can download the footage. It works for 1200 seconds in published examples. */
  url: string;
}

/**
 * Links to all the footage of a recording in a range of any length. Nothing is sent before a link is asked for.
 *
 * A link holds at most three hours, and one for a span without footage would end in 404. So the timeline is read first,
 * window by window, and each segment is cut into pieces of three hours and a rest. A piece never reaches over a gap.
 * Links die after some 20 minutes: use each before you ask for the next.
 *
 * @param recordingId The id of the recording, as `cameras.recordings.list` tells it.
 * @throws TypeError for a start or an end that is no date, a missing id or an empty filename; RangeError when start is
 * not before end.
 * @example
 * ```ts
 * const filename = ({ start }: FootageSegment) => `front-door-${start.replaceAll(":", "-")}`;
 * for await (const { url } of downloads(angelcam, recordingId, { start, end, filename })) await save(url);
 * ```
 */
export function downloads(angelcam: Angelcam, recordingId: string, options: DownloadsOptions): Downloads {
  const { start, end, filename, ...requestOptions } = options;
  checkRecordingId("downloads", recordingId);
  if (filename !== undefined && typeof filename !== "function") checkFilename(filename);
  const timeline = new Timeline(angelcam, recordingId, toSpan("downloads", start, end), requestOptions);
  const link = async (span: Span): Promise<FootageDownload> => {
    const piece = toSegment(span);
    const name = typeof filename === "function" ? checkFilename(filename({ ...piece })) : filename;
    const query = name === undefined ? piece : { ...piece, filename: name };
    const { url } = await angelcam.recordings.download(recordingId, query, requestOptions);
    if (url) return { ...piece, url };
    throw new UnexpectedResponseError("recordings.download: the answer has no url", {
      code: "unexpected_response",
      retryable: false,
      operationId: "recordings.download",
    });
  };
  return new Downloads(timeline, link, requestOptions.signal);
}

/**
 * The links of a range, each asked for when it is needed.
 *
 * An iteration that failed can be gone on with: iterating again starts with the link, or the window of the timeline,
 * that failed. After a `break`, iterating begins at the start, with new links.
 */
export class Downloads implements AsyncIterable<FootageDownload> {
  /**
   * How many requests it takes to read the timeline of the whole range: one for each 24 hours. Each link costs one more;
   * how many there are depends on the footage, see `countLinks`.
   */
  readonly timelineCost: number;
  readonly #timeline: Timeline;
  readonly #link: (piece: Span) => Promise<FootageDownload>;
  readonly #links: Resume;

  /** @internal */
  constructor(timeline: Timeline, link: (piece: Span) => Promise<FootageDownload>, signal: AbortSignal | undefined) {
    this.timelineCost = timeline.cost;
    this.#timeline = timeline;
    this.#link = link;
    this.#links = new Resume(signal);
  }

  /** Link after link, in the order of the footage, one request each. */
  [Symbol.asyncIterator](): AsyncGenerator<FootageDownload, void, undefined> {
    return this.#links.over(this.#pieces(), this.#link);
  }

  /**
   * How many links there are, and so how many requests they take. Reads the timeline of the whole range, which is kept:
   * iterating afterwards costs the links alone.
   */
  async countLinks(): Promise<number> {
    let count = 0;
    for await (const _piece of this.#pieces()) count++;
    return count;
  }

  async *#pieces(): AsyncGenerator<Span, void, undefined> {
    for await (const { start, end } of walkSegments(this.#timeline)) {
      for (let from = start; from < end; from += LONGEST_PIECE) {
        yield { start: from, end: Math.min(from + LONGEST_PIECE, end) };
      }
    }
  }
}

function checkFilename(filename: unknown): string {
  if (typeof filename === "string" && filename !== "") return filename;
  throw new TypeError("downloads: filename must be a text that is not empty");
}
