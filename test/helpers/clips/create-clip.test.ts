import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { ClipError, clipIdOf, createClip, waitForClip } from "../../../src/helpers/clips.ts";
import {
  ConnectionError,
  NotFoundError,
  PermissionDeniedError,
  QuotaError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../../src/index.ts";
import { envelope, json } from "../../support/fake-angelcam.ts";
import { CAMERA, CLIP_ID, clip, clipFixture, TOKEN, WANTED } from "./clip-fixture.ts";

const unavailable = () => envelope(503, "unavailable", "x");
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("createClip", () => {
  it("creates once and ends with the clip when it is ready", async () => {
    const { angelcam, clock, creations, reads } = clipFixture(["PENDING", "PENDING", "BUILDING", "READY"]);
    expect(await clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock }))).toEqual(clip("READY"));
    expect(creations().map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      [`https://api.angelcam.com/v1/cameras/${CAMERA}/clips/`, WANTED],
    ]);
    expect(reads().map(({ url }) => new URL(url).pathname)).toEqual(
      Array(3).fill(`/v1/cameras/${CAMERA}/clips/${CLIP_ID}/`),
    );
    expect(clock.pending).toBe(0);
  });

  it("needs no second request for a clip that is ready at once", async () => {
    const { angelcam, clock, fetch } = clipFixture(["READY"]);
    expect((await createClip(angelcam, CAMERA, { ...WANTED, clock })).status).toBe("READY");
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("pauses longer each time, up to 30 seconds", async () => {
    const { angelcam, clock, pauses } = clipFixture([...Array(10).fill("PENDING"), "READY"]);
    await clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock, random: () => 0 }));
    expect(pauses()).toEqual([4, 8, 16, 30, 30, 30, 30, 30, 30, 30]);
  });

  it.each([[[0, 0.999]], [[0.999, 0]]])(
    "pauses grow whatever chance does, and never leave their bounds: %j",
    async (draws) => {
      const { angelcam, clock, pauses } = clipFixture([...Array(4).fill("PENDING"), "READY"]);
      let turn = 0;
      const random = () => draws[turn++ % 2] ?? 0;
      await clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock, random }));
      const full = [4, 8, 16, 30];
      expect(pauses()).toHaveLength(full.length);
      for (const [index, length] of pauses().entries()) {
        expect(length).toBeGreaterThan(index === 0 ? 0 : (pauses()[index - 1] ?? 0));
        expect(length).toBeLessThanOrEqual(full[index] ?? 0);
        expect(length).toBeGreaterThanOrEqual((full[index] ?? 0) * 0.8);
      }
    },
  );

  it("takes dates, a recording and a space, and writes times in UTC", async () => {
    const { angelcam, clock, fetch } = clipFixture(["PENDING", "READY"]);
    const recording = "3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093";
    const span = { start: new Date("2026-11-24T07:58:00Z"), end: "2026-11-24T09:03:00+01:00" };
    await clock.drive(createClip(angelcam, CAMERA, { name: "Parcel", ...span, recording, space: 7, clock }));
    expect(JSON.parse(fetch.requests[0]?.body ?? "")).toEqual({ ...WANTED, recording });
    expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual(["7", "7"]);
  });

  it("ends with ClipError when the clip cannot be made, and shows no secret of it", async () => {
    const { angelcam, clock, creations } = clipFixture(["PENDING", "ERROR"]);
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toBeInstanceOf(ClipError);
    expect(error).toMatchObject({ name: "ClipError", code: "clip_failed", retryable: false, clipId: CLIP_ID });
    expect(error.clip).toEqual(clip("ERROR"));
    for (const shown of [JSON.stringify(error), inspect(error, { depth: 9 })]) {
      expect(shown).toContain(CLIP_ID);
      expect(shown).not.toContain(TOKEN);
      expect(shown).not.toContain("91c4e7d2");
    }
    expect(creations()).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("ends with TimeoutError and the clip's id when it takes too long", async () => {
    const { angelcam, clock, creations } = clipFixture(["PENDING"]);
    const begin = clock.now();
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock, deadline: 60_000 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "timeout", retryable: false, message: expect.stringContaining(CLIP_ID) });
    expect(clipIdOf(error)).toBe(CLIP_ID);
    expect(clock.now() - begin).toBe(60_000);
    expect(creations()).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("counts a request that hangs into the deadline, and says when it does not know of a clip", async () => {
    const { angelcam, clock } = clipFixture([() => new Promise<Response>(() => {})]);
    const begin = clock.now();
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock, deadline: 5000 })));
    expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining("cameras.clips.list") });
    expect(clipIdOf(error)).toBeUndefined();
    expect(clock.now() - begin).toBe(5000);
    expect(clock.pending).toBe(0);
  });

  it("waits as long as it takes when the deadline is infinite, and sets no timer for that: the longest is 24 days", async () => {
    const { angelcam, clock } = clipFixture([...Array(40).fill("PENDING"), "READY"]);
    const start = clock.now();
    const timers = vi.spyOn(clock, "setTimeout");
    const made = await clock.drive(
      createClip(angelcam, CAMERA, { ...WANTED, clock, deadline: Number.POSITIVE_INFINITY }),
    );
    expect(made).toEqual(clip("READY"));
    expect(clock.now() - start).toBeGreaterThan(15 * 60_000);
    expect(timers.mock.calls.filter(([, milliseconds]) => milliseconds === Number.POSITIVE_INFINITY)).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it.each([undefined, null, "clipId", { clipId: 7 }])("names no clip in what is no error of it: %j", (thrown) => {
    expect(clipIdOf(thrown)).toBeUndefined();
  });

  it("gives up after 15 minutes without a deadline", async () => {
    const { angelcam, clock, reads } = clipFixture(["PENDING"]);
    const begin = clock.now();
    const wait = createClip(angelcam, CAMERA, { ...WANTED, clock, random: () => 0 });
    expect(await failure(clock.drive(wait))).toBeInstanceOf(TimeoutError);
    expect(clock.now() - begin).toBe(900_000);
    expect(reads()).toHaveLength(32);
  });

  it("goes on after two failures in a row that may pass", async () => {
    const { angelcam, clock, creations } = clipFixture([
      "PENDING",
      unavailable,
      unavailable,
      "PENDING",
      unavailable,
      "READY",
    ]);
    expect((await clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock }))).status).toBe("READY");
    expect(creations()).toHaveLength(1);
  });

  it("never creates twice, and names the clip, when reading it fails three times in a row", async () => {
    const { angelcam, clock, creations, reads } = clipFixture(["PENDING", unavailable]);
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toBeInstanceOf(ServerError);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ clipId: CLIP_ID, operationId: "cameras.clips.get" });
    expect(clipIdOf(error)).toBe(CLIP_ID);
    expect([creations().length, reads().length]).toEqual([1, 3]);
    expect(clock.pending).toBe(0);
  });

  it("names the clip at once when reading it fails for good", async () => {
    const { angelcam, clock, creations, reads } = clipFixture([
      "PENDING",
      () => envelope(403, "permission_denied", "x"),
    ]);
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(clipIdOf(error)).toBe(CLIP_ID);
    expect([creations().length, reads().length]).toEqual([1, 1]);
  });

  const missing = () => envelope(404, "not_found", "x");

  it("goes on over a 404 within a minute after the creation", async () => {
    const { angelcam, clock, creations, at } = clipFixture(["PENDING", missing, missing, missing, "READY"]);
    const creation = createClip(angelcam, CAMERA, { ...WANTED, clock, random: () => 0 });
    expect((await clock.drive(creation)).status).toBe("READY");
    expect(at).toEqual([0, 4000, 12_000, 28_000, 58_000]);
    expect(creations()).toHaveLength(1);
  });

  it("ends with NotFoundError and the clip's id when the clip is still missing a minute after the creation", async () => {
    const { angelcam, clock, at } = clipFixture(["PENDING", missing]);
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock, random: () => 0 })));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(clipIdOf(error)).toBe(CLIP_ID);
    expect(at).toEqual([0, 4000, 12_000, 28_000, 58_000, 88_000]);
    expect(clock.pending).toBe(0);
  });

  it.each([{}, { id: null }, { id: 7 }, { id: "" }])("says that a clip without an id remains: %j", async (wrong) => {
    const { angelcam, clock, fetch } = clipFixture([() => json({ ...clip("PENDING"), id: undefined, ...wrong }, 201)]);
    const error = await failure(createClip(angelcam, CAMERA, { ...WANTED, clock }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(/^cameras\.clips\.create: .*has no id\. The clip is created.*cameras\.clips\.list/);
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["of the creation", [() => json({ ...clip("PENDING"), status: "QUEUED" }, 201)], "cameras.clips.create"],
    ["of the clip", ["PENDING", () => json({ ...clip("PENDING"), status: "QUEUED" })], "cameras.clips.get"],
  ] as const)("names an unknown status %s, and the clip", async (_, responses, operationId) => {
    const { angelcam, clock } = clipFixture(responses);
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toMatchObject({ code: "unexpected_response", operationId, clipId: CLIP_ID });
    expect(error.message).toContain('status must be PENDING, BUILDING, READY or ERROR, got "QUEUED"');
    expect(clock.pending).toBe(0);
  });

  it("waits in the client's line, and names the clip when the line is longer than the wait", async () => {
    const { angelcam, clock, creations, reads } = clipFixture(["PENDING"], {
      quota: { windows: [{ limit: 3, seconds: 86_400 }] },
    });
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toBeInstanceOf(QuotaError);
    expect(clipIdOf(error)).toBe(CLIP_ID);
    expect([creations().length, reads().length]).toEqual([1, 2]);
    expect(clock.pending).toBe(0);
  });

  it("waits and sends the request again when a quota has rejected it, for nothing was created", async () => {
    const rejected = () => envelope(429, "throttled", "x", { "Retry-After": "7" });
    const { angelcam, clock, creations, at } = clipFixture([rejected, rejected, "READY"]);
    expect((await clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock }))).status).toBe("READY");
    expect(creations()).toHaveLength(3);
    expect(at).toEqual([0, 7000, 14_000]);
    const never = clipFixture([rejected]);
    const wait = createClip(never.angelcam, CAMERA, { ...WANTED, clock: never.clock, deadline: 10_000 });
    expect(await failure(never.clock.drive(wait))).toBeInstanceOf(RateLimitError);
    expect(never.creations()).toHaveLength(2);
    expect(never.clock.pending).toBe(0);
  });

  it("does not create again when the creation itself fails, for it may have arrived", async () => {
    const lost = () => Promise.reject(new TypeError("fetch failed"));
    const { angelcam, clock, fetch } = clipFixture([lost], { retry: { attempts: 5 } });
    const error = await failure(clock.drive(createClip(angelcam, CAMERA, { ...WANTED, clock })));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(clipIdOf(error)).toBeUndefined();
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("ends with the caller's own reason on abort, during a pause or a request; onCreated has reported the id", async () => {
    for (const hang of [false, true]) {
      const { angelcam, clock, creations } = clipFixture([
        "PENDING",
        hang ? () => new Promise<Response>(() => {}) : "PENDING",
      ]);
      const controller = new AbortController();
      const created: string[] = [];
      const onCreated = ({ id }: { id: string }) => void created.push(id);
      const wait = failure(createClip(angelcam, CAMERA, { ...WANTED, clock, signal: controller.signal, onCreated }));
      clock.setTimeout(() => controller.abort(reason), 2500);
      const reason = new Error("enough");
      expect(await clock.drive(wait)).toBe(reason);
      expect(Object.keys(reason)).toEqual([]);
      expect(created).toEqual([CLIP_ID]);
      expect(creations()).toHaveLength(1);
      expect(clock.pending).toBe(0);
    }
  });

  it("sends nothing when it is aborted before", async () => {
    const { angelcam, clock, fetch } = clipFixture(["READY"]);
    const signal = AbortSignal.abort("no");
    await expect(createClip(angelcam, CAMERA, { ...WANTED, clock, signal })).rejects.toBe("no");
    expect(fetch.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("names the clip when onCreated itself throws", async () => {
    const { angelcam, clock } = clipFixture(["PENDING"]);
    const onCreated = () => {
      throw new Error("disk full");
    };
    const error = await failure(createClip(angelcam, CAMERA, { ...WANTED, clock, onCreated }));
    expect(error).toMatchObject({ message: "disk full", clipId: CLIP_ID });
    expect(clock.pending).toBe(0);
  });

  it.each([
    [{ name: "" }, TypeError, "name"],
    [{ name: undefined as unknown as string }, TypeError, "name"],
    [{ start: "yesterday" }, TypeError, "start"],
    [{ end: new Date(Number.NaN) }, TypeError, "end"],
    [{ end: WANTED.start }, RangeError, "start must be before end"],
    [{ end: "2026-11-24T10:58:01Z" }, RangeError, "3 hours"],
    [{ recording: "" }, TypeError, "recording"],
    [{ deadline: 0 }, RangeError, "deadline"],
    [{ deadline: Number.NaN }, RangeError, "deadline"],
  ])("rejects %j before anything is sent", async (wrong, kind, message) => {
    const { angelcam, clock, fetch } = clipFixture(["READY"]);
    const error = await failure(createClip(angelcam, CAMERA, { ...WANTED, clock, ...wrong }));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain("createClip: ");
    expect(error.message).toContain(message);
    expect(fetch.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("takes exactly three hours", async () => {
    const { angelcam, clock } = clipFixture(["READY"]);
    const span = { start: "2026-11-24T07:58:00Z", end: "2026-11-24T10:58:00Z" };
    expect((await createClip(angelcam, CAMERA, { name: "Long", ...span, clock })).status).toBe("READY");
  });

  it("rejects a camera id that is none, before anything is sent", async () => {
    const { angelcam, clock, fetch } = clipFixture(["READY"]);
    await expect(createClip(angelcam, Number.NaN, { ...WANTED, clock })).rejects.toThrow(RangeError);
    expect(fetch.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe("waitForClip", () => {
  it("goes on with a clip that was created before, without creating one", async () => {
    const { angelcam, clock, creations, at } = clipFixture(["PENDING", "READY"]);
    const ready = await clock.drive(waitForClip(angelcam, CAMERA, CLIP_ID, { clock, random: () => 0 }));
    expect(ready).toEqual(clip("READY"));
    expect(creations()).toEqual([]);
    expect(at).toEqual([0, 4000]);
    expect(clock.pending).toBe(0);
  });

  it("ends with ClipError and TimeoutError as createClip does", async () => {
    const failed = clipFixture(["ERROR"]);
    await expect(waitForClip(failed.angelcam, CAMERA, CLIP_ID, { clock: failed.clock })).rejects.toThrow(ClipError);
    const slow = clipFixture(["PENDING"]);
    const wait = waitForClip(slow.angelcam, CAMERA, CLIP_ID, { clock: slow.clock, deadline: 1000 });
    expect(clipIdOf(await failure(slow.clock.drive(wait)))).toBe(CLIP_ID);
    expect(slow.clock.pending).toBe(0);
  });
});
