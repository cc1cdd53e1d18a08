import { describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/base/clock.ts";
import { liveStream, type StreamLink } from "../../../src/helpers/live-stream/index.ts";
import { envelope } from "../../support/fake-angelcam.ts";
import { CAMERA, cameraWorld, jwt, settle } from "./camera-world.ts";

const unavailable = () => envelope(503, "unavailable", "x");

describe("while somebody listens, a link", () => {
  it.each([
    ["mp4", [0, 100, 200, 300]],
    ["hls", [0, 3540, 7080, 10_620]],
  ] as const)("of %s is renewed ahead of its expiry", async (format, times) => {
    const { angelcam, clock, at, iso } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format, clock });
    const heard: StreamLink[] = [];
    stream.onRenew((link) => heard.push(link));
    for (const time of times.slice(1)) {
      await clock.advance(time * 1000 - clock.now() + Date.parse(iso(0)));
      await settle();
    }
    expect(at).toEqual(times);
    expect(heard.map(({ url }) => url.slice(-5))).toEqual(["link2", "link3", "link4"]);
    expect(stream.url).toBe(heard.at(-1)?.url);
    stream.release();
    expect(clock.pending).toBe(0);
  });

  it("is renewed by one timer and one request for all listeners of all leases", async () => {
    const { angelcam, clock, fetch } = cameraWorld();
    const [first, second] = [
      await liveStream(angelcam, CAMERA, { format: "mp4", clock }),
      await liveStream(angelcam, CAMERA, { format: "mp4", clock }),
    ];
    const heard: string[] = [];
    const stops = [
      first.onRenew(() => heard.push("first")),
      first.onRenew(() => heard.push("first again")),
      second.onRenew(() => heard.push("second")),
    ];
    expect(clock.pending).toBe(1);
    await clock.advance(100_000);
    await settle();
    expect(heard).toEqual(["first", "first again", "second"]);
    expect(fetch.requests).toHaveLength(2);
    first.release();
    expect(clock.pending).toBe(1);
    await clock.advance(100_000);
    await settle();
    expect(heard.slice(3)).toEqual(["second"]);
    for (const stop of stops) stop();
    expect(clock.pending).toBe(0);
  });

  it("is told to every listener, though one of them throws", async () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const { angelcam, clock } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const heard: string[] = [];
    stream.onRenew(() => {
      throw new Error("a fault of the program");
    });
    stream.onRenew(({ url }) => heard.push(url.slice(-5)));
    await clock.advance(100_000);
    await settle();
    expect(heard).toEqual(["link2"]);
    expect(report).toHaveBeenCalledOnce();
    report.mockRestore();
    stream.release();
  });

  it("is not renewed before and after that", async () => {
    const { angelcam, clock, fetch } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(10_000_000);
    const stop = stream.onRenew(() => {});
    stop();
    stop();
    await clock.advance(10_000_000);
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("that has expired before is renewed at once", async () => {
    const { angelcam, clock, at } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    stream.onRenew(() => {});
    await clock.advance(0);
    await settle();
    expect(at).toEqual([0, 500]);
    stream.release();
  });

  it("is renewed every 5 seconds at most, however short it works", async () => {
    const { angelcam, clock, at } = cameraWorld({ token: (now) => jwt({ exp: now + 1 }) });
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    stream.onRenew(() => {});
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(5000);
      await settle();
    }
    expect(at).toEqual([0, 5, 10, 15]);
    stream.release();
  });

  it("is tried again after a failure that may pass, with growing pauses, while it still works", async () => {
    const { angelcam, clock, at, instead } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const heard: string[] = [];
    stream.onRenew(
      ({ url }) => heard.push(url.slice(-5)),
      () => expect.unreachable(),
    );
    instead.push(unavailable, unavailable);
    for (const seconds of [100, 5, 10]) {
      await clock.advance(seconds * 1000);
      await settle();
    }
    expect(at).toEqual([0, 100, 105, 115]);
    expect(heard).toEqual(["link4"]);
    stream.release();
    expect(clock.pending).toBe(0);
  });

  it("is given up when it has expired by then, and the listener is told why", async () => {
    const { angelcam, clock, at, instead } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const failures: unknown[] = [];
    stream.onRenew(
      () => expect.unreachable(),
      (error) => failures.push(error),
    );
    instead.push(...Array(9).fill(unavailable));
    for (const seconds of [100, 5, 10, 20]) {
      await clock.advance(seconds * 1000);
      await settle();
    }
    expect(at).toEqual([0, 100, 105, 115, 135]);
    expect(failures).toEqual([expect.objectContaining({ code: "server_error" })]);
    expect(clock.pending).toBe(0);
  });

  it("is given up at once after a failure that stays, until somebody listens anew", async () => {
    const { angelcam, clock, instead } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const failures: unknown[] = [];
    const stop = stream.onRenew(
      () => expect.unreachable(),
      (error) => failures.push(error),
    );
    stream.onRenew(() => expect.unreachable());
    instead.push(() => envelope(404, "not_found", "x"));
    await clock.advance(100_000);
    await settle();
    expect(failures).toEqual([expect.objectContaining({ code: "not_found" })]);
    expect(clock.pending).toBe(0);
    stop();
    const heard: string[] = [];
    stream.onRenew(({ url }) => heard.push(url.slice(-5)));
    await clock.advance(5000);
    await settle();
    expect(heard).toEqual(["link3"]);
    stream.release();
  });

  it("does not keep a program alive for onRenew, but for an iteration, which is waited for", async () => {
    const refs: boolean[] = [];
    const clock = {
      ...systemClock,
      setTimeout: (callback: () => void, milliseconds: number) => {
        const timer = systemClock.setTimeout(callback, milliseconds) as NodeJS.Timeout;
        if (milliseconds > 3_000_000) setImmediate(() => refs.push(timer.hasRef()));
        return timer;
      },
    };
    const { angelcam } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "hls", clock });
    stream.onRenew(() => {});
    await settle();
    expect(refs).toEqual([false]);
    const links = stream[Symbol.asyncIterator]();
    await links.next();
    await settle();
    expect(refs).toEqual([false, true]);
    await links.return();
    await settle();
    expect(refs).toEqual([false, true, false]);
    stream.release();
  });
});

