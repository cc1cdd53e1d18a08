import { throwIfAborted, waitUnlessAborted } from "../../base/abort.ts";
import { checkOptionNames } from "../../base/check-names.ts";
import { checkNumber, mustBe } from "../../base/check-number.ts";
import { checkClock, checkSignal } from "../../base/check-type.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { checkSpace } from "../../transport/call-options.ts";
import { checkClient } from "../check-client.ts";
import { LIFETIMES, type StreamFormat } from "./link-expiry.ts";
import { LinkRenewals } from "./link-renewals.ts";
import { LiveStream } from "./live-stream.ts";
import type { StreamLink } from "./shared-link.ts";
import { StreamExpiredError, StreamFormatError } from "./stream-errors.ts";

export { LiveStream, StreamExpiredError, type StreamFormat, StreamFormatError, type StreamLink };

/** Which stream, and how long to hold its link. */
export interface LiveStreamOptions extends Pick<RequestOptions, "space"> {
  /** How the stream is packed: `hls`, `mjpeg`, `mp4` or `mpegts`. */
  format: StreamFormat;
  /** Ends the wait for the first link when it aborts, and releases the lease. */
  signal?: AbortSignal | undefined;
  /**
   * The source of time, for tests that do not want to wait. Leases of one client and space take that of the first.
   *
   * @default the clock of the machine
   */
  clock?: Clock | undefined;
}

/** The links that are held, by client, then by space. */
const held = new WeakMap<Angelcam, Map<string, LinkRenewals>>();

/**
 * Leases the link to a live stream, and keeps it fresh while it has a listener.
 *
 * A link works for 120 seconds, an `hls` link for an hour. Leases of the same client, camera and format share one link:
 * as long as it works, another lease costs no request. All links of a client are renewed together, 100 cameras a request:
 * any number of `hls` links up to that costs 25 requests a day, links of the other formats 32 an hour. Nothing is renewed
 * unless it has a listener.
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
  checkOptionNames("liveStream", options, ["format", "signal", "clock", "space"]);
  const { format, signal } = options;
  if (typeof format !== "string" || !Object.hasOwn(LIFETIMES, format)) {
    throw new TypeError(mustBe("liveStream: format", `one of ${Object.keys(LIFETIMES).join(", ")}`, format));
  }
  checkClock("liveStream: ", options.clock);
  checkSpace("liveStream: ", options.space);
  checkNumber("liveStream: cameraId", { type: "integer", minimum: 1 }, cameraId);
  checkSignal("liveStream", signal);
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

function renewalsOf(angelcam: Angelcam, { space, clock = systemClock }: LiveStreamOptions): LinkRenewals {
  const spaces = held.get(angelcam) ?? new Map<string, LinkRenewals>();
  held.set(angelcam, spaces);
  const key = String(space ?? "");
  // A service for many spaces keeps nothing of those that nobody watches.
  const renewals = spaces.get(key) ?? new LinkRenewals(angelcam, space, clock, () => spaces.delete(key));
  spaces.set(key, renewals);
  return renewals;
}
