import { Angelcam, type AngelcamOptions } from "../../../src/index.ts";
import { json, type RecordedRequest, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

export const CAMERA = 20311;
export const CLIP_ID = "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506";
export const TOKEN = "c75f0b92-6e18-4d3a-a4c1-f20e9b7d5863";
export const WANTED = { name: "Parcel", start: "2026-11-24T07:58:00Z", end: "2026-11-24T08:03:00Z" };

type Status = "PENDING" | "BUILDING" | "READY" | "ERROR";
export type ClipResponse = Status | (() => Response | Promise<Response>);

export function clip(status: Status) {
  return {
    id: CLIP_ID,
    created_by: 1234,
    created_at: "2026-11-24T09:12:40Z",
    ...WANTED,
    status,
    sharing_token: TOKEN,
    download_url: `https://e1-eu1.angelcam.com/clips/${CLIP_ID}/clip.ts?token=91c4e7d2`,
  };
}

/** A client whose clip is as the responses say, one after the other; the last one stays. The first is that of the creation. */
export function clipFixture(responses: readonly ClipResponse[], options: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const at: number[] = [];
  const start = clock.now();
  let turn = 0;
  const fetch = recordingFetch(() => {
    at.push(clock.now() - start);
    const response = responses[Math.min(turn++, responses.length - 1)] ?? "PENDING";
    return typeof response === "string" ? json(clip(response), turn === 1 ? 201 : 200) : response();
  });
  const angelcam = new Angelcam({ fetch, clock, quota: false, retry: false, ...options });
  const of = (method: string) => fetch.requests.filter((request: RecordedRequest) => request.method === method);
  return {
    angelcam,
    clock,
    fetch,
    /** When the requests came, in milliseconds since the start. */
    at,
    creations: () => of("POST"),
    reads: () => of("GET"),
    /** The pauses between requests, in seconds. */
    pauses: () => at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1000),
  };
}
