import type { components } from "../../generated/schema.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkNumber } from "../base/check-number.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { BodyOf } from "../client/operation-types.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { redact } from "../errors/redact.ts";
import { quote, unexpectedContent } from "../errors/unexpected-shape.ts";
import { checkClient } from "./check-client.ts";
import { attachIds, type PollingOptions, pollingOptionNames, withPolling } from "./polling.ts";
import {
  locationOf,
  readArray,
  readId,
  readObject,
  readOptionalString,
  readString,
  within,
} from "./response-fields.ts";

type DetectedStream = components["schemas"]["DetectedStream"];
type DetectionResult = components["schemas"]["StreamDetectionResult"];
type DetectionRequest = BodyOf<"streamDetection.start">;

/** No document says how long a search takes, so this is ours. */
const DEADLINE = 5 * 60_000;

/** The search as it is read again and again. */
const GET = locationOf("streamDetection.get");

/** The longest text of the server in an error, in characters. */
const LONGEST_DETAIL = 1000;

/** User name and password of a URL. */
const USER_INFORMATION = /\/\/[^/\s]*@/g;

/** Where to look for streams, `address` or `arrow_service`, and how to wait for the result. */
export interface DetectStreamsOptions extends DetectionRequest, PollingOptions {
  /**
   * Milliseconds that the whole search may take, every request and pause included.
   *
   * @default 300_000
   */
  deadline?: number | undefined;
}

/** The search for streams has failed. `detail` says why in the server's words, without credentials. */
export class StreamDetectionError extends AngelcamError {
  override readonly name: string = "StreamDetectionError";
  declare readonly code: "stream_detection_failed";
  /** The id of the search, for `streamDetection.get`. */
  declare readonly sessionId: string;
}

/**
 * Looks for camera streams at an address on the internet, or at a service behind an Arrow client, and waits until the
 * search has ended.
 *
 * The search begins once; the result is read with growing pauses of 2 to 30 seconds, each up to a fifth shorter at
 * random. A retryable failure ends the wait only when it happens three times in a row. Every error that comes after the
 * beginning has the id of the search in `sessionId`.
 *
 * @returns The streams that were found, which may be none; the `url` of each is what `cameras.create` takes.
 * @throws TypeError or RangeError for invalid input, before anything is sent; `StreamDetectionError` when the
 * search fails; `TimeoutError` when it takes longer than `deadline`; the signal's reason; any error of a request.
 * @example
 * ```ts
 * const [stream] = await detectStreams(angelcam, { address: "203.0.113.17", username: "viewer", password: "secret" });
 * console.log(stream?.type, stream?.preview.live_snapshot);
 * ```
 */
export async function detectStreams(angelcam: Angelcam, options: DetectStreamsOptions): Promise<DetectedStream[]> {
  checkClient("detectStreams", angelcam);
  const request = toRequest(options);
  const onTimeout = () => "Try again, or allow more time with { deadline }.";
  return withPolling("detectStreams", options, DEADLINE, onTimeout, async (wait) => {
    const begun = await angelcam.streamDetection.start(request, wait.request);
    const sessionId = readId(locationOf("streamDetection.start"), begun, "session_id");
    const read = () => angelcam.streamDetection.get(sessionId, wait.request);
    const isDone = (result: DetectionResult) => hasEnded(result, request.password);
    const result = wait.until({ status: "in-progress" }, read, isDone).then(streamsOf);
    return attachIds({ sessionId }, options.signal, result);
  });
}

/** The streams of a search that has ended; each is at least an object. */
function streamsOf(result: DetectionResult): DetectedStream[] {
  if (result.streams === undefined || result.streams === null) return [];
  const streams = readArray(GET, result, "streams");
  for (const [index, stream] of streams.entries()) readObject(within(GET, "streams", index), stream);
  return streams as DetectedStream[];
}

function hasEnded(result: DetectionResult, password: string | undefined): boolean {
  const status = readString(GET, result, "status");
  if (status === "ok" || status === "in-progress") return status === "ok";
  if (status !== "error") {
    throw unexpectedContent(GET.operation, `status must be ok, in-progress or error, got ${quote(status)}`);
  }
  const error = readOptionalString(GET, result, "error");
  const shown = error?.slice(0, 10 * LONGEST_DETAIL).replace(USER_INFORMATION, "//[secret]@");
  // Cut after the credentials are gone: half of one would not be found.
  const safe = shown && redact(shown, [password ?? ""]).slice(0, LONGEST_DETAIL);
  throw new StreamDetectionError(`The search for streams has failed${safe ? `: ${safe}` : "."}`, {
    code: "stream_detection_failed",
    retryable: false,
    detail: safe,
  });
}

/** Fields of the request. */
const FIELDS = [
  "address",
  "arrow_service",
  "path",
  "port",
  "username",
  "password",
] as const satisfies (keyof DetectionRequest)[];

function toRequest(options: DetectStreamsOptions): DetectionRequest {
  checkOptionNames("detectStreams", options, [...FIELDS, ...pollingOptionNames]);
  const { address, arrow_service, path, port, username, password } = options;
  if ((address === undefined) === (arrow_service === undefined)) {
    throw new TypeError("detectStreams: give either address or arrow_service");
  }
  if (address !== undefined && (typeof address !== "string" || address === "")) {
    throw new TypeError("detectStreams: address must be a non-empty string");
  }
  if (arrow_service !== undefined && !(arrow_service?.arrow_client && arrow_service.service_id)) {
    throw new TypeError("detectStreams: arrow_service must have an arrow_client and a service_id");
  }
  for (const [name, value] of Object.entries({ path, username, password })) {
    // Rejected here, for a password of digits alone is easily a number: it could not be found in the text of an error.
    if (value !== undefined && typeof value !== "string")
      throw new TypeError(`detectStreams: ${name} must be a string`);
  }
  // 1 to 65535: see spec/schemas/StreamDetectionRequest.yaml.
  if (port !== undefined) checkNumber("detectStreams: port", { type: "integer", minimum: 1, maximum: 65_535 }, port);
  const fields = { address, arrow_service, path, port, username, password };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
