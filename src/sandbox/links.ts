import type { Camera, Stream } from "../../generated/schema.ts";
import { timestamp } from "./clock.ts";
import { fingerprint } from "./fingerprint.ts";

/** A host as live links have them; nothing answers there. */
const STREAMER = "https://e1-eu1.angelcam.com";

/** A host as links to footage have them; nothing answers there either. */
const RECORDER = "https://rec-eu1.angelcam.com";

/** Seconds that a link to a file works; see spec/schemas/RecordingDownload.yaml. */
const FILE_LIFETIME = 1200;

/** Seconds that a link works; see spec/schemas/Stream.yaml: live links of 2024 did. */
const LIFETIMES = { mjpeg: 120, mp4: 120, mpegts: 120, hls: 3600 } as const;

const FILES = {
  mjpeg: "mjpeg/stream.mjpeg",
  mp4: "mp4/stream.mp4",
  mpegts: "mpegts/stream.ts",
  hls: "hls/playlist.m3u8",
} as const;

/** The live streams of a camera, with links that are new at each reading. A camera of type mjpeg has no other format. */
export function streamsOf({ id, type }: Pick<Camera, "id" | "type">, now: number, refreshRate?: number): Stream[] {
  const formats: readonly (keyof typeof FILES)[] = type === "mjpeg" ? ["mjpeg"] : ["mjpeg", "mp4", "mpegts", "hls"];
  return formats.map((format) => ({
    format,
    url: `${STREAMER}/cameras/${id}/streams/${FILES[format]}?token=${linkToken({ sub: `camera/${id}`, format }, now, LIFETIMES[format])}`,
    ...(format === "mjpeg" && refreshRate !== undefined ? { refresh_rate: refreshRate } : {}),
  }));
}

/** A link to a picture that is taken when it is opened. */
export function liveSnapshotLink(id: number, now: number): string {
  return `${STREAMER}/cameras/${id}/snapshots/snapshot.jpg?token=${linkToken({ sub: `snapshot/${id}` }, now, LIFETIMES.mjpeg)}`;
}

/** A link to a picture that was taken then. */
export function storedSnapshotLink(id: number, time: number): string {
  return `${STREAMER}/snapshots/${id}/${Math.floor(time / 1000)}.jpg`;
}

/** A link to a file with footage. It is there for empty footage too; nothing answers at it. */
export function downloadLink(name: string, now: number): string {
  const file = `${encodeURIComponent(name)}.mp4`;
  return `${RECORDER}/download/${file}?token=${linkToken({ sub: `download/${name}` }, now, FILE_LIFETIME)}`;
}

/** A link to a picture out of footage. */
export function footagePictureLink(recordingId: string, time: number, now: number): string {
  const name = timestamp(time).replaceAll(/[-:]/g, "");
  return `${RECORDER}/snapshots/${name}.jpg?token=${linkToken({ sub: `snapshot/${recordingId}` }, now, FILE_LIFETIME)}`;
}

/** A link to the file of a clip; a camera of type mjpeg gives an MP4 file. */
export function clipLink(id: string, type: Camera["type"] | undefined, now: number): string {
  const file = type === "mjpeg" ? "clip.mp4" : "clip.ts";
  return `${STREAMER}/clips/${id}/${file}?token=${linkToken({ sub: `clip/${id}` }, now, FILE_LIFETIME)}`;
}

/** A token in the form of a JWT, whose `exp` a client can read. There is no key behind its signature. */
function linkToken(claims: { readonly sub: string; readonly format?: string }, now: number, lifetime: number): string {
  const issuedAt = Math.floor(now / 1000);
  const payload = base64url(JSON.stringify({ ...claims, iat: issuedAt, exp: issuedAt + lifetime }));
  return [base64url(JSON.stringify({ alg: "HS256", typ: "JWT" })), payload, base64url(fingerprint(payload))].join(".");
}

function base64url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
