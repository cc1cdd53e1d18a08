import { describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/base/clock.ts";
import { liveStream, type StreamLink } from "../../../src/helpers/live-stream/index.ts";
import { QuotaError, StreamExpiredError } from "../../../src/index.ts";
import { envelope, json } from "../../support/fake-angelcam.ts";
import { CAMERA, cameraFixture, linkToken, settle } from "./camera-fixture.ts";

const unavailable = () => envelope(503, "unavailable", "x");

describe("while it has a listener, a link", () => {
  it.each([
    ["mp4", [0, 114, 228, 342]],
    ["hls", [0, 3540, 7080, 10_620]],
  ] as const)("of %s is renewed ahead of its expiry", async (format, times) => {
    const { angelcam, clock, at, iso } = cameraFixture();
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
    const { angelcam, clock, fetch } = cameraFixture();
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
    await clock.advance(114_000);
    await settle();
    expect(heard).toEqual(["first", "first again", "second"]);
    expect(fetch.requests).toHaveLength(2);
    first.release();
    expect(clock.pending).toBe(1);
    await clock.advance(114_000);
    await settle();
    expect(heard.slice(3)).toEqual(["second"]);
    for (const stop of stops) stop();
    expect(clock.pending).toBe(0);
  });

  it("is reported to every listener, though one of them throws", async () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const { angelcam, clock } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const heard: string[] = [];
    stream.onRenew(() => {
      throw new Error("a fault of the program");
    });
    stream.onRenew(({ url }) => heard.push(url.slice(-5)));
    await clock.advance(114_000);
    await settle();
    expect(heard).toEqual(["link2"]);
    expect(report).toHaveBeenCalledOnce();
    report.mockRestore();
    stream.release();
  });

  it("is not renewed before and after that", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
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
    const { angelcam, clock, at } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    stream.onRenew(() => {});
    await clock.advance(0);
    await settle();
    expect(at).toEqual([0, 500]);
    stream.release();
  });

  it("is renewed every 5 seconds at most, however short it works", async () => {
    const { angelcam, clock, at } = cameraFixture({ token: (now) => linkToken(now, 1) });
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    stream.onRenew(() => {});
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(5000);
      await settle();
    }
    expect(at).toEqual([0, 5, 10, 15]);
    stream.release();
  });

  it("is renewed after failures that may pass, with growing pauses, and its listener hears nothing while it works", async () => {
    const { angelcam, clock, at, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "hls", clock });
    const heard: string[] = [];
    stream.onRenew(
      ({ url }) => heard.push(url.slice(-5)),
      () => expect.unreachable(),
    );
    instead.push(unavailable, unavailable);
    for (const seconds of [3540, 5, 10]) {
      await clock.advance(seconds * 1000);
      await settle();
    }
    expect(at).toEqual([0, 3540, 3545, 3555]);
    expect(heard).toEqual(["link4"]);
    stream.release();
    expect(clock.pending).toBe(0);
  });

  it("that expires in an outage is reported at its expiry, and renewed by itself after the outage", async () => {
    const { angelcam, clock, at, instead, iso } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const [heard, failures]: [string[], [seconds: number, error: unknown][]] = [[], []];
    stream.onRenew(
      ({ url }) => heard.push(url.slice(-6)),
      (error) => failures.push([(clock.now() - Date.parse(iso(0))) / 1000, error]),
    );
    instead.push(...Array(9).fill(unavailable));
    for (let second = 0; second < 600; second++) {
      await clock.advance(1000);
      await settle();
    }
    expect(at).toEqual([0, 114, 119, 129, 149, 189, 249, 309, 369, 429, 489]);
    // The second failure shows that the third try comes too late.
    expect(failures).toHaveLength(1);
    const [[seconds, error] = []] = failures;
    expect(seconds).toBe(119);
    expect(error).toBeInstanceOf(StreamExpiredError);
    expect(error).toMatchObject({
      code: "stream_expired",
      retryable: true,
      expiresAt: iso(120),
      retryAt: new Date(iso(129)),
      cause: { code: "server_error" },
    });
    expect(heard).toEqual(["link11"]);
    stream.release();
    expect(clock.pending).toBe(0);
  });

  it("whose request hangs is reported at its expiry", async () => {
    const { angelcam, clock, instead, iso } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const failures: [number, unknown][] = [];
    stream.onRenew(
      () => {},
      (error) => failures.push([(clock.now() - Date.parse(iso(0))) / 1000, error]),
    );
    instead.push(() => new Promise<Response>(() => {}));
    await clock.advance(119_999);
    expect(failures).toEqual([]);
    await clock.advance(1);
    expect(failures).toEqual([[120, expect.any(StreamExpiredError)]]);
    expect(stream.expired).toBe(true);
    expect(() => stream.url).toThrow(StreamExpiredError);
    stream.release();
    await settle();
  });

  it("that an empty quota keeps from being renewed is reported as soon as that is known, with the time", async () => {
    const { angelcam, clock, at, iso } = cameraFixture({
      client: { quota: { windows: [{ limit: 1, seconds: 900 }] } },
    });
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const [heard, failures]: [number[], unknown[]] = [[], []];
    stream.onRenew(
      () => heard.push((clock.now() - Date.parse(iso(0))) / 1000),
      (error) => failures.push(error),
    );
    await clock.advance(114_000);
    await settle();
    expect(failures).toEqual([expect.objectContaining({ code: "stream_expired", cause: expect.any(QuotaError) })]);
    const { retryAt } = failures[0] as StreamExpiredError;
    expect(retryAt?.getTime()).toBeGreaterThanOrEqual(Date.parse(iso(900)));
    for (let second = 114; second < 905; second++) {
      await clock.advance(1000);
      await settle();
    }
    expect(heard).toEqual([901]);
    expect(at).toEqual([0, expect.closeTo(900, 0)]);
    expect(failures).toHaveLength(1);
    stream.release();
  });

  it.each([
    ["offline", () => Promise.reject(new TypeError("fetch failed"))],
    [
      "behind a page that asks for a password",
      () => new Response("<html>", { headers: { "Content-Type": "text/html" } }),
    ],
    ["refused with 429", () => envelope(429, "throttled", "x", { "Retry-After": "100" })],
    ["with an invalid response", () => json({ id: CAMERA, streams: "none" })],
  ])("comes again by itself after an hour %s", async (_, respond) => {
    const { angelcam, clock, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const [heard, failures]: [string[], unknown[]] = [[], []];
    stream.onRenew(
      ({ url }) => heard.push(url),
      (error) => failures.push(error),
    );
    const end = clock.monotonic() + 3_600_000;
    while (clock.monotonic() < end) {
      instead.splice(0, 9, respond as () => Response);
      await clock.advance(5000);
      await settle();
    }
    instead.length = 0;
    expect([heard.length, failures.length]).toEqual([0, 1]);
    for (let step = 0; step < 20; step++) {
      await clock.advance(5000);
      await settle();
    }
    expect(heard).toHaveLength(1);
    expect(stream.url).toBe(heard[0]);
    stream.release();
    expect(clock.pending).toBe(0);
  });

  it("is given up after a permanent failure, until it has a listener again", async () => {
    const { angelcam, clock, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const failures: unknown[] = [];
    const stop = stream.onRenew(
      () => expect.unreachable(),
      (error) => failures.push(error),
    );
    stream.onRenew(() => expect.unreachable());
    instead.push(() => envelope(404, "not_found", "x"));
    await clock.advance(114_000);
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
    const { angelcam } = cameraFixture();
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
  it("gives the link and every new one, and ends when the lease is released", async () => {
    const { angelcam, clock, at } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const given: string[] = [];
    const loop = (async () => {
      for await (const { url } of stream) given.push(url.slice(-5));
      return "ended";
    })();
    await settle();
    for (let turn = 0; turn < 2; turn++) {
      await clock.advance(114_000);
      await settle();
    }
    stream.release();
    expect(await loop).toBe("ended");
    expect(given).toEqual(["link1", "link2", "link3"]);
    expect(at).toEqual([0, 114, 228]);
    expect(clock.pending).toBe(0);
  });

  it("leaves no timer behind after break", async () => {
    const { angelcam, clock } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    for await (const { url } of stream) {
      expect(url).toContain("link1");
      expect(clock.pending).toBe(1);
      break;
    }
    expect(clock.pending).toBe(0);
  });

  it("leaves out what was replaced meanwhile", async () => {
    const { angelcam, clock } = cameraFixture();
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
    const { angelcam, clock } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    const links = stream[Symbol.asyncIterator]();
    expect((await clock.drive(links.next())).value?.url).toContain("link2");
    await links.return();
  });

  it("goes on after an outage, also one in which it began", async () => {
    const { angelcam, clock, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    instead.push(...Array(5).fill(unavailable));
    const links = stream[Symbol.asyncIterator]();
    expect((await clock.drive(links.next())).value?.url).toContain("link7");
    instead.push(...Array(5).fill(unavailable));
    expect((await clock.drive(links.next())).value?.url).toContain("link13");
    await links.return();
    expect(clock.pending).toBe(0);
  });

  it("throws why the link cannot be renewed", async () => {
    const { angelcam, clock, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    const links = stream[Symbol.asyncIterator]();
    await links.next();
    instead.push(() => envelope(404, "not_found", "x"));
    const next = expect(links.next()).rejects.toMatchObject({ code: "not_found" });
    await clock.advance(114_000);
    await next;
    expect(clock.pending).toBe(0);
  });

  it("ends with the signal's reason on abort, which gives the lease back", async () => {
    const { angelcam, clock } = cameraFixture();
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

  it("ends at once on a lease that was released", async () => {
    const { angelcam, clock } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    stream.release();
    for await (const _ of stream) expect.unreachable();
    expect(clock.pending).toBe(0);
  });
});
