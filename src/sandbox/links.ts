import type { Camera, Stream } from "../../generated/schema.ts";
import { hexadecimalHash } from "../base/hash.ts";
import type { TimeRange } from "../base/time-range.ts";
import { angelcamRouter } from "../openapi/angelcam-document.ts";
import { timestamp } from "./clock.ts";

/** A host as live links have them. */
const STREAMER = "https://e1-eu1.angelcam.com";

/** A host as links to footage have them. */
const RECORDER = "https://rec-eu1.angelcam.com";

/** Seconds that a link to a file works; see spec/schemas/RecordingDownload.yaml. */
const FILE_LIFETIME = 1200;

/** The end of a live link, and the seconds that it works; see spec/schemas/Stream.yaml. */
const FORMATS = {
  mjpeg: { file: "mjpeg/stream.mjpeg", lifetime: 120 },
  mp4: { file: "mp4/stream.mp4", lifetime: 120 },
  mpegts: { file: "mpegts/stream.ts", lifetime: 120 },
  hls: { file: "hls/playlist.m3u8", lifetime: 3600 },
} as const;

/** A link to a picture or a video at one of Angelcam's media hosts, in a body. */
const MEDIA_LINK =
  /https:\/\/[\w-]+\.angelcam\.com(\/(?:cameras|snapshots|clips|download|messages)\/[^"?]*)(\?token=[^"]*)?/g;

/** The live streams of a camera, with links of their own for each reading. A camera of type mjpeg has no other format. */
export function streamsOf({ id, type }: Pick<Camera, "id" | "type">, now: number, refreshRate?: number): Stream[] {
  const formats = Object.entries(FORMATS).filter(([format]) => type !== "mjpeg" || format === "mjpeg");
  return formats.map(([format, { file, lifetime }]) => ({
    format,
    url: `${STREAMER}/cameras/${id}/streams/${file}?token=${cameraToken(id, now, lifetime)}`,
    ...(format === "mjpeg" && refreshRate !== undefined ? { refresh_rate: refreshRate } : {}),
  }));
}

/** A link to a picture that is taken when it is opened. */
export function liveSnapshotLink(id: number, now: number): string {
  return `${STREAMER}/cameras/${id}/snapshots/snapshot.jpg?token=${cameraToken(id, now, FORMATS.mjpeg.lifetime)}`;
}

/** A link to a picture that was taken then. */
export function storedSnapshotLink(id: number, time: number): string {
  return `${STREAMER}/snapshots/${id}/${Math.floor(time / 1000)}.jpg`;
}

/** Footage of the recording with this id. */
export type FootageRange = TimeRange & { readonly id: string };

/** A link to a file with footage. It exists for empty footage too, and then returns 404. */
export function downloadLink(name: string, { id, start, end }: FootageRange, now: number): string {
  const alias = `${id}/${start}/${end}`;
  return `${RECORDER}/download/${encodeURIComponent(name)}.mp4?token=${linkToken({ alias }, now, FILE_LIFETIME)}`;
}

/** The footage behind the alias of such a link. */
export function footageBehind(alias = ""): FootageRange {
  const [id = "", start, end] = alias.split("/");
  return { id, start: Number(start), end: Number(end) };
}

/** A link to a picture out of footage. */
export function footagePictureLink(recordingId: string, time: number, now: number): string {
  const name = timestamp(time).replaceAll(/[-:]/g, "");
  return `${RECORDER}/snapshots/${name}.jpg?token=${linkToken({ alias: recordingId }, now, FILE_LIFETIME)}`;
}

/** A link to the file of a clip; a camera of type mjpeg has an MP4 file. */
export function clipLink(id: string, type: Camera["type"] | undefined, now: number): string {
  const file = type === "mjpeg" ? "clip.mp4" : "clip.ts";
  return `${STREAMER}/clips/${id}/${file}?token=${linkToken({ alias: id }, now, FILE_LIFETIME)}`;
}

/**
 * A response whose media links lead to the sandbox, for a request that reached it by another origin than Angelcam's. Links
 * that come from the examples of the document get a token that works.
 */
export async function withOwnLinks(response: Response, { origin }: URL, now: number): Promise<Response> {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return response;
  const text = await response.text();
  const isReal = angelcamRouter().isServerOrigin(origin);
  const linked = text.replaceAll(MEDIA_LINK, (link, path: string, query = "") => {
    const isExample = path.startsWith("/messages/");
    const token = isExample ? `?token=${linkToken({ alias: path }, now, FILE_LIFETIME)}` : query;
    return isExample || !isReal ? `${isReal ? new URL(link).origin : origin}${path}${token}` : link;
  });
  return new Response(linked, { status: response.status, headers: response.headers });
}

function cameraToken(id: number, now: number, timeout: number): string {
  return linkToken({ camera_id: id, device_id: id }, now, timeout);
}

/** The content of a link's token. Angelcam's live links carry both ids, the links of files an alias. */
export interface LinkClaims {
  readonly camera_id?: number;
  readonly device_id?: number;
  readonly alias?: string;
}

/**
 * A token in the form of Angelcam's links: Base64 of a JSON object, a dot and 64 hexadecimal digits, with the dot and `=`
 * percent-encoded, which no key is behind. It works for `timeout` seconds from `time` on, which counts microseconds since 1970.
 */
function linkToken(claims: LinkClaims, now: number, timeout: number): string {
  const payload = btoa(JSON.stringify({ ...claims, time: now * 1000, timeout }));
  return encodeURIComponent(`${payload}.${hexadecimalHash(payload, 8)}`).replaceAll(".", "%2E");
}

/**
 * The content of a token that works, or why it does not.
 *
 * @param token As it is in the query, percent-decoded.
 */
export function readLinkToken(token: string, now: number): LinkClaims | "expired" | "invalid" {
  const [payload = "", signature] = token.split(".");
  if (signature !== hexadecimalHash(payload, 8)) return "invalid";
  const { time, timeout, ...claims } = JSON.parse(atob(payload)) as LinkClaims & { time: number; timeout: number };
  return now < time / 1000 + timeout * 1000 ? claims : "expired";
}
