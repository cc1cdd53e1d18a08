import type { components } from "../../generated/schema.ts";
import { systemClock } from "../base/clock.ts";
import type { Angelcam } from "../client/angelcam.ts";
import type { BodyOf } from "../client/operation-types.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { redact } from "../errors/redact.ts";
import { naming, type PollingOptions, waiting } from "./polling.ts";

type DetectedStream = components["schemas"]["DetectedStream"];
type DetectionResult = components["schemas"]["StreamDetectionResult"];
type DetectionRequest = BodyOf<"streamDetection.start">;

/** Nothing tells how long a search takes: ours. */
const TIMEOUT = 5 * 60_000;

/** User name and password of a URL. */
const USER_INFORMATION = /\/\/[^/\s]*@/g;

/** Where to look for streams, `address` or `arrow_service`, and how to wait for the result. */
export interface DetectStreamsOptions extends DetectionRequest, PollingOptions {
  /**
   * Milliseconds that the whole search may take, every request and pause included.
   *
   * @default 300_000
   */
  timeout?: number | undefined;
}

/** The search for streams has failed. `detail` says why in the server's words, without credentials. */
export class StreamDetectionError extends AngelcamError {
  override readonly name: string = "StreamDetectionError";
  /** The id of the search, for `streamDetection.get`. */
  declare readonly sessionId: string;
}

/**
 * Looks for camera streams at an address on the internet, or at a service behind an Arrow client, and waits until the
 * search has ended.
 *
 * The search begins once; the result is asked for with growing pauses of 2 to 30 seconds. A failure that may pass ends
 * the wait only when it happens three times in a row. Every error that comes after the beginning has the id of the search
 * in `sessionId`.
 *
 * @returns The streams that were found, which may be none; the `url` of each is what `cameras.create` takes.
 * @throws TypeError or RangeError for input that makes no sense, before anything is sent; `StreamDetectionError` when the
 * search fails; `TimeoutError` when it takes longer than `timeout`; the signal's reason; whatever a request throws.
 * @example
 * ```ts
 * const [stream] = await detectStreams(angelcam, { address: "203.0.113.17", username: "viewer", password: "secret" });
 * console.log(stream?.type, stream?.preview.live_snapshot);
 * ```
 */
export async function detectStreams(angelcam: Angelcam, options: DetectStreamsOptions): Promise<DetectedStream[]> {
  const request = toRequest(options);
  const { clock = systemClock, signal } = options;
  const onTimeout = () => "Try again, or allow more time with { timeout }.";
  return waiting("detectStreams", { ...options, clock }, TIMEOUT, onTimeout, async (wait) => {
    const { session_id: sessionId } = await angelcam.streamDetection.start(request, wait.request);
    const read = () => angelcam.streamDetection.get(sessionId, wait.request);
    const begun: DetectionResult = { status: "in-progress" };
    const isDone = (result: DetectionResult) => hasEnded(result, request.password);
    const { streams = [] } = await naming({ sessionId }, signal, wait.until(begun, read, isDone));
    return streams;
  });
}

function hasEnded({ status, error }: DetectionResult, password: string | undefined): boolean {
  if (status !== "error") return status === "ok";
  const detail = error && redact(error.replace(USER_INFORMATION, "//[secret]@"), [password ?? ""]);
  throw new StreamDetectionError(`The search for streams has failed${detail ? `: ${detail}` : "."}`, {
    code: "stream_detection_failed",
    retryable: false,
    detail,
  });
}

function toRequest(options: DetectStreamsOptions): DetectionRequest {
  const { address, arrow_service, path, port, username, password } = options;
  if ((address === undefined) === (arrow_service === undefined)) {
    throw new TypeError("detectStreams: give either address or arrow_service");
  }
  if (address !== undefined && (typeof address !== "string" || address === "")) {
    throw new TypeError("detectStreams: address must be a text that is not empty");
  }
  if (arrow_service !== undefined && !(arrow_service?.arrow_client && arrow_service.service_id)) {
    throw new TypeError("detectStreams: arrow_service must have an arrow_client and a service_id");
  }
  // 1 to 65535: see spec/schemas/StreamDetectionRequest.yaml.
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new RangeError(`detectStreams: port must be a whole number from 1 to 65535, got ${port}`);
  }
  const fields = { address, arrow_service, path, port, username, password };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
