import { Angelcam, type AngelcamOptions } from "../../../src/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

export const CAMERA = 20311;

/** A token as Angelcam's links carry it, with what it says of itself. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.c2VhbA`;
}

export interface CameraWorldOptions {
  /** The formats of every camera. */
  formats?: readonly string[];
  /** The token of the link that is given out now, in seconds since 1970; a number of the answer without it. */
  token?: (now: number) => string;
  client?: AngelcamOptions;
}

/** A client whose cameras give a new link with every answer. */
export function cameraWorld({ formats = ["hls", "mjpeg", "mp4"], token, client = {} }: CameraWorldOptions = {}) {
  const clock = new ManualClock();
  const start = clock.now();
  const at: number[] = [];
  /** Answers that take the place of the next ones. */
  const instead: (() => Response | Promise<Response>)[] = [];
  const fetch = recordingFetch(({ url }) => {
    at.push((clock.now() - start) / 1000);
    const other = instead.shift();
    if (other) return other();
    const id = Number(new URL(url).pathname.split("/")[3]);
    const mark = token?.(clock.now() / 1000) ?? `link${at.length}`;
    const streams = formats.map((format) => ({ format, url: `https://e1.angelcam.com/${id}/${format}?token=${mark}` }));
    return json({ id, name: "Front door", streams });
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
