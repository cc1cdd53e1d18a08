import {
  Angelcam,
  createClip,
  detectStreams,
  downloads,
  footage,
  liveStream,
  pairArrowClient,
  personalAccessToken,
  playback,
  waitForClip,
} from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { type JsonFault, jsonFaults } from "./json-faults.ts";
import { type Case, respond } from "./untrusted.ts";

const RECORDING = "3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093";
const RANGE = { start: "2026-11-23T00:00:00Z", end: "2026-11-24T00:00:00Z" };
const BASE = "https://e1-eu2.angelcam.com/recording/streams/5d2e8f70/";
const page = (...results: unknown[]) => ({ count: results.length, next: null, previous: null, results });
const clip = (id: string, status: string) => ({
  id,
  status,
  name: "Parcel",
  ...RANGE,
  download_url: "https://e1.angelcam.com/x",
});
const camera = (id: number) => ({ id, streams: [{ format: "hls", url: `https://e1.angelcam.com/${id}/hls?token=x` }] });

/** A helper, and the responses of one successful run of it: the operation of each request, and its response. */
interface Scenario {
  readonly name: string;
  readonly responses: readonly (readonly [operation: string, body: unknown])[];
  readonly run: (angelcam: Angelcam, clock: ManualClock) => Promise<unknown>;
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const read: unknown[] = [];
  for await (const item of items) read.push(item);
  return read;
}

const timeline = { ...RANGE, segments: [{ start: "2026-11-23T08:00:00Z", end: "2026-11-23T09:00:00Z" }] };
const source = { camera: 7 };
const order = { name: "Parcel", start: "2026-11-23T08:00:00Z", end: "2026-11-23T08:05:00Z", timeout: 120_000 };

const scenarios: readonly Scenario[] = [
  {
    name: "footage",
    responses: [["recordings.timeline", timeline]],
    run: (angelcam, clock) => footage(angelcam, RECORDING, { ...RANGE, clock }).toArray(),
  },
  {
    name: "footage of a camera, its gaps and coverage",
    responses: [["cameras.recording.timeline", timeline]],
    run: async (angelcam, clock) => {
      const recorded = footage(angelcam, source, { ...RANGE, clock });
      return [await all(recorded.gaps()), await recorded.coverage()];
    },
  },
  {
    name: "downloads",
    responses: [
      ["recordings.timeline", timeline],
      ["recordings.download", { url: "https://rec-eu1.angelcam.com/x" }],
    ],
    run: (angelcam, clock) => all(downloads(angelcam, RECORDING, { ...RANGE, clock })),
  },
  {
    name: "createClip",
    responses: [
      ["cameras.clips.create", clip("a", "PENDING")],
      ["cameras.clips.get", clip("a", "READY")],
    ],
    run: (angelcam, clock) => createClip(angelcam, 7, { ...order, clock }),
  },
  {
    name: "waitForClip, two at once",
    responses: [["cameras.clips.list", page(clip("a", "READY"), clip("b", "READY"))]],
    run: (angelcam, clock) =>
      Promise.all(["a", "b"].map((id) => waitForClip(angelcam, 7, id, { clock, timeout: 60_000 }))),
  },
  {
    name: "liveStream",
    responses: [["cameras.get", camera(7)]],
    run: async (angelcam, clock) => (await liveStream(angelcam, 7, { format: "hls", clock })).url,
  },
  {
    name: "liveStream, two at once",
    responses: [["cameras.list", page(camera(7), camera(8))]],
    run: async (angelcam, clock) => {
      const open = (id: number) => liveStream(angelcam, id, { format: "hls", clock });
      return (await Promise.all([open(7), open(8)])).map(({ url }) => url);
    },
  },
  {
    name: "liveStream, renewed",
    responses: [
      ["cameras.get", camera(7)],
      ["cameras.get", camera(7)],
    ],
    run: async (angelcam, clock) => (await (await liveStream(angelcam, 7, { format: "hls", clock })).renew()).url,
  },
  {
    name: "detectStreams",
    responses: [
      ["streamDetection.start", { session_id: "s" }],
      [
        "streamDetection.get",
        { status: "ok", error: "none", streams: [{ type: "h264", url: "rtsp://x", preview: {} }] },
      ],
    ],
    run: (angelcam, clock) => detectStreams(angelcam, { address: "203.0.113.17", clock, timeout: 60_000 }),
  },
  {
    name: "pairArrowClient",
    responses: [
      ["arrowClients.pair", { uuid: "u" }],
      ["arrowClients.get", { uuid: "u", status: "online" }],
    ],
    run: (angelcam, clock) => pairArrowClient(angelcam, { uuid: "u", clock, timeout: 60_000 }),
  },
  {
    name: "pairArrowClient by MAC address",
    responses: [
      ["arrowClients.pair", { mac: "m" }],
      ["arrowClients.get", 404],
      ["arrowClients.list", page({ uuid: "u", mac: "m" })],
      ["arrowClients.get", { uuid: "u", status: "online" }],
    ],
    run: (angelcam, clock) => pairArrowClient(angelcam, { mac: "m", clock, timeout: 60_000 }),
  },
  {
    name: "playback",
    responses: [
      [
        "recordings.stream",
        {
          url: `${BASE}hls/playlist.m3u8`,
          format: "hls",
          stream_controls: { base_url: BASE, play: `${BASE}play/`, pause: `${BASE}pause/`, speed: `${BASE}speed/` },
        },
      ],
      ["recordingStreams.get", { current_position: "2026-11-24T08:04:12.520000000+00:00", speed: 1 }],
      ["recordingStreams.play", {}],
      ["recordingStreams.setSpeed", {}],
      ["recordingStreams.pause", {}],
    ],
    run: async (angelcam) => {
      const player = await playback(angelcam, RECORDING, { start: RANGE.start });
      await player.position();
      await player.play();
      await player.setSpeed(2);
      await player.pause();
    },
  },
];

/** Every helper with each response that it reads at fault, be it a success or an error. */
export function* helperCases(): Generator<Case> {
  for (const { name, responses, run } of scenarios) {
    for (const [index, [operation, body]] of responses.entries()) {
      const statuses = [200, 200, 400 + (index % 5)];
      for (const [turn, status] of statuses.entries()) {
        // The second turn has the fault only once: what comes after it is in order.
        for (const fault of jsonFaults(typeof body === "number" ? {} : body)) {
          if (turn === 1 && !fault.name.startsWith("the whole")) continue;
          const label = `${name}, ${operation}, status ${status}, ${fault.name}`;
          yield {
            name: label,
            operations: responses
              .map(([id]) => id)
              .concat("cameras.get", "cameras.clips.get", "arrowClients.get", "arrowClients.list"),
            run: () => play(responses, index, fault, status, turn === 1, run),
          };
        }
      }
    }
  }
}

async function play(
  responses: Scenario["responses"],
  faulty: number,
  { text }: JsonFault,
  status: number,
  isOnce: boolean,
  run: Scenario["run"],
): Promise<unknown> {
  const clock = new ManualClock();
  let next = 0;
  const fetch = async () => {
    const index = Math.min(next, responses.length - 1);
    const isFaulty = index === faulty && (!isOnce || next === faulty);
    // A helper that polls requests the last response again.
    next++;
    if (isFaulty) return respond(text, status);
    const body = responses[index]?.[1];
    return typeof body === "number" ? respond("{}", body) : respond(JSON.stringify(body));
  };
  const auth = personalAccessToken("x".repeat(20));
  const angelcam = new Angelcam({ auth, fetch, clock, retry: false, quota: false });
  return clock.drive(run(angelcam, clock));
}
