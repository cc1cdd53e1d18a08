import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { liveStream } from "../../../src/index.ts";
import { envelope } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { CAMERA, cameraFixture, linkToken, settle } from "./camera-fixture.ts";

const unavailable = () => envelope(503, "unavailable", "Later.");

/** An iteration that has brought the first link, and waits for the next one. */
async function waitingIteration() {
  const { angelcam, clock } = cameraFixture();
  const stream = await liveStream(angelcam, CAMERA, { format: "hls", clock });
  const iteration = stream[Symbol.asyncIterator]();
  await iteration.next();
  const next = iteration.next();
  await settle();
  return { stream, iteration, next, clock };
}

it("return() of an iteration that waits for the next link ends both at once, and leaves no timer", async () => {
  const { stream, iteration, next, clock } = await waitingIteration();
  expect(clock.pending).toBe(1);
  const ended = iteration.return(undefined);
  expect(await Promise.all([next, ended])).toEqual([
    { value: undefined, done: true },
    { value: undefined, done: true },
  ]);
  expect(clock.pending).toBe(0);
  stream.release();
});

it("throw() of an iteration that waits for the next link rejects at once, and leaves no timer", async () => {
  const { stream, iteration, next, clock } = await waitingIteration();
  await expect(iteration.throw(new Error("no more"))).rejects.toThrow("no more");
  expect(await next).toEqual({ value: undefined, done: true });
  expect(clock.pending).toBe(0);
  stream.release();
});

it("a lease that is opened while the shared link has expired gets a new one: after a short life", async () => {
  const { angelcam, clock, at } = cameraFixture({ token: (now) => linkToken(now, 2) });
  await liveStream(angelcam, CAMERA, { format: "hls", clock });
  await clock.advance(3000);
  const second = await liveStream(angelcam, CAMERA, { format: "hls", clock });
  expect(second.expired).toBe(false);
  expect(at).toEqual([0, 3]);
});

it("a lease that is opened while the shared link has expired gets a new one: after an outage", async () => {
  const { angelcam, clock, instead } = cameraFixture();
  const first = await liveStream(angelcam, CAMERA, { format: "mjpeg", clock });
  first.onRenew(() => {});
  instead.push(...Array.from({ length: 100 }, () => unavailable));
  for (let step = 0; step < 30; step++) {
    await clock.advance(10_000);
    await settle();
  }
  expect(first.expired).toBe(true);
  await expect(liveStream(angelcam, CAMERA, { format: "mjpeg", clock })).rejects.toMatchObject({ status: 503 });
  instead.length = 0;
  const second = await liveStream(angelcam, CAMERA, { format: "mjpeg", clock });
  expect(second.expired).toBe(false);
  first.release();
  second.release();
  expect(clock.pending).toBe(0);
});

it("a signal that aborts in the turn in which the link came rejects with its reason, and holds no lease", async () => {
  const { angelcam, clock, fetch } = cameraFixture();
  const controller = new AbortController();
  const options = { format: "hls", clock } as const;
  const first = liveStream(angelcam, CAMERA, options).then((stream) => {
    controller.abort("enough");
    stream.release();
  });
  const second = liveStream(angelcam, CAMERA, { ...options, signal: controller.signal });
  await expect(second).rejects.toBe("enough");
  await first;
  await liveStream(angelcam, CAMERA, options);
  expect(fetch.requests).toHaveLength(2);
});

it("an iteration does not give a link that came and expired while its reader was busy", async () => {
  const { angelcam, clock, instead, at } = cameraFixture();
  const stream = await liveStream(angelcam, CAMERA, { format: "mjpeg", clock });
  const iteration = stream[Symbol.asyncIterator]();
  await iteration.next();
  await clock.advance(115_000);
  await settle();
  expect(at).toHaveLength(2);
  instead.push(...Array.from({ length: 100 }, () => unavailable));
  for (let step = 0; step < 30; step++) {
    await clock.advance(10_000);
    await settle();
  }
  expect(stream.expired).toBe(true);
  const next = iteration.next();
  instead.length = 0;
  const { value } = await clock.drive(next);
  expect(Date.parse(value?.expiresAt ?? "")).toBeGreaterThan(clock.now());
  stream.release();
});

it.each([undefined, null, "log", { next() {} }])("onRenew rejects the listener %o, and names it", async (listener) => {
  const { angelcam, clock } = cameraFixture();
  const stream = await liveStream(angelcam, CAMERA, { format: "hls", clock });
  expect(() => stream.onRenew(listener as never)).toThrow("liveStream: listener must be a function");
  expect(() => stream.onRenew(() => {}, "log" as never)).toThrow("liveStream: onFailure must be a function");
  expect(clock.pending).toBe(0);
});

it("the space undefined and the space of that name share no link", async () => {
  const { angelcam, clock, fetch } = cameraFixture();
  await liveStream(angelcam, CAMERA, { format: "hls", clock });
  await liveStream(angelcam, CAMERA, { format: "hls", clock, space: "undefined" });
  expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual([null, "undefined"]);
});

it("a client keeps nothing of a space whose leases have all been released", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const { angelcam } = cameraFixture();
  const watchOnce = async (space: number) => {
    const clock = new ManualClock();
    (await liveStream(angelcam, CAMERA, { format: "hls", clock, space })).release();
    return new WeakRef(clock);
  };
  const kept = await watchOnce(1);
  await watchOnce(2);
  const isKept = () => {
    collectGarbage();
    return kept.deref() !== undefined;
  };
  await expect.poll(isKept).toBe(false);
  // The client is alive until here.
  expect(angelcam).toBeDefined();
});
