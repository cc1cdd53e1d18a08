import { describe, expect, test } from "vitest";
import type { Angelcam } from "../../src/index.ts";
import { createSandbox, type Sandbox, type SandboxRecording } from "../../src/sandbox/index.ts";
import { apiError, clientOf, get, START, stillSandbox } from "./support.ts";

const HOUR = 3_600_000;

/** A camera with a recording that runs since the start of the test. */
function recorded(options = {}): { sandbox: Sandbox; angelcam: Angelcam; recording: SandboxRecording } {
  const sandbox = stillSandbox({ cameras: 0, quota: false, ...options });
  const camera = sandbox.cameras.add({ name: "Front door", type: "h264", applications: [] });
  return { sandbox, angelcam: clientOf(sandbox), recording: sandbox.recordings.add(camera.id) };
}

function hours(count: number): string {
  return new Date(START + count * HOUR).toISOString().replace(".000Z", "Z");
}

describe("made-up footage", () => {
  test("is there for a camera with cloud recording, with holes and over midnight", async () => {
    const sandbox = stillSandbox({ cameras: 0 });
    const [none, some] = [[], [{ code: "CRA" as const }]].map((applications) =>
      sandbox.cameras.add({ applications, status: "online" }),
    );
    const angelcam = clientOf(sandbox);
    expect((await angelcam.cameras.recordings.list(none?.id ?? 0)).count).toBe(0);
    const { results } = await angelcam.cameras.recordings.list(some?.id ?? 0);
    expect(results).toMatchObject([{ status: "RECORDING", retention: "P7D", recording_end: "2026-11-24T12:00:00Z" }]);
    const footage = sandbox.recordings.footage(results[0]?.id ?? "");
    expect(footage.length).toBeGreaterThan(3);
    expect(footage.some(({ start, end }) => start.slice(0, 10) !== end.slice(0, 10))).toBe(true);
  });

  test("is the same for the same seed and differs with another", () => {
    const all = (seed: number) => {
      const { recordings } = stillSandbox({ seed });
      return [...recordings].map(({ id }) => [id, recordings.footage(id)]);
    };
    expect(all(1)).toEqual(all(1));
    expect(all(1)).not.toEqual(all(2));
  });

  test("goes with its camera", () => {
    const { sandbox, recording } = recorded();
    expect(sandbox.recordings.get(recording.id)).toBe(recording);
    sandbox.cameras.remove(recording.cameraId);
    expect([sandbox.recordings.get(recording.id), sandbox.recordings.count]).toEqual([undefined, 0]);
  });
});

describe("the timeline", () => {
  const segments = [
    { start: hours(-2), end: hours(-1) },
    { start: hours(-20), end: new Date(START - 9 * HOUR) },
  ];

  test("has what a test has set, in order, cut at the edges of the range", async () => {
    const { sandbox, angelcam, recording } = recorded();
    sandbox.recordings.setFootage(recording.id, segments);
    const range = { start: hours(-12), end: hours(-1.5) };
    expect(await angelcam.recordings.timeline(recording.id, range)).toEqual({
      ...range,
      segments: [
        { start: hours(-12), end: hours(-9) },
        { start: hours(-2), end: hours(-1.5) },
      ],
    });
    const hole = await angelcam.recordings.timeline(recording.id, { start: hours(-9), end: hours(-2) });
    expect(hole.segments).toEqual([]);
  });

  test("has one segment where a test has set several that touch or overlap", () => {
    const { sandbox, recording } = recorded();
    sandbox.recordings.setFootage(recording.id, [
      { start: 5000, end: 6000 },
      { start: 1000, end: 2000 },
      { start: 2000, end: 3500 },
      { start: 5500, end: 5600 },
    ]);
    expect(sandbox.recordings.footage(recording.id)).toEqual([
      { start: "1970-01-01T00:00:01Z", end: "1970-01-01T00:00:03Z" },
      { start: "1970-01-01T00:00:05Z", end: "1970-01-01T00:00:06Z" },
    ]);
  });

  test.each([
    [hours(-24), hours(0.001), "The range cannot be longer than 24 hours."],
    [hours(0), hours(0), "The start must be before the end."],
  ])("rejects the range from %s to %s", async (start, end, detail) => {
    const { sandbox, recording } = recorded();
    expect(await timelineOf(sandbox, recording, { start, end })).toEqual({ title: "invalid", detail, status: 400 });
  });

  test("takes exactly 24 hours, and says which field is no date", async () => {
    const { sandbox, recording } = recorded();
    const day = { start: hours(-24), end: hours(0) };
    expect(await timelineOf(sandbox, recording, day)).toEqual({ ...day, segments: [] });
    expect(await timelineOf(sandbox, recording, { end: "noon" })).toMatchObject({
      detail: [{ start: ["This field is required."] }, { end: ['Must be of the format date-time, got "noon".'] }],
    });
  });

  test("is rejected by the sandbox where a test sets nonsense", () => {
    const { sandbox, recording } = recorded();
    const set = (start: string, end: string) => () => sandbox.recordings.setFootage(recording.id, [{ start, end }]);
    expect(set(hours(1), hours(1))).toThrow(RangeError);
    expect(set("noon", hours(1))).toThrow(/start must be a date/);
    expect(() => sandbox.recordings.setFootage("x", [])).toThrow(/no recording x/);
    expect(() => sandbox.recordings.add(1)).toThrow(/no camera 1/);
    expect(() => sandbox.recordings.add(recording.cameraId, { id: recording.id })).toThrow(/already/);
  });
});

