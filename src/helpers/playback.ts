import { mustBe } from "../base/check-number.ts";
import { isLoopback } from "../base/loopback.ts";
import { type DateInput, toIso, toTime } from "../base/time.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { unexpectedContent } from "../errors/unexpected-shape.ts";
import { callOptionNames, checkCallOptions } from "../transport/call-options.ts";
import { type FootageSource, operationsOf } from "./footage/source.ts";
import { requestOptionsOf } from "./request-options-of.ts";
import {
  type FieldLocation,
  locationOf,
  readObject,
  readOptionalString,
  readString,
  readTime,
  within,
} from "./response-fields.ts";
import { toTimeRange } from "./time-range.ts";

/** Where to begin. The rest goes to every request of the playback: `signal`, `timeout`, `space`, ... */
export interface PlaybackOptions extends RequestOptions {
  /** The beginning: a `Date`, or an ISO string with its time zone (`2026-11-24T08:00:00Z`) or of a day (UTC). */
  start: DateInput;
  /**
   * The end, in the same forms, after the start.
   *
   * @default the end of the footage, or live
   */
  end?: DateInput | undefined;
}

/** How fast a playback can be, in multiples of real time, see spec/schemas/RecordingStreamSpeed.yaml. */
export type PlaybackSpeed = 1 | 2 | 4 | 8 | 16;

const SPEEDS: readonly unknown[] = [1, 2, 4, 8, 16] satisfies PlaybackSpeed[];

/** Where a playback is. */
export interface PlaybackPosition {
  /** The moment of the footage that is on screen, UTC ISO. */
  position: string;
  /** How many times faster than real time it plays; undefined where the streamer does not say so. */
  speed: number | undefined;
}

/** The fields of `stream_controls`. */
type Control = "base_url" | "play" | "pause" | "speed";

/** The streamers of Angelcam: one label of a host name below angelcam.com. */
const STREAMER = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.angelcam\.com$/;

/** The end of the path of each control, with the id of the playback. */
const PATHS: Readonly<Record<Control, RegExp>> = {
  base_url: /\/recording\/streams\/([\w-]{1,200})\/?$/,
  play: /\/recording\/streams\/([\w-]{1,200})\/play\/?$/,
  pause: /\/recording\/streams\/([\w-]{1,200})\/pause\/?$/,
  speed: /\/recording\/streams\/([\w-]{1,200})\/speed\/?$/,
};

/**
 * Opens a playback of footage: a link to watch, and its controls. Each call opens one of its own, for one request.
 *
 * The controls go where the links of the API lead, on the streamer below angelcam.com that plays the footage (or the
 * client's `baseUrl`), and nowhere else. No token is sent there: the id in the links is the secret.
 *
 * @param source The id of a recording, as `cameras.recordings.list` returns it, or `{ camera }` or `{ sharedCamera }`.
 * @throws TypeError for an invalid source or date; RangeError when start is not before end; `UnexpectedResponseError` for
 * a response without a link; the signal's reason; any error of the request.
 * @example
 * ```ts
 * const player = await playback(angelcam, recordingId, { start: "2026-11-24T08:00:00Z" });
 * video.src = player.url;
 * await player.setSpeed(4);
 * console.log((await player.position()).position);
 * ```
 */
export async function playback(angelcam: Angelcam, source: FootageSource, options: PlaybackOptions): Promise<Playback> {
  checkCallOptions("playback", options, ["start", "end", ...callOptionNames]);
  const { start, end } = options;
  const requestOptions = requestOptionsOf(options);
  const { stream } = operationsOf("playback", angelcam, source);
  const query =
    end === undefined
      ? { start: toIso(toTime("playback: start", start)) }
      : toQuery(toTimeRange("playback", start, end));
  const { data, response } = await stream.open(query, requestOptions).withResponse();
  return new Playback(angelcam, locationOf(stream.id), data, response.url, requestOptions);
}

function toQuery({ start, end }: { readonly start: number; readonly end: number }) {
  return { start: toIso(start), end: toIso(end) };
}

/** A playback of footage. The links of it are secrets, which logs do not show. */
export class Playback {
  readonly #angelcam: Angelcam;
  readonly #location: FieldLocation;
  readonly #response: unknown;
  readonly #from: string;
  readonly #options: RequestOptions;
  readonly #url: string;
  readonly #format: string | undefined;

