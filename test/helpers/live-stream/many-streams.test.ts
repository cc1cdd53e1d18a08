import { describe, expect, it } from "vitest";
import { type LiveStream, liveStream, type StreamFormat } from "../../../src/helpers/live-stream/index.ts";
import type { RequestOptions } from "../../../src/index.ts";
import { envelope } from "../../support/fake-angelcam.ts";
import { cameraFixture, linkToken, settle } from "./camera-fixture.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => 101 + index);
const lifetimeToken = (now: number, format: string) => linkToken(now, format === "hls" ? 3600 : 120);

/** Opens a stream of each camera at once, and counts what its listeners hear. */
async function watch(fixture: ReturnType<typeof cameraFixture>, cameras: readonly number[], format: StreamFormat) {
  const { angelcam, clock } = fixture;
  const streams = await Promise.all(cameras.map((id) => liveStream(angelcam, id, { format, clock })));
  const heard = new Map<number, number>(cameras.map((id) => [id, 0]));
  const failures: [id: number, code: string][] = [];
  for (const [index, stream] of streams.entries()) {
    const id = cameras[index] ?? 0;
    stream.onRenew(
      () => heard.set(id, (heard.get(id) ?? 0) + 1),
      (error) => failures.push([id, (error as { code: string }).code]),
    );
  }
  return { streams, heard, failures };
}

/** Lets time pass, and checks at each step that no stream has a dead link. */
async function pass(
  clock: { advance(milliseconds: number): Promise<void> },
  seconds: number,
  step: number,
  streams: readonly LiveStream[],
) {
  for (let passed = 0; passed < seconds; passed += step) {
    await clock.advance(step * 1000);
    await settle();
    expect(streams.filter(({ expired }) => expired)).toEqual([]);
  }
}

describe("the links of one client are renewed together", () => {
  it.each([
    ["30 hls cameras for a day", 30, "hls", 86_400, 59, 26],
    ["30 mjpeg cameras for an hour", 30, "mjpeg", 3600, 1, 32],
  ] as const)("%s", async (_, count, format, seconds, step, most) => {
    const fixture = cameraFixture({ token: lifetimeToken });
    const { streams, heard, failures } = await watch(fixture, ids(count), format);
    await pass(fixture.clock, seconds - 1, step, streams);
    expect(fixture.fetch.requests.length).toBeLessThanOrEqual(most);
    expect(new Set(heard.values()).size).toBe(1);
    expect(heard.get(101)).toBe(fixture.fetch.requests.length - 1);
    expect(failures).toEqual([]);
    for (const stream of streams) stream.release();
    expect(fixture.clock.pending).toBe(0);
  });

  it("also when they were opened one after the other", async () => {
    const fixture = cameraFixture({ token: lifetimeToken });
    const { angelcam, clock, fetch } = fixture;
    const streams: LiveStream[] = [];
    for (const id of ids(10)) {
      const stream = await liveStream(angelcam, id, { format: "hls", clock });
      stream.onRenew(() => {});
      streams.push(stream);
      await clock.advance(20_000);
    }
    expect(fetch.requests).toHaveLength(10);
    await pass(clock, 4 * 3600, 59, streams);
    expect(fetch.requests.length).toBeLessThanOrEqual(10 + 5);
    for (const stream of streams) stream.release();
  });

  it("where they are requested with the same options: leases of another server or space have links of their own", async () => {
    const { angelcam, clock, fetch } = cameraFixture({ token: lifetimeToken });
    const open = (options: RequestOptions) => liveStream(angelcam, 7, { format: "hls", clock, ...options });
    const streams = await Promise.all([{}, { server: "test" as const }, { space: 7 }, { space: "7" }, {}].map(open));
    expect(fetch.requests).toHaveLength(3);
    expect(streams[2]?.url).toBe(streams[3]?.url);
    expect(new URL(fetch.requests[1]?.url ?? "").host).toBe("api.test.angelcam.com");
    for (const stream of streams) stream.release();
    await open({ server: "test" });
    expect(fetch.requests).toHaveLength(4);
  });

  it("by requests that each end at the deadline of the lease; the next one follows after 5 s", async () => {
    const { angelcam, clock, fetch, at, instead } = cameraFixture({ token: lifetimeToken });
    const stream = await liveStream(angelcam, 7, { format: "mp4", clock, deadline: 1000 });
    stream.onRenew(() => {});
    instead.push(() => new Promise<Response>(() => {}));
    for (let second = 0; second < 121; second++) {
      await clock.advance(1000);
      await settle();
    }
    expect(at).toEqual([0, 114, 120]);
    expect(fetch.requests).toHaveLength(3);
    stream.release();
  });

  it("by requests for 100 cameras each", async () => {
    const fixture = cameraFixture({ token: lifetimeToken });
    const { streams } = await watch(fixture, ids(250), "hls");
    const sizes = fixture.fetch.requests.map(({ url }) => new URL(url).searchParams.get("ids")?.split(",").length);
    expect(sizes).toEqual([100, 100, 50]);
    expect(streams.map(({ url }) => Number(new URL(url).pathname.split("/")[1]))).toEqual(ids(250));
  });

  it("of one camera by reading the camera, in several formats at once", async () => {
    const { angelcam, clock, fetch } = cameraFixture({ token: lifetimeToken });
    const formats = ["hls", "mp4"] as const;
    await Promise.all(formats.map((format) => liveStream(angelcam, 7, { format, clock })));
    expect(fetch.requests.map(({ url }) => new URL(url).pathname)).toEqual(["/v1/cameras/7/"]);
  });

  it("though one of the cameras is gone: its listener is notified, the others go on", async () => {
    const gone: number[] = [];
    const fixture = cameraFixture({ token: lifetimeToken, gone });
    const { streams, heard, failures } = await watch(fixture, ids(3), "mp4");
    gone.push(102);
    await fixture.clock.advance(114_000);
    await settle();
    expect(failures).toEqual([[102, "not_found"]]);
    expect([...heard.values()]).toEqual([1, 0, 1]);
    await fixture.clock.advance(114_000);
    await settle();
    expect([...heard.values()]).toEqual([2, 0, 2]);
    for (const stream of streams) stream.release();
    expect(fixture.clock.pending).toBe(0);
  });

  it("one by one where the server rejects the list", async () => {
    const fixture = cameraFixture({ token: lifetimeToken });
    fixture.instead.push(() => envelope(400, "invalid", "There is no such camera."));
    const { streams } = await watch(fixture, ids(3), "mp4");
    expect(streams.map(({ expired }) => expired)).toEqual([false, false, false]);
    expect(fixture.fetch.requests).toHaveLength(4);
  });

  it("after an outage of all of them by one request", async () => {
    const fixture = cameraFixture({ token: lifetimeToken });
    const { streams, heard, failures } = await watch(fixture, ids(30), "mjpeg");
    fixture.instead.push(...Array(6).fill(() => envelope(503, "unavailable", "x")));
    for (let second = 0; second < 320; second++) {
      await fixture.clock.advance(1000);
      await settle();
    }
    expect(failures).toHaveLength(30);
    expect([...new Set(heard.values())]).toEqual([1]);
    expect(fixture.fetch.requests.length).toBeLessThanOrEqual(8);
    for (const stream of streams) stream.release();
    expect(fixture.clock.pending).toBe(0);
  });
});
