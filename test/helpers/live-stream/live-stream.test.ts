import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { liveStream, type StreamFormat, StreamFormatError } from "../../../src/helpers/live-stream/index.ts";
import * as main from "../../../src/index.ts";
import { NotFoundError, StreamExpiredError } from "../../../src/index.ts";
import { envelope } from "../../support/fake-angelcam.ts";
import { CAMERA, cameraFixture, linkToken } from "./camera-fixture.ts";

const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("liveStream", () => {
  it.each([
    ["mjpeg", 120],
    ["mp4", 120],
    ["hls", 3600],
  ] as const)("returns a link of %s, which works for %i seconds", async (format, seconds) => {
    const { angelcam, clock, fetch, iso } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format, clock });
    expect(stream.url).toBe(`https://e1.angelcam.com/${CAMERA}/${format}?token=link1`);
    expect(stream.expiresAt).toBe(iso(seconds));
    expect(fetch.requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["as live links write it", { url: "live" }],
    ["as published examples write it", { url: "published", alias: "žluťoučký?>" }],
  ])("reads the expiry from the token of the link, %s", async (_, content) => {
    const { angelcam, clock, iso } = cameraFixture({ token: (now) => linkToken(now - 5000, 45, content) });
    expect((await liveStream(angelcam, CAMERA, { format: "hls", clock })).expiresAt).toBe(iso(40));
  });

  it.each([
    ["ahead", -3_600_000],
    ["behind", 3_600_000],
  ])("believes the timeout of the token where this machine's clock is an hour %s", async (_, difference) => {
    const { angelcam, clock, iso } = cameraFixture({ token: (now) => linkToken(now + difference, 45) });
    expect((await liveStream(angelcam, CAMERA, { format: "hls", clock })).expiresAt).toBe(iso(45));
  });

  it("does not notice a clock that is set back or forward", async () => {
    const { angelcam, clock } = cameraFixture({ token: (now) => linkToken(now, 120) });
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    clock.jump(-7_200_000);
    await clock.advance(119_000);
    expect(stream.expired).toBe(false);
    await clock.advance(1000);
    expect(stream.expired).toBe(true);
  });

  const base64 = (text: string) => encodeURIComponent(Buffer.from(text).toString("base64"));
  const hex = "0a".repeat(32);

  it.each([
    ["no time", () => `${base64('{"timeout":45}')}.${hex}`],
    ["a timeout that is a text", () => `${base64('{"time":1,"timeout":"45"}')}.${hex}`],
    ["a timeout of a thousand years", (now: number) => linkToken(now, 1000 * 365 * 86_400)],
    ["a timeout of 0", (now: number) => linkToken(now, 0)],
    ["a negative time", () => linkToken(-5, 45)],
    ["null for its content", () => `${base64("null")}.${hex}`],
    ["no JSON", () => `bm9uZQ.${hex}`],
    ["no Base64", () => `%C5%BE.${hex}`],
    ["no signature", (now: number) => linkToken(now, 45).slice(0, -2)],
    ["three parts", (now: number) => `${linkToken(now, 45)}.${hex}`],
  ])("goes by the lifetime of the format when the token has %s", async (_, token) => {
    const { angelcam, clock, iso } = cameraFixture({ token });
    expect((await liveStream(angelcam, CAMERA, { format: "hls", clock })).expiresAt).toBe(iso(3600));
  });

  it("names the formats that the camera has when it lacks the one that was requested", async () => {
    const { angelcam, clock } = cameraFixture({ formats: ["mjpeg"] });
    const error = await failure(liveStream(angelcam, CAMERA, { format: "hls", clock }));
    expect(error).toBeInstanceOf(StreamFormatError);
    expect(error).toMatchObject({ code: "stream_format_unavailable", retryable: false, available: ["mjpeg"] });
    expect(error.message).toBe(`Camera ${CAMERA} has no hls stream. It has mjpeg.`);
    const none = cameraFixture({ formats: [] });
    await expect(liveStream(none.angelcam, CAMERA, { format: "hls", clock })).rejects.toThrow("no live stream at all");
    expect(clock.pending).toBe(0);
  });

  it.each([0, 1.5, Number.NaN, "7", undefined])("rejects the id %j before anything is sent", async (id) => {
    const { angelcam, clock, fetch } = cameraFixture();
    const error = await failure(liveStream(angelcam, id as number, { format: "hls", clock }));
    expect(error.message).toMatch(/^liveStream: cameraId must be a whole number from 1/);
    expect(fetch.requests).toEqual([]);
  });

  it("rejects a format that does not exist before anything is sent", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    for (const format of ["webrtc", "toString", ["hls"], undefined] as unknown as StreamFormat[]) {
      await expect(liveStream(angelcam, CAMERA, { format, clock })).rejects.toThrow(
        /^liveStream: format must be one of/,
      );
    }
    expect(fetch.requests).toEqual([]);
  });

  it("renews on demand, with one request for all callers at once", async () => {
    const { angelcam, clock, fetch, iso } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(500_000);
    const [first, second] = await Promise.all([stream.renew(), stream.renew()]);
    expect(first).toEqual({ url: expect.stringContaining("link2"), expiresAt: iso(620) });
    expect(second).toBe(first);
    expect([stream.url, stream.expiresAt]).toEqual([first.url, first.expiresAt]);
    expect(fetch.requests).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it("hands on why a renewal failed, and keeps the link that it has", async () => {
    const { angelcam, clock, instead } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    instead.push(() => envelope(404, "not_found", "x"));
    await expect(stream.renew()).rejects.toThrow(NotFoundError);
    expect(stream.url).toContain("link1");
    expect((await stream.renew()).url).toContain("link3");
  });

  it("is released by await using, by using and by release, and then renews no more", async () => {
    const { angelcam, clock } = cameraFixture();
    const options = { format: "mp4", clock } as const;
    let one: Awaited<ReturnType<typeof liveStream>>;
    let two: typeof one;
    {
      await using held = await liveStream(angelcam, CAMERA, options);
      using other = await liveStream(angelcam, CAMERA, options);
      held.onRenew(() => {});
      other.onRenew(() => {});
      expect(clock.pending).toBe(1);
      [one, two] = [held, other];
    }
    expect(clock.pending).toBe(0);
    const three = await liveStream(angelcam, CAMERA, options);
    three.release();
    three.release();
    for (const stream of [one, two, three]) await expect(stream.renew()).rejects.toThrow("has been released");
    expect(one.url).toContain("link1");
    await clock.advance(120_000);
    expect([one.expired, one.expiresAt]).toEqual([true, three.expiresAt]);
    expect(() => one.url).toThrow(/works until .*The lease was released: open a new one/);
  });

  it("never hands out a link that has expired without saying so", async () => {
    const { angelcam, clock, iso } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(119_999);
    expect([stream.expired, stream.url]).toEqual([false, expect.stringContaining("link1")]);
    await clock.advance(1);
    expect(stream.expired).toBe(true);
    expect(() => stream.url).toThrow(StreamExpiredError);
    expect(() => stream.url).toThrow(`works until ${iso(120)}, and is not renewed yet. Call renew() for a new one.`);
    expect(stream.expiresAt).toBe(iso(120));
    await stream.renew();
    expect(stream.url).toContain("link2");
  });

  it("shows no link in logs", async () => {
    const { angelcam, clock } = cameraFixture();
    const stream = await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    expect(inspect(stream, { depth: 9 }) + JSON.stringify(stream)).not.toContain("token");
  });
});

