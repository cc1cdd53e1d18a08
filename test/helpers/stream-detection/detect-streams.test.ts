import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { detectStreams, StreamDetectionError } from "../../../src/helpers/stream-detection.ts";
import { Angelcam, BadRequestError, ServerError, TimeoutError } from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const SESSION = "e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283";
const WHERE = { address: "203.0.113.17", username: "viewer", password: "hunter2" };
const STREAM = {
  url: "rtsp://viewer:hunter2@203.0.113.17:554/stream1",
  type: "h264",
  preview: { live_snapshot: "https://e1-eu1.angelcam.com/previews/2c91/snapshot.jpg?token=08bd1e57", streams: [] },
};

function detectionFixture(results: readonly (object | (() => Response))[]) {
  const clock = new ManualClock();
  const at: number[] = [];
  const start = clock.now();
  let turn = 0;
  const fetch = recordingFetch(({ method }) => {
    at.push(clock.now() - start);
    if (method === "POST") return json({ session_id: SESSION });
    const result = results[Math.min(turn++, results.length - 1)] ?? {};
    return typeof result === "function" ? result() : json(result);
  });
  return { angelcam: new Angelcam({ fetch, clock, quota: false, retry: false }), clock, fetch, at };
}

const searching = { status: "in-progress" };
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("detectStreams", () => {
  it("begins one search and ends with the streams that it finds, asking with growing pauses", async () => {
    const { angelcam, clock, fetch, at } = detectionFixture([
      searching,
      searching,
      { status: "ok", streams: [STREAM] },
    ]);
    expect(await clock.drive(detectStreams(angelcam, { ...WHERE, clock, random: () => 0 }))).toEqual([STREAM]);
    expect(fetch.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "POST /v1/cameras/stream-detection/",
      ...Array(3).fill(`GET /v1/cameras/stream-detection/${SESSION}/`),
    ]);
    expect(JSON.parse(fetch.requests[0]?.body ?? "")).toEqual(WHERE);
    expect(at).toEqual([0, 2000, 5000, 9500]);
    expect(clock.pending).toBe(0);
  });

  it("looks behind an Arrow client", async () => {
    const { angelcam, clock, fetch } = detectionFixture([{ status: "ok", streams: [] }]);
    const arrow_service = { arrow_client: "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", service_id: "00c4" };
    expect(await clock.drive(detectStreams(angelcam, { arrow_service, clock }))).toEqual([]);
    expect(JSON.parse(fetch.requests[0]?.body ?? "")).toEqual({ arrow_service });
  });

  it("finds none where the response names none", async () => {
    const { angelcam, clock } = detectionFixture([{ status: "ok" }]);
    expect(await clock.drive(detectStreams(angelcam, { ...WHERE, clock }))).toEqual([]);
  });

  it("ends with StreamDetectionError when the search fails, without the password", async () => {
    const error = "Refused: rtsp://viewer:hunter2@203.0.113.17/ (password hunter2).";
    const { angelcam, clock } = detectionFixture([searching, { status: "error", error }]);
    const thrown = await failure(clock.drive(detectStreams(angelcam, { ...WHERE, clock })));
    expect(thrown).toBeInstanceOf(StreamDetectionError);
    expect(thrown).toMatchObject({ code: "stream_detection_failed", retryable: false, sessionId: SESSION });
    expect(thrown.detail).toBe("Refused: rtsp://[secret]@203.0.113.17/ (password [secret]).");
    expect(inspect(thrown)).not.toContain("hunter2");
    expect(clock.pending).toBe(0);
  });

  it("ends with TimeoutError and the id of the search, after 5 minutes or the given time", async () => {
    for (const [deadline, expected] of [
      [undefined, 300_000],
      [10_000, 10_000],
    ]) {
      const { angelcam, clock } = detectionFixture([searching]);
      const begin = clock.now();
      const thrown = await failure(clock.drive(detectStreams(angelcam, { ...WHERE, clock, deadline })));
      expect(thrown).toBeInstanceOf(TimeoutError);
      expect(thrown.sessionId).toBe(SESSION);
      expect(clock.now() - begin).toBe(expected);
      expect(clock.pending).toBe(0);
    }
  });

  it("begins no second search, and names the first, when requesting its result fails", async () => {
    const { angelcam, clock, fetch } = detectionFixture([() => envelope(503, "unavailable", "x")]);
    const thrown = await failure(clock.drive(detectStreams(angelcam, { ...WHERE, clock })));
    expect(thrown).toBeInstanceOf(ServerError);
    expect(thrown.sessionId).toBe(SESSION);
    expect(fetch.requests.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "GET"]);
  });

  it("ends with the caller's own reason on abort", async () => {
    const { angelcam, clock } = detectionFixture([searching]);
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("enough"), 3000);
    const wait = failure(detectStreams(angelcam, { ...WHERE, clock, signal: controller.signal }));
    expect(await clock.drive(wait)).toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("passes on the errors of the API", async () => {
    const clock = new ManualClock();
    const fetch = recordingFetch(() => envelope(400, "validation_error", "x"));
    const angelcam = new Angelcam({ fetch, clock });
    await expect(detectStreams(angelcam, { ...WHERE, clock })).rejects.toThrow(BadRequestError);
    expect(clock.pending).toBe(0);
  });

  it.each([
    [{}, TypeError],
    [{ address: "" }, TypeError],
    [{ ...WHERE, arrow_service: { arrow_client: "5f0c2d1a", service_id: "00c4" } }, TypeError],
    [{ arrow_service: { arrow_client: "5f0c2d1a" } }, TypeError],
    [{ ...WHERE, port: 0 }, RangeError],
    [{ ...WHERE, port: 65_536 }, RangeError],
    [{ ...WHERE, deadline: -1 }, RangeError],
  ])("rejects %j before anything is sent", async (wrong, kind) => {
    const { angelcam, clock, fetch } = detectionFixture([searching]);
    const thrown = await failure(detectStreams(angelcam, { ...wrong, clock }));
    expect(thrown).toBeInstanceOf(kind);
    expect(thrown.message).toMatch(/^detectStreams: /);
    expect(fetch.requests).toEqual([]);
  });
});
