import { throwIfAborted, waitUnlessAborted } from "../../base/abort.ts";
import { checkNumber, mustBe } from "../../base/check-number.ts";
import { checkClock } from "../../base/check-type.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { callOptionNames, checkCallOptions } from "../../transport/call-options.ts";
import { checkClient } from "../check-client.ts";
import { requestOptionsOf } from "../request-options-of.ts";
import { areSameOptions } from "../same-options.ts";
import { LIFETIMES, type StreamFormat } from "./link-expiry.ts";
import { LinkRenewals } from "./link-renewals.ts";
import { LiveStream } from "./live-stream.ts";
import type { StreamLink } from "./shared-link.ts";
import { StreamExpiredError, StreamFormatError } from "./stream-errors.ts";

export { type LiveStream, StreamExpiredError, type StreamFormat, StreamFormatError, type StreamLink };

/** Which stream, and how long to hold its link. The rest goes to every request: `timeout`, `space`, ... */
export interface LiveStreamOptions extends RequestOptions {
  /** How the stream is packed: `hls`, `mjpeg`, `mp4` or `mpegts`. */
  format: StreamFormat;
  /** Ends the wait for the first link when it aborts, and releases the lease. */
  signal?: AbortSignal | undefined;
  /**
   * The source of time, for tests that do not want to wait. Leases of one client that share requests take that of the first.
   *
   * @default the clock of the machine
   */
  clock?: Clock | undefined;
}

/** The links that are held, by client: one object for all leases with the same request options. */
const held = new WeakMap<Angelcam, Set<LinkRenewals>>();

/**
 * Leases the link to a live stream, and keeps it fresh while it has a listener.
 *
 * A link works for 120 seconds, an `hls` link for an hour. Leases of the same client, camera and format share one link:
 * as long as it works, another lease costs no request. All links of a client are renewed together, 100 cameras a request:
 * any number of `hls` links up to that costs 25 requests a day, links of the other formats 32 an hour. Leases with other
 * request options, such as another space, have links and requests of their own. Nothing is renewed unless it has a listener.
 *
 * @param cameraId The id of the camera, as in the list of cameras.
 * @throws TypeError or RangeError for an unknown format or an invalid id, before anything is sent; `StreamFormatError`
 * when the camera does not have the format; the signal's reason; any error of the request.
 * @example
 * ```ts
 * await using stream = await liveStream(angelcam, 20311, { format: "hls" });
 * for await (const { url, expiresAt } of stream) console.log(url, "until", expiresAt);
 * ```
 */
export async function liveStream(
  angelcam: Angelcam,
  cameraId: number,
  options: LiveStreamOptions,
): Promise<LiveStream> {
  checkClient("liveStream", angelcam);
  checkCallOptions("liveStream", options, ["format", "clock", ...callOptionNames]);
  const { format, signal } = options;
  if (typeof format !== "string" || !Object.hasOwn(LIFETIMES, format)) {
    throw new TypeError(mustBe("liveStream: format", `one of ${Object.keys(LIFETIMES).join(", ")}`, format));
  }
  checkClock("liveStream: ", options.clock);
  checkNumber("liveStream: cameraId", { type: "integer", minimum: 1 }, cameraId);
  throwIfAborted(signal);
  const renewals = renewalsOf(angelcam, options);
  const { shared, release } = renewals.hold(cameraId, format);
  try {
    await waitUnlessAborted(renewals.fresh(shared), signal);
    // Another caller that got the same link may have aborted in the meantime.
    throwIfAborted(signal);
    return new LiveStream({ renewals, shared, release, signal });
  } catch (error) {
    release();
    throw error;
  }
}

function renewalsOf(angelcam: Angelcam, options: LiveStreamOptions): LinkRenewals {
  const { signal: _, ...requestOptions } = requestOptionsOf(options);
  const all = held.get(angelcam) ?? new Set();
  held.set(angelcam, all);
  const known = [...all].find((candidate) => areSameOptions(candidate.options, requestOptions));
  // A service for many spaces keeps nothing of those that nobody watches.
  const onIdle = () => all.delete(renewals);
  const renewals = known ?? new LinkRenewals(angelcam, requestOptions, options.clock ?? systemClock, onIdle);
  all.add(renewals);
  return renewals;
}