describe("leases of the same stream", () => {
  it("share one link, and one request even when they come at once", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    const open = () => liveStream(angelcam, CAMERA, { format: "hls", clock });
    const [first, second] = await Promise.all([open(), open()]);
    const third = await open();
    expect(fetch.requests).toHaveLength(1);
    await third.renew();
    for (const stream of [first, second, third]) expect(stream.url).toContain("link2");
  });

  it("are other ones for another client, camera, format or space", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    const other = cameraFixture();
    await liveStream(angelcam, CAMERA, { format: "hls", clock });
    await liveStream(angelcam, CAMERA + 1, { format: "hls", clock });
    await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await liveStream(angelcam, CAMERA, { format: "hls", clock, space: 7 });
    await liveStream(other.angelcam, CAMERA, { format: "hls", clock });
    expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual([null, null, null, "7"]);
    expect(other.fetch.requests).toHaveLength(1);
  });

  it("of two formats that are opened at once take one request", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    const formats = ["hls", "mp4"] as const;
    const [hls, mp4] = await Promise.all(formats.map((format) => liveStream(angelcam, CAMERA, { format, clock })));
    expect([hls?.url, mp4?.url]).toEqual(formats.map((format) => expect.stringContaining(`/${format}?`)));
    expect(fetch.requests).toHaveLength(1);
  });

  it("get a new link when the shared one is about to expire", async () => {
    const { angelcam, clock, at } = cameraFixture();
    await liveStream(angelcam, CAMERA, { format: "mp4", clock });
    await clock.advance(113_999);
    expect((await liveStream(angelcam, CAMERA, { format: "mp4", clock })).url).toContain("link1");
    await clock.advance(1);
    expect((await liveStream(angelcam, CAMERA, { format: "mp4", clock })).url).toContain("link2");
    expect(at).toEqual([0, 114]);
  });

  it("forget the link when the last of them is released", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    const open = () => liveStream(angelcam, CAMERA, { format: "hls", clock });
    const [first, second] = [await open(), await open()];
    first.release();
    first.release();
    const third = await open();
    expect(fetch.requests).toHaveLength(1);
    second.release();
    third.release();
    expect((await open()).url).toContain("link2");
  });

  it("that one caller aborts go on for the others", async () => {
    const { angelcam, clock, instead, fetch } = cameraFixture();
    let respond = () => {};
    const gate = new Promise<void>((resolve) => {
      respond = resolve;
    });
    const later = envelope(503, "unavailable", "x");
    instead.push(() => gate.then(() => later));
    const controller = new AbortController();
    const aborted = failure(liveStream(angelcam, CAMERA, { format: "hls", clock, signal: controller.signal }));
    const other = failure(liveStream(angelcam, CAMERA, { format: "hls", clock }));
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    respond();
    expect(await other).toMatchObject({ code: "server_error" });
    expect(fetch.requests).toHaveLength(1);
    expect((await liveStream(angelcam, CAMERA, { format: "hls", clock })).url).toContain("link2");
    expect(clock.pending).toBe(0);
  });

  it("send nothing for a caller who aborted before", async () => {
    const { angelcam, clock, fetch } = cameraFixture();
    const signal = AbortSignal.abort("no");
    await expect(liveStream(angelcam, CAMERA, { format: "hls", clock, signal })).rejects.toBe("no");
    expect(fetch.requests).toEqual([]);
  });
});

it("what a helper returns has a type in the main entry and no class: it is made by the helper alone", () => {
  const names = ["LiveStream", "Footage", "Downloads", "Playback"];
  expect(Object.keys(main).filter((name) => names.includes(name))).toEqual([]);
});
