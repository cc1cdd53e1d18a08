import { checkClock } from "../../base/check-type.ts";
import { systemClock } from "../../base/clock.ts";
import type { TimeRange } from "../../base/time-range.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import { checkCallOptions } from "../../transport/call-options.ts";
import { requestOptionsOf } from "../request-options-of.ts";
import { locationOf, readString } from "../response-fields.ts";
import { type FootageSegment, toSegment, toTimeRange } from "../time-range.ts";
import { type FootageOptions, footageOptionNames } from "./footage.ts";
import { iterateSegments } from "./iterate.ts";
import { ResumableIterator } from "./resumable-iterator.ts";
import { type FootageSource, operationsOf } from "./source.ts";
import { Timeline } from "./timeline.ts";

/** The longest piece that one link may hold: 3 hours, see spec/parameters/DownloadEnd.yaml. */
const LONGEST_PIECE = 3 * 3_600_000;

/** The range to download. The rest goes to every request: `signal`, `timeout`, `space`, ... */
export interface DownloadsOptions extends FootageOptions {
  /**
   * The name of each file, without an ending such as `.mp4`: one name for all of them, or a function of the piece.
   *
   * @default the name that Angelcam chooses
   */
  filename?: string | ((piece: FootageSegment) => string) | undefined;
}

/** A link to a file with footage. */
export interface FootageDownload {
  /** The beginning of the footage in it, UTC ISO. */
  start: string;
  /** The end of the footage in it, UTC ISO, at most three hours after the start. */
  end: string;
  /** The link, which is a secret: it works without a token. It works for 1200 seconds in published examples. */
  url: string;
}

/**
 * Links to all the footage of a recording in a range of any length. Nothing is sent before a link is requested.
 *
 * A link holds at most three hours, and one for a span without footage would end in 404. So the timeline is read first,
 * window by window, and each segment is cut into pieces of three hours and a rest. A piece never reaches over a gap.
 * Links die after some 20 minutes: use each before you request the next.
 *
 * @param source The id of a recording, as `cameras.recordings.list` returns it, or `{ camera }` or `{ sharedCamera }`. No
 * text describes downloads of a shared camera: the operation for one's own cameras is used, and may respond with 404.
 * @throws TypeError for an invalid date, source or filename; RangeError when start is not before end; the iterations
 * throw `UnexpectedResponseError` for a response without a link, and any error of a request.
 * @example
 * ```ts
 * const filename = ({ start }: FootageSegment) => `front-door-${start.replaceAll(":", "-")}`;
 * for await (const { url } of downloads(angelcam, recordingId, { start, end, filename })) await save(url);
 * ```
 */
export function downloads(angelcam: Angelcam, source: FootageSource, options: DownloadsOptions): Downloads {
  checkCallOptions("downloads", options, [...footageOptionNames, "filename"]);
  const { start, end, filename, clock = systemClock } = options;
  const requestOptions = requestOptionsOf(options);
  checkClock("downloads: ", clock);
  const { timeline, download } = operationsOf("downloads", angelcam, source);
  if (filename !== undefined && typeof filename !== "function") checkFilename(filename);
  const range = toTimeRange("downloads", start, end);
  const link = async (span: TimeRange): Promise<FootageDownload> => {
    const piece = toSegment(span);
    const name = typeof filename === "function" ? checkFilename(filename({ ...piece })) : filename;
    const query = name === undefined ? piece : { ...piece, filename: name };
    const response = await download.read(query, requestOptions);
    return { ...piece, url: readString(locationOf(download.id), response, "url") };
  };
  return new Downloads(new Timeline(timeline, range, requestOptions, clock), link, requestOptions.signal ?? undefined);
}

/**
 * The links of a range, each requested when it is needed.
 *
 * An iteration that failed can be resumed: iterating again starts with the link, or the window of the timeline,
 * that failed. After a `break`, iterating begins at the start, with new links.
 */
export class Downloads implements AsyncIterable<FootageDownload> {
  /**
   * How many requests it takes to read the timeline of the whole range: one for each 24 hours. Each link costs one more;
   * how many there are depends on the footage, see `countLinks`.
   */
  readonly timelineCost: number;
  readonly #timeline: Timeline;
  readonly #link: (piece: TimeRange) => Promise<FootageDownload>;
  readonly #links: ResumableIterator;

  /** @internal */
  constructor(
    timeline: Timeline,
    link: (piece: TimeRange) => Promise<FootageDownload>,
    signal: AbortSignal | undefined,
  ) {
    this.timelineCost = timeline.cost;
    this.#timeline = timeline;
    this.#link = link;
    this.#links = new ResumableIterator(signal);
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "Downloads";
  }

  /** Link after link, in the order of the footage, one request each. */
  [Symbol.asyncIterator](): AsyncGenerator<FootageDownload, void, undefined> {
    return this.#links.iterate(this.#pieces(), this.#link);
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

  async *#pieces(): AsyncGenerator<TimeRange, void, undefined> {
    for await (const { start, end } of iterateSegments(this.#timeline)) {
      for (let from = start; from < end; from += LONGEST_PIECE) {
        yield { start: from, end: Math.min(from + LONGEST_PIECE, end) };
      }
    }
  }
}

function checkFilename(filename: unknown): string {
  if (typeof filename === "string" && filename !== "") return filename;
  throw new TypeError("downloads: filename must be a non-empty string");
}