describe("iterating a lease", () => {
  it("gives the link and every new one, and ends when the lease is given back", async () => {
    const { angelcam, clock, at } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const given: string[] = [];
    const loop = (async () => {
      for await (const { url } of stream) given.push(url.slice(-5));
      return "ended";
    })();
    await settle();
    for (let turn = 0; turn < 2; turn++) {
      await clock.advance(100_000);
      await settle();
    }
    stream.release();
    expect(await loop).toBe("ended");
    expect(given).toEqual(["link1", "link2", "link3"]);
    expect(at).toEqual([0, 100, 200]);
    expect(clock.pending).toBe(0);
  });

  it("leaves no timer behind after break", async () => {
    const { angelcam, clock } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    for await (const { url } of stream) {
      expect(url).toContain("link1");
      expect(clock.pending).toBe(1);
      break;
    }
    expect(clock.pending).toBe(0);
  });

  it("leaves out what was replaced meanwhile", async () => {
    const { angelcam, clock } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const links = stream[Symbol.asyncIterator]();
    expect((await links.next()).value?.url).toContain("link1");
    await stream.renew();
    await stream.renew();
    expect((await links.next()).value?.url).toContain("link3");
    await links.return();
    expect(clock.pending).toBe(0);
  });

  it("begins with a link that works, though the one that was there has expired", async () => {
    const { angelcam, clock } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    const links = stream[Symbol.asyncIterator]();
    expect((await links.next()).value?.url).toContain("link2");
    await links.return();
  });

  it("throws why the link cannot be renewed", async () => {
    const { angelcam, clock, instead } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const links = stream[Symbol.asyncIterator]();
    await links.next();
    instead.push(() => envelope(404, "not_found", "x"));
    const next = expect(links.next()).rejects.toMatchObject({ code: "not_found" });
    await clock.advance(100_000);
    await next;
    expect(clock.pending).toBe(0);
  });

  it("ends with the signal's reason on abort, which gives the lease back", async () => {
    const { angelcam, clock } = cameraWorld();
    const controller = new AbortController();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock, signal: controller.signal });
    const links = stream[Symbol.asyncIterator]();
    await links.next();
    const next = expect(links.next()).rejects.toBe("enough");
    controller.abort("enough");
    await next;
    await expect(stream.renew()).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("ends at once on a lease that was given back", async () => {
    const { angelcam, clock } = cameraWorld();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    stream.release();
    for await (const _ of stream) expect.unreachable();
    expect(clock.pending).toBe(0);
  });
});
