import { expect, it } from "vitest";
import { clipIdOf, createClip, waitForClip } from "../../../src/helpers/clips.ts";
import { Angelcam } from "../../../src/index.ts";
import { envelope, json, type RecordedRequest, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { CAMERA, CLIP_ID, clip, clipFixture, WANTED } from "./clip-fixture.ts";

function clientFixture(respond: (request: RecordedRequest) => Response) {
  const clock = new ManualClock();
  const fetch = recordingFetch(respond);
  return { clock, fetch, angelcam: new Angelcam({ fetch, clock, quota: false, retry: false }) };
}

it("three waits whose one list request fails each reject with an error that has their own clip id", async () => {
  const { angelcam, clock, fetch } = clientFixture(() => envelope(503, "unavailable", "Later."));
  const waits = ["a", "b", "c"].map((id) => waitForClip(angelcam, CAMERA, id, { clock }));
  const outcomes = await clock.drive(Promise.allSettled(waits));
  const errors = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason);
  expect(fetch.requests).toHaveLength(3);
  expect(errors.map(clipIdOf)).toEqual(["a", "b", "c"]);
  for (const error of errors) {
    expect(error).toMatchObject({ name: "ServerError", code: "server_error", status: 503 });
    expect(error).toBeInstanceOf(Error);
    expect(error.stack).toContain("ServerError");
    expect(error.message).toBe(errors[0].message);
  }
});

it.each([
  ["is no page", () => json({ results: null })],
  ["is forbidden", () => envelope(403, "forbidden", "No access.")],
])("two waits succeed though their list %s, for each clip is then read alone", async (_, list) => {
  const { angelcam, clock, fetch } = clientFixture(({ url }) => {
    const { pathname } = new URL(url);
    return pathname.endsWith("/clips/") ? list() : json({ ...clip("READY"), id: pathname.split("/").at(-2) });
  });
  const waits = ["a", "b"].map((id) => waitForClip(angelcam, CAMERA, id, { clock }));
  expect((await clock.drive(Promise.all(waits))).map(({ id }) => id)).toEqual(["a", "b"]);
  expect(fetch.requests).toHaveLength(3);
});

it.each([
  ["Headers", (tenant: string) => new Headers({ "X-Tenant": tenant })],
  ["a Map", (tenant: string) => new Map([["X-Tenant", tenant]])],
  ["an object", (tenant: string) => ({ "X-Tenant": tenant })],
])("waits with other headers, given as %s, share no request", async (_, headersOf) => {
  const { angelcam, clock, fetch } = clientFixture(({ url }) =>
    json({ ...clip("READY"), id: new URL(url).pathname.split("/").at(-2) }),
  );
  const wait = (id: string, tenant: string) =>
    waitForClip(angelcam, CAMERA, id, { clock, headers: headersOf(tenant) as Record<string, string> });
  const clips = await clock.drive(Promise.all([wait("a", "one"), wait("b", "two")]));
  expect(clips.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(fetch.requests.map(({ headers }) => headers.get("X-Tenant"))).toEqual(["one", "two"]);
});

it("an onCreated whose promise never settles ends with the deadline or the abort, and the clip's id", async () => {
  for (const end of ["deadline", "abort"]) {
    const { angelcam, clock } = clipFixture(["PENDING"]);
    const controller = new AbortController();
    const onCreated = (): Promise<never> => new Promise(() => {});
    const creation = createClip(angelcam, CAMERA, {
      ...WANTED,
      clock,
      onCreated,
      deadline: 5000,
      signal: controller.signal,
    });
    const reason = creation.catch((error) => error);
    if (end === "abort") clock.setTimeout(() => controller.abort(end), 1000);
    const error = await clock.drive(reason);
    if (end === "abort") expect(error).toBe(end);
    else expect(error).toMatchObject({ code: "timeout", clipId: CLIP_ID });
    expect(clock.pending).toBe(0);
  }
});

it.each([Number.NaN, 7, -7, Number.POSITIVE_INFINITY])("a random that returns %j leaves pauses", async (value) => {
  const { angelcam, clock, reads } = clipFixture(["PENDING"]);
  const wait = waitForClip(angelcam, CAMERA, CLIP_ID, { clock, deadline: 60_000, random: () => value });
  await expect(clock.drive(wait)).rejects.toMatchObject({ code: "timeout" });
  expect(reads().length).toBeLessThanOrEqual(6);
});

it("a random that throws rejects the wait with its error", async () => {
  const { angelcam, clock } = clipFixture([() => envelope(503, "unavailable", "Later.")]);
  const random = () => {
    throw new Error("no chance");
  };
  await expect(clock.drive(waitForClip(angelcam, CAMERA, CLIP_ID, { clock, random }))).rejects.toThrow("no chance");
  expect(clock.pending).toBe(0);
});

it("options with a prototype keep what they inherit", async () => {
  const { angelcam, clock, fetch } = clipFixture(["PENDING"]);
  const options = Object.assign(Object.create({ deadline: 3000, space: 7 }), { clock });
  await expect(clock.drive(waitForClip(angelcam, CAMERA, CLIP_ID, options))).rejects.toThrow("within 3000 ms");
  expect(fetch.requests[0]?.headers.get("X-Space-Id")).toBe("7");
});

it("an invalid camera id or request option is named before anything is sent", async () => {
  const { angelcam, clock, fetch } = clipFixture(["READY"]);
  const invalid: [name: string, cameraId: unknown, options: object][] = [
    ["cameraId", 5n, {}],
    ["cameraId", Number.NaN, {}],
    ["space", CAMERA, { space: 5n }],
    ["space", CAMERA, { space: {} }],
    ["headers", CAMERA, { headers: "X-Tenant: 7" }],
    ["signal", CAMERA, { signal: {} }],
  ];
  for (const [name, cameraId, options] of invalid) {
    const wait = waitForClip(angelcam, cameraId as number, CLIP_ID, { clock, ...options });
    await expect(wait).rejects.toThrow(`waitForClip: ${name} must be`);
  }
  expect(fetch.requests).toEqual([]);
  expect(clock.pending).toBe(0);
});
