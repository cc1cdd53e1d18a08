import { expect, it, test } from "vitest";
import {
  Angelcam,
  createClip,
  detectStreams,
  downloads,
  footage,
  liveStream,
  pairArrowClient,
  playback,
  type RequestOptions,
  waitForClip,
} from "../../src/index.ts";
import { json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

// Every helper takes the options of a call, in which `timeout` is one attempt and `deadline` is all of it.

const RANGE = { start: "2026-11-24T08:00:00Z", end: "2026-11-24T08:05:00Z" };
const CLIP = { ...RANGE, name: "Parcel" };
const WHERE = { address: "203.0.113.17" };
const UUID = "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05";

type Options = RequestOptions & { clock: ManualClock };

const helpers: readonly [string, (angelcam: Angelcam, options: Options) => Promise<unknown>][] = [
  ["createClip", (angelcam, options) => createClip(angelcam, 7, { ...CLIP, ...options })],
  ["waitForClip", (angelcam, options) => waitForClip(angelcam, 7, "c1", options)],
  ["detectStreams", (angelcam, options) => detectStreams(angelcam, { ...WHERE, ...options })],
  ["pairArrowClient", (angelcam, options) => pairArrowClient(angelcam, { uuid: UUID, ...options })],
  ["liveStream", (angelcam, options) => liveStream(angelcam, 7, { format: "hls", ...options })],
  ["footage", (angelcam, options) => footage(angelcam, "r1", { ...RANGE, ...options }).toArray()],
  [
    "downloads",
    (angelcam, options) =>
      downloads(angelcam, "r1", { ...RANGE, ...options })
        [Symbol.asyncIterator]()
        .next(),
  ],
  ["playback", (angelcam, { clock: _, ...options }) => playback(angelcam, "r1", { ...RANGE, ...options })],
];

/** The response to any request of a helper; it ends each wait at the first read. */
function respond(path: string): object {
  if (path.includes("/clips/")) return { id: "c1", status: "READY" };
  if (path.includes("/stream-detection/")) return { session_id: "s1", status: "ok", streams: [] };
  if (path.includes("/arrow-clients/")) return { uuid: UUID, status: "online" };
  const url = "https://e1.angelcam.com/x";
  return { url, streams: [{ format: "hls", url }], segments: [RANGE] };
}

it.each(helpers)(
  "%s sends every request with the server, the space, the headers and the fetch options that it is given",
  async (_, run) => {
    const clock = new ManualClock();
    const sent: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (input, { headers, cache } = {}) => {
      const { host, pathname } = new URL(String(input));
      const { "x-space-id": space, "x-tenant": tenant } = Object.fromEntries(new Headers(headers));
      sent.push({ host, space, tenant, cache });
      return json(respond(pathname));
    };
    const headers = { "X-Tenant": "one" };
    const options = {
      server: "test",
      space: 7,
      headers,
      cache: "no-store",
      coalesce: true,
      timeout: 5000,
      deadline: 60_000,
    } as const;
    await clock.drive(run(new Angelcam({ fetch, clock, quota: false }), { ...options, clock }));
    expect(sent.length).toBeGreaterThan(0);
    for (const request of sent) {
      expect(request).toEqual({ host: "api.test.angelcam.com", space: "7", tenant: "one", cache: "no-store" });
    }
  },
);

it.each(helpers)("%s whose first request hangs, with a timeout of 1 s: that attempt ends after 1 s", async (_, run) => {
  const clock = new ManualClock();
  const start = clock.now();
  const attempts: number[] = [];
  const fetch = recordingFetch((_request, _index, signal) => {
    signal?.addEventListener("abort", () => attempts.push(clock.now() - start));
    return new Promise<Response>(() => {});
  });
  const angelcam = new Angelcam({ fetch, clock, quota: false, retry: false });
  await expect(clock.drive(run(angelcam, { clock, timeout: 1000 }))).rejects.toMatchObject({ code: "timeout" });
  expect(attempts[0]).toBe(1000);
  expect(clock.pending).toBe(0);
});

it.each(helpers)(
  "%s whose requests hang, with a deadline of 1 s: it ends after 1 s, with TimeoutError",
  async (_, run) => {
    const clock = new ManualClock();
    const start = clock.now();
    const fetch = recordingFetch(() => new Promise<Response>(() => {}));
    const angelcam = new Angelcam({ fetch, clock, quota: false });
    await expect(clock.drive(run(angelcam, { clock, deadline: 1000 }))).rejects.toMatchObject({ code: "timeout" });
    expect(clock.now() - start).toBe(1000);
    expect(clock.pending).toBe(0);
  },
);

it.each(helpers)("%s rejects invalid call options before anything is sent, and names itself", async (name, run) => {
  const fetch = recordingFetch(() => json({}));
  const invalid = { timeout: 0, deadline: -1, coalesce: "yes", headers: "X: 1", space: {}, signal: {} };
  for (const [option, value] of Object.entries(invalid)) {
    const options = { clock: new ManualClock(), [option]: value } as unknown as Options;
    await expect((async () => run(new Angelcam({ fetch }), options))()).rejects.toThrow(`${name}: ${option} must be`);
  }
  expect(fetch.requests).toEqual([]);
});

test("waits for two clips that differ in timeout or server share no request; with the same options they share one", async () => {
  const clock = new ManualClock();
  const fetch = recordingFetch(({ url }) => {
    const id = new URL(url).pathname.split("/")[5];
    const results = ["a", "b"].map((clip) => ({ id: clip, status: "READY" }));
    return json(id ? { id, status: "READY" } : { results, count: 2, next: null, previous: null });
  });
  const angelcam = new Angelcam({ fetch, clock, quota: false });
  const requestsOf = async (...both: RequestOptions[]) => {
    const before = fetch.requests.length;
    await clock.drive(
      Promise.all(both.map((own, index) => waitForClip(angelcam, 7, "ab"[index] ?? "", { clock, ...own }))),
    );
    return fetch.requests.length - before;
  };
  expect(await requestsOf({ timeout: 1000 }, { timeout: 2000 })).toBe(2);
  expect(await requestsOf({ server: "test" }, {})).toBe(2);
  expect(await requestsOf({ serverVariables: { streamer: "e1" } }, { serverVariables: { streamer: "e2" } })).toBe(2);
  expect(await requestsOf({ timeout: 1000, space: 7 }, { timeout: 1000, space: "7", headers: {} })).toBe(1);
  // How long each may take is a matter of its own.
  expect(await requestsOf({ deadline: 1000 }, { deadline: 2000 })).toBe(1);
});
