import { waitUnlessAborted } from "../../base/abort.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { expiryOf, LIFETIMES, type StreamFormat } from "./link-expiry.ts";
import { LiveStream } from "./live-stream.ts";
import { SharedLink, type StreamLink } from "./shared-link.ts";
import { StreamFormatError } from "./stream-format-error.ts";

export { LiveStream, type StreamFormat, StreamFormatError, type StreamLink };

/** Which stream, and how long to hold its link. */
export interface LiveStreamOptions extends Pick<RequestOptions, "space"> {
  /** How the stream is packed: `hls`, `mjpeg`, `mp4` or `mpegts`. */
  format: StreamFormat;
  /** Ends the wait for the first link when it aborts, and gives the lease back. */
  signal?: AbortSignal | undefined;
  /** Where time comes from, for tests that do not want to wait. Leases that are shared take that of the first. */
  clock?: Clock | undefined;
}

/** The links that are held, by client, then by camera, format and space. */
const held = new WeakMap<Angelcam, Map<string, SharedLink>>();

/**
 * Leases the link to a live stream, and keeps it fresh while somebody listens.
 *
 * A link works for 120 seconds, an `hls` link for an hour. Leases of the same client, camera and format share one link:
 * as long as it works, another lease costs no request. Nothing is renewed unless somebody listens: renewals of an `hls`
 * link cost 25 requests a day, those of the other formats 864, and an account has 1000.
 *
 * @param cameraId The id of the camera, as it stands in the list of cameras.
 * @throws TypeError for a format that does not exist, before anything is sent; `StreamFormatError` when the camera does
 * not have it; the signal's reason; whatever the request throws.
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
  const { format, signal } = options;
  if (!Object.hasOwn(LIFETIMES, format)) {
    const formats = Object.keys(LIFETIMES).join(", ");
    throw new TypeError(`liveStream: format must be one of ${formats}, got ${JSON.stringify(format)}`);
  }
  signal?.throwIfAborted();
  const shared = sharedLink(angelcam, cameraId, options);
  const release = shared.hold();
  try {
    await waitUnlessAborted(shared.fresh(), signal);
    return new LiveStream(shared, release, signal);
  } catch (error) {
    release();
    throw error;
  }
}

function sharedLink(angelcam: Angelcam, cameraId: number, options: LiveStreamOptions): SharedLink {
  const { format, space, clock = systemClock } = options;
  const links = held.get(angelcam) ?? new Map<string, SharedLink>();
  held.set(angelcam, links);
  const key = JSON.stringify([cameraId, format, space]);
  const known = links.get(key);
  if (known) return known;
  const fetchLink = async () => {
    // Leases of several formats that need the camera at the same moment share one request.
    const { streams } = await angelcam.cameras.get(cameraId, undefined, { space, coalesce: true });
    const stream = streams.find((candidate) => candidate.format === format);
    if (!stream) {
      throw new StreamFormatError(
        cameraId,
        format,
        streams.map((candidate) => candidate.format),
      );
    }
    return { url: stream.url, expiry: expiryOf(stream.url, format, clock.now()) };
  };
  const link = new SharedLink(fetchLink, clock, () => {
    if (links.get(key) === link) links.delete(key);
  });
  links.set(key, link);
  return link;
}
