import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createClip, waitForClip } from "../../../src/helpers/clips.ts";
import { Angelcam, type AngelcamOptions, personalAccessToken } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { CAMERA, clip, WANTED } from "./clip-fixture.ts";

/** A sandbox with Angelcam's quota, where a clip takes 20 seconds, and a client with its defaults. */
function sandboxFixture(options: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const sandbox = createSandbox({ cameras: 2, clock });
  const [recording] = [...sandbox.recordings];
  if (!recording) throw new Error("The sandbox has no recording.");
  sandbox.recordings.setFootage(recording.id, [{ start: "2026-11-24T00:00:00Z", end: "2026-11-24T12:00:00Z" }]);
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch, clock, ...options });
  return { clock, sandbox, angelcam, cameraId: recording.cameraId };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("clips that are waited for at once", () => {
  it.each([
    [20, 23],
    [50, 58],
  ])("%i of them all become ready, for at most %i requests", async (count, requests) => {
    const { angelcam, clock, sandbox, cameraId } = sandboxFixture();
    const create = (number: number) => createClip(angelcam, cameraId, { ...WANTED, name: `Clip ${number}`, clock });
    const clips = await clock.drive(Promise.all(numbers(count).map(create)));
    expect(clips.map(({ name, status }) => [name, status])).toEqual(
      numbers(count).map((number) => [`Clip ${number}`, "READY"]),
    );
    expect(sandbox.count({ operation: "cameras.clips.create" })).toBe(count);
    expect(sandbox.count()).toBeLessThanOrEqual(requests);
    expect(sandbox.count({ status: 429 })).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("end each for itself: one fails, one is aborted, one takes too long, the others are ready", async () => {
    const { angelcam, clock, sandbox, cameraId } = sandboxFixture();
    const controller = new AbortController();
    sandbox.clips.failNext();
    const creations = [{}, { signal: controller.signal }, { deadline: 10_000 }, {}].map((options) =>
      createClip(angelcam, cameraId, { ...WANTED, clock, ...options }),
    );
    clock.setTimeout(() => controller.abort("enough"), 3000);
    const outcomes = await clock.drive(Promise.allSettled(creations));
    expect(
      outcomes.map((outcome) =>
        outcome.status === "fulfilled" ? outcome.value.status : (outcome.reason.code ?? outcome.reason),
      ),
    ).toEqual(["clip_failed", "enough", "timeout", "READY"]);
    expect(clock.pending).toBe(0);
  });

  it("share requests only where they are the same: camera, space and headers", async () => {
    const { angelcam, clock, sandbox, cameraId } = sandboxFixture({ quota: false });
    const headers = [{}, {}, { "X-Other": "1" }];
    await clock.drive(
      Promise.all(headers.map((own) => createClip(angelcam, cameraId, { ...WANTED, clock, headers: own }))),
    );
    expect(sandbox.count({ operation: "cameras.clips.list" })).toBe(3);
    expect(sandbox.count({ operation: "cameras.clips.get" })).toBe(3);
  });

  it("are found on later pages, and what no page has is read alone", async () => {
    const clock = new ManualClock();
    const ids = numbers(6).map((number) => `clip-${number}`);
    const fetch = recordingFetch(({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const id = pathname.split("/")[5];
      if (id) return json({ ...clip("READY"), id });
      const page = Number(searchParams.get("page") ?? 0);
      const results = [null, 7, {}, ...ids.slice(page * 2, page * 2 + 2).filter((one) => one !== "clip-6")].map(
        (one) => (typeof one === "string" ? { ...clip("READY"), id: one } : one),
      );
      return json({ count: 6, previous: null, next: page < 2 ? `?page=${page + 1}` : null, results });
    });
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, clock, quota: false });
    const clips = await clock.drive(Promise.all(ids.map((id) => waitForClip(angelcam, CAMERA, id, { clock }))));
    expect(clips.map(({ id }) => id)).toEqual(ids);
    expect(fetch.requests).toHaveLength(4);
    expect(clock.pending).toBe(0);
  });

  it("stop their request when the last of them is aborted", async () => {
    const clock = new ManualClock();
    let signal: AbortSignal | undefined;
    const fetch = recordingFetch((_request, _index, given) => {
      signal = given;
      return new Promise<Response>(() => {});
    });
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, clock, quota: false });
    const controller = new AbortController();
    const waits = ["a", "b"].map((id) => waitForClip(angelcam, CAMERA, id, { clock, signal: controller.signal }));
    clock.setTimeout(() => controller.abort("enough"), 100);
    const outcomes = await clock.drive(Promise.allSettled(waits));
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason)).toEqual(["enough", "enough"]);
    expect(signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

it("a wait that has ended keeps nothing of its options, however many clips a client makes", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const { angelcam, clock, cameraId } = sandboxFixture();
  const waitOnce = async () => {
    const headers = { "X-Request-Id": crypto.randomUUID() };
    await clock.drive(createClip(angelcam, cameraId, { ...WANTED, clock, headers }));
    return new WeakRef(headers);
  };
  const kept = await waitOnce();
  // Another wait replaces what the clock and the client hold of their last call.
  await waitOnce();
  // One collection may leave what the engine still has in a register or a cache.
  const isKept = () => {
    collectGarbage();
    return kept.deref() !== undefined;
  };
  await expect.poll(isKept).toBe(false);
});