describe("a recording", () => {
  test("grows with the clock from its start to its stop", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id);
    sandbox.clock.advance(HOUR);
    expect(await angelcam.recordings.get(recording.id)).toMatchObject({
      status: "RECORDING",
      recording_start: hours(0),
      recording_end: hours(1),
    });
    await angelcam.recordings.stop(recording.id);
    sandbox.clock.advance(HOUR);
    expect(await angelcam.recordings.get(recording.id)).toMatchObject({ status: "READY", recording_end: hours(1) });
  });

  test("keeps what came before its start and stops by itself", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id, { start_from: new Date(START - 30_000), duration: 60 });
    sandbox.clock.advance(HOUR);
    expect(recording.status).toBe("READY");
    expect(sandbox.recordings.footage(recording.id)).toEqual([
      { start: "2026-11-24T11:59:30Z", end: "2026-11-24T12:01:00Z" },
    ]);
  });

  test("stops at the latest of several planned stops, and never once a start names none", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id, { stop_at: hours(2) });
    await angelcam.recordings.start(recording.id, { stop_at: hours(1) });
    sandbox.clock.set(START + 1.5 * HOUR);
    expect(recording.status).toBe("RECORDING");
    sandbox.clock.set(START + 3 * HOUR);
    expect([recording.status, sandbox.recordings.footage(recording.id)[0]?.end]).toEqual(["READY", hours(2)]);
    await angelcam.recordings.start(recording.id, { stop_at: hours(4) });
    await angelcam.recordings.start(recording.id);
    sandbox.clock.set(START + 100 * HOUR);
    expect(recording.status).toBe("RECORDING");
    await expect(angelcam.recordings.start(recording.id, { stop_at: hours(101), duration: 60 })).rejects.toEqual(
      apiError(400),
    );
  });

  test("does not grow once a test has given it another status", () => {
    const { sandbox, recording } = recorded();
    recording.status = "RECORDING";
    sandbox.clock.advance(HOUR);
    recording.status = "ERROR";
    sandbox.clock.advance(HOUR);
    expect(sandbox.recordings.footage(recording.id)).toEqual([{ start: hours(0), end: hours(1) }]);
    sandbox.recordings.setFootage(recording.id, []);
    expect([recording.status, sandbox.recordings.footage(recording.id)]).toEqual(["READY", []]);
  });

  test("is not found when it was switched off, removed, or belongs to another user", async () => {
    const { sandbox, angelcam, recording } = recorded({ accounts: 2 });
    const other = sandbox.accounts[1];
    const foreign = other?.recordings.add(other.cameras.add().id);
    await expect(angelcam.recordings.get(foreign?.id ?? "")).rejects.toEqual(apiError(404));
    recording.deactivated_at = hours(0);
    await expect(angelcam.recordings.get(recording.id)).rejects.toEqual(apiError(404));
    expect((await angelcam.cameras.recordings.list(recording.cameraId)).count).toBe(1);
    expect([sandbox.recordings.remove(recording.id), sandbox.recordings.remove(recording.id)]).toEqual([true, false]);
  });

  test("is reached by its camera as well, as older programs do", async () => {
    const { sandbox, angelcam, recording } = recorded();
    sandbox.recordings.setFootage(recording.id, [{ start: hours(-2), end: hours(-1) }]);
    const range = { start: hours(-3), end: hours(0) };
    const [old, current] = await Promise.all([
      angelcam.cameras.recording.timeline(recording.cameraId, range),
      angelcam.recordings.timeline(recording.id, range),
    ]);
    expect(old).toEqual(current);
    await angelcam.cameras.recording.start(recording.cameraId, { duration: 60 });
    expect((await angelcam.recordings.get(recording.id)).status).toBe("RECORDING");
  });
});

