import { Angelcam, type AngelcamOptions } from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

export const CAMERA = 20311;

/** A token as live links have it, which says when it was made (milliseconds since 1970) and how long it works (seconds). */
export function linkToken(
  time: number,
  timeout: number,
  { url = "live", ...more }: Record<string, unknown> = {},
): string {
  const content = JSON.stringify({ camera_id: CAMERA, device_id: 7, time: time * 1000, timeout, ...more });
  const token = `${Buffer.from(content).toString("base64")}.${"0a".repeat(32)}`;
  return url === "live" ? token.replaceAll(".", "%2E").replaceAll("=", "%3D") : token;
}

export interface CameraWorldOptions {
  /** The formats of every camera. */
  formats?: readonly string[];
  /** The token of a link that is made now (milliseconds since 1970); the number of the response without it. */
  token?: (now: number, format: string) => string;
  /** Cameras that are not there. */
  gone?: readonly number[];
  client?: AngelcamOptions;
}

/** A client whose cameras have a new link in every response. */
export function cameraFixture({
  formats = ["hls", "mjpeg", "mp4"],
  token,
  gone = [],
  client = {},
}: CameraWorldOptions = {}) {
  const clock = new ManualClock();
  const start = clock.now();
  const at: number[] = [];
  /** Responses that take the place of the next ones. */
  const instead: (() => Response | Promise<Response>)[] = [];
  const camera = (id: number) => ({
    id,
    name: "Front door",
    streams: formats.map((format) => {
      const mark = token?.(clock.now(), format) ?? `link${at.length}`;
      return { format, url: `https://e1.angelcam.com/${id}/${format}?token=${mark}` };
    }),
  });
  const fetch = recordingFetch(({ url }) => {
    at.push((clock.now() - start) / 1000);
    const other = instead.shift();
    if (other) return other();
    const { pathname, searchParams } = new URL(url);
    const id = Number(pathname.split("/")[3]);
    if (id) return gone.includes(id) ? envelope(404, "not_found", "x") : json(camera(id));
    const ids = (searchParams.get("ids") ?? "").split(",").map(Number);
    const results = ids.filter((one) => !gone.includes(one)).map(camera);
    return json({ count: results.length, next: null, previous: null, results });
  });
  const angelcam = new Angelcam({ fetch, clock, quota: false, retry: false, ...client });
  return {
    angelcam,
    clock,
    fetch,
    instead,
    /** When requests came, in seconds since the start. */
    at,
    /** The moment so many seconds after the start. */
    iso: (seconds: number) => new Date(start + seconds * 1000).toISOString().replace(".000Z", "Z"),
  };
}

/** Lets everything that is ready to go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}
