import type { Camera, Stream } from "../../generated/schema.ts";
import { fingerprint } from "./fingerprint.ts";

/** A host as live links have them; nothing answers there. */
const STREAMER = "https://e1-eu1.angelcam.com";

/** Seconds that a link works, as live links of 2024 did. */
const LIFETIMES = { mjpeg: 120, mp4: 120, mpegts: 120, hls: 3600 } as const;

const FILES = {
  mjpeg: "mjpeg/stream.mjpeg",
  mp4: "mp4/stream.mp4",
  mpegts: "mpegts/stream.ts",
  hls: "hls/playlist.m3u8",
} as const satisfies Record<Stream["format"], string>;

/** The live streams of a camera, with links that are new at each reading. A camera of type mjpeg has no other format. */
export function streamsOf({ id, type }: Pick<Camera, "id" | "type">, now: number, refreshRate?: number): Stream[] {
  const formats: Stream["format"][] = type === "mjpeg" ? ["mjpeg"] : ["mjpeg", "mp4", "mpegts", "hls"];
  return formats.map((format) => ({
    format,
    url: `${STREAMER}/cameras/${id}/streams/${FILES[format]}?token=${token(`${id}/${format}`, now, LIFETIMES[format])}`,
    ...(format === "mjpeg" && refreshRate !== undefined ? { refresh_rate: refreshRate } : {}),
  }));
}

/** A link to a picture that is taken when it is opened. */
export function liveSnapshotLink(id: number, now: number): string {
  return `${STREAMER}/cameras/${id}/snapshots/snapshot.jpg?token=${token(`${id}/snapshot`, now, LIFETIMES.mjpeg)}`;
}

/** A link to a picture that was taken then. */
export function storedSnapshotLink(id: number, time: number): string {
  return `${STREAMER}/snapshots/${id}/${Math.floor(time / 1000)}.jpg`;
}

function token(subject: string, now: number, lifetime: number): string {
  const end = Math.floor(now / 1000) + lifetime;
  return fingerprint(`${subject}/${end}`);
}