describe("a download", () => {
  test("is a link with an end, also where there is no footage", async () => {
    const { angelcam, recording } = recorded();
    const { url = "" } = await angelcam.recordings.download(recording.id, { start: hours(-3), end: hours(0) });
    expect(url).toMatch(/^https:\/\/rec-eu1\.angelcam\.com\/download\/front-door\.mp4\?token=/);
    expect(expiryOf(url)).toBe(START / 1000 + 1200);
    const named = await angelcam.recordings.download(recording.id, {
      start: hours(-1),
      end: hours(0),
      filename: "a b",
    });
    expect(named.url).toContain("/download/a%20b.mp4?");
  });

  test("is rejected for more than 3 hours", async () => {
    const { angelcam, recording } = recorded();
    const call = angelcam.recordings.download(recording.id, { start: hours(-3.01), end: hours(0) });
    await expect(call).rejects.toEqual(apiError(400, "The range cannot be longer than 3 hours."));
  });

  test("of a single picture is a link too", async () => {
    const { angelcam, recording } = recorded();
    const { url } = await angelcam.recordings.snapshot(recording.id, { datetime: hours(-1) });
    expect(url).toContain("/snapshots/20261124T110000Z.jpg?token=");
  });
});

describe("a live link", () => {
  test("carries a token that says when it ends: after an hour for hls, after two minutes for the others", async () => {
    const sandbox = stillSandbox({ cameras: 0 });
    const { id } = sandbox.cameras.add({ type: "h264", status: "online" });
    const { streams, live_snapshot } = await clientOf(sandbox).cameras.get(id);
    const seconds = streams.map(({ format, url }) => [format, expiryOf(url) - START / 1000]);
    expect(seconds).toEqual([
      ["mjpeg", 120],
      ["mp4", 120],
      ["mpegts", 120],
      ["hls", 3600],
    ]);
    expect(expiryOf(live_snapshot ?? "") - START / 1000).toBe(120);
  });

  test("is the same at the same moment, and another one a second later", async () => {
    const sandbox = createSandbox({ cameras: 1, clock: { now: () => START } });
    const read = async () => (await clientOf(sandbox).cameras.list()).results[0]?.streams[0]?.url ?? "";
    const first = await read();
    expect(await read()).toBe(first);
    sandbox.clock.advance(1000);
    expect(expiryOf(await read())).toBe(expiryOf(first) + 1);
  });
});

/** The timeline without the client, which rejects such ranges itself. */
async function timelineOf(sandbox: Sandbox, { id }: SandboxRecording, range: Record<string, string>): Promise<unknown> {
  const path = `/v1/recording/${id}/timeline/?${new URLSearchParams(range)}`;
  return (await get(sandbox, path, sandbox.tokens.signIn().access_token)).json();
}

/** When a link ends, in seconds since 1970, by its token. */
function expiryOf(link: string): number {
  const payload = new URL(link).searchParams.get("token")?.split(".")[0] ?? "";
  const { time, timeout } = JSON.parse(Buffer.from(payload, "base64").toString()) as { time: number; timeout: number };
  return time / 1e6 + timeout;
}

describe("a start with a planned stop", () => {
  test("of a recording that runs without one: stops after duration seconds", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id);
    sandbox.clock.advance(HOUR);
    await angelcam.recordings.start(recording.id, { duration: 60 });
    sandbox.clock.advance(HOUR);
    expect(recording.status).toBe("READY");
    expect(sandbox.recordings.footage(recording.id)).toEqual([{ start: hours(0), end: "2026-11-24T13:01:00Z" }]);
  });

  test("of a recording that stops later: the later pending stop wins", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id, { stop_at: hours(2) });
    await angelcam.recordings.start(recording.id, { duration: 60 });
    sandbox.clock.advance(3 * HOUR);
    expect(sandbox.recordings.footage(recording.id)).toEqual([{ start: hours(0), end: hours(2) }]);
  });

  test("and a start_from of years ago keeps the five minutes that are buffered", async () => {
    const { sandbox, angelcam, recording } = recorded();
    await angelcam.recordings.start(recording.id, { start_from: "2020-01-01T00:00:00Z", duration: 60 });
    sandbox.clock.advance(HOUR);
    expect(sandbox.recordings.footage(recording.id)).toEqual([
      { start: "2026-11-24T11:55:00Z", end: "2026-11-24T12:01:00Z" },
    ]);
  });
});

test("footage of less than a second within one second of the clock: no segment in the timeline and in footage()", async () => {
  const { sandbox, angelcam, recording } = recorded();
  const segment = (from: number, to: number) => ({ start: START + from, end: START + to });
  sandbox.recordings.setFootage(recording.id, [segment(100, 900), segment(5_000, 9_000)]);
  const expected = [{ start: "2026-11-24T12:00:05Z", end: "2026-11-24T12:00:09Z" }];
  sandbox.clock.advance(HOUR);
  const range = { start: new Date(START - HOUR), end: new Date(START + HOUR) };
  expect((await angelcam.recordings.timeline(recording.id, range)).segments).toEqual(expected);
  expect(sandbox.recordings.footage(recording.id)).toEqual(expected);
});