  /**
   * @internal
   * @param from The URL that returned the response; empty where that is not known.
   */
  constructor(angelcam: Angelcam, location: FieldLocation, response: unknown, from: string, options: RequestOptions) {
    this.#angelcam = angelcam;
    this.#location = location;
    this.#response = response;
    this.#from = from;
    this.#options = options;
    this.#url = readString(location, response, "url");
    this.#format = readOptionalString(location, response, "format");
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "Playback";
  }

  /** The link to watch, which is a secret: it works without a token. */
  get url(): string {
    return this.#url;
  }

  /** How the stream is packed: `hls` or `mjpeg`; undefined where the API does not say so. */
  get format(): "hls" | "mjpeg" | (string & {}) | undefined {
    return this.#format;
  }

  /**
   * Resumes the playback after a pause.
   *
   * @throws `UnexpectedResponseError` when the API gave no link for it, or one to a foreign host, as all controls do;
   * any error of the request.
   */
  async play(options?: RequestOptions): Promise<void> {
    await this.#control("play", options, (id, request) => this.#angelcam.recordingStreams.play(id, request));
  }

  /** Pauses the playback. */
  async pause(options?: RequestOptions): Promise<void> {
    await this.#control("pause", options, (id, request) => this.#angelcam.recordingStreams.pause(id, request));
  }

  /**
   * Sets the speed. The stream carries that many times more data.
   *
   * @param speed 1, 2, 4, 8 or 16 times real time.
   * @throws RangeError for another speed, before anything is sent.
   */
  async setSpeed(speed: PlaybackSpeed, options?: RequestOptions): Promise<void> {
    if (!SPEEDS.includes(speed)) {
      throw new RangeError(mustBe("playback: speed", `one of ${SPEEDS.join(", ")}`, speed));
    }
    await this.#control("speed", options, (id, request) =>
      this.#angelcam.recordingStreams.setSpeed(id, { speed }, request),
    );
  }

  /** Reads the moment of the footage that is on screen, and the speed. */
  async position(options?: RequestOptions): Promise<PlaybackPosition> {
    const response = await this.#control("base_url", options, (id, request) =>
      this.#angelcam.recordingStreams.get(id, request),
    );
    const location = locationOf("recordingStreams.get");
    const { current_position: current, speed } = readObject(location, response);
    const name = current === undefined || current === null ? "current_time" : "current_position";
    return {
      position: toIso(readTime(location, response, name)),
      speed: typeof speed === "number" ? speed : undefined,
    };
  }

  async #control<T>(
    name: Control,
    options: RequestOptions | undefined,
    send: (streamId: string, options: RequestOptions) => PromiseLike<T>,
  ): Promise<T> {
    if (options) checkCallOptions(`playback: ${name}`, options);
    const { id, streamer } = this.#link(name);
    const foreignHost = () => this.#foreignHost(name);
    const serverVariables = {
      // A client with a baseUrl sends everything there and does not read this. Any other one reads it before it sends.
      get streamer(): string {
        if (streamer === undefined) throw foreignHost();
        return streamer;
      },
    };
    return send(id, { ...this.#options, ...requestOptionsOf(options ?? {}), serverVariables });
  }

  /** The id of the playback in the link of a control, and the streamer unless the client's own server replaces it. */
  #link(name: Control): { readonly id: string; readonly streamer: string | undefined } {
    const controls = within(this.#location, "stream_controls");
    const fields = readObject(controls, readObject(this.#location, this.#response).stream_controls);
    const link = readString(controls, fields, name);
    const url = URL.canParse(link) ? new URL(link) : undefined;
    const id = url && PATHS[name].exec(url.pathname)?.[1];
    if (!url || !id || url.username !== "" || url.password !== "") {
      const field = within(controls, name).path;
      throw unexpectedContent(this.#location.operation, `${field} must be a URL below /recording/streams/`);
    }
    const streamer = url.protocol === "https:" && url.port === "" ? STREAMER.exec(url.hostname)?.[1] : undefined;
    const isOwnServer =
      isLoopback(url.hostname) || (URL.canParse(this.#from) && url.origin === new URL(this.#from).origin);
    if (streamer === undefined && !isOwnServer) throw this.#foreignHost(name);
    return { id, streamer };
  }

  #foreignHost(name: Control) {
    const field = within(within(this.#location, "stream_controls"), name).path;
    return unexpectedContent(this.#location.operation, `${field} must lead to a host below angelcam.com over https`);
  }
}
