import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Camera } from "../../generated/schema.ts";
import type { Sandbox, SandboxListener } from "../../src/sandbox/index.ts";
import { clientOf, START, stillSandbox } from "./support.ts";

let sandbox: Sandbox;
let server: SandboxListener;
let camera: Camera;

beforeAll(async () => {
  sandbox = stillSandbox({ cameras: 0, quota: false, sleep: async () => {} });
  server = await sandbox.listen();
});

afterAll(() => server.close());

async function readCamera(): Promise<Camera> {
  const id = [...sandbox.cameras][0]?.id ?? sandbox.cameras.add({ type: "h264", status: "online" }).id;
  const headers = { Authorization: `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}` };
  camera = (await (await fetch(`${server.origin}/v1/cameras/${id}/`, { headers })).json()) as Camera;
  return camera;
}

describe("a link of a response, fetched from the sandbox over HTTP", () => {
  test.each([
    ["mjpeg", "multipart/x-mixed-replace", 120],
    ["mp4", "video/mp4", 120],
    ["mpegts", "video/mp2t", 120],
    ["hls", "application/vnd.apple.mpegurl", 3600],
  ])("%s is served as %s for %i seconds, and rejected afterwards", async (format, type, seconds) => {
    const { streams } = await readCamera();
    const url = streams.find((one) => one.format === format)?.url ?? "";
    expect(url.startsWith(`${server.origin}/cameras/${camera.id}/streams/`)).toBe(true);
    const response = await fetch(url);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, expect.stringContaining(type)]);
    await response.body?.cancel();
    sandbox.clock.set(START + seconds * 1000 - 1);
    const last = await fetch(url);
    await last.body?.cancel();
    sandbox.clock.set(START + seconds * 1000);
    const expired = await fetch(url);
    expect([last.status, expired.status, await expired.json()]).toMatchObject([
      200,
      401,
      { detail: expect.stringContaining("expired") },
    ]);
    sandbox.clock.set(START);
  });

  test("holds a token of Base64 JSON, a dot and 64 hexadecimal digits, percent-encoded", async () => {
    const { live_snapshot } = await readCamera();
    const [, token = ""] = live_snapshot?.split("?token=") ?? [];
    expect(token).toMatch(/^[\w%]+%2E[0-9a-f]{64}$/);
    const [payload = ""] = decodeURIComponent(token).split(".");
    expect(JSON.parse(atob(payload))).toEqual({
      camera_id: camera.id,
      device_id: camera.id,
      time: START * 1000,
      timeout: 120,
    });
  });

  test("with a token of another camera, a changed one or none is rejected", async () => {
    const { streams } = await readCamera();
    const url = streams[0]?.url ?? "";
    expect((await fetch(url.replace(String(camera.id), "1"))).status).toBe(404);
    expect((await fetch(url.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")))).status).toBe(401);
    expect((await fetch(url.split("?")[0] ?? "")).status).toBe(401);
  });

  test("of a playlist leads to an initialisation segment and a media segment", async () => {
    const { streams } = await readCamera();
    const url = streams.find(({ format }) => format === "hls")?.url ?? "";
    const playlist = await (await fetch(url)).text();
    const parts = [/URI="(.*)"/.exec(playlist)?.[1], playlist.split("\n").find((line) => line.startsWith("segment"))];
    const boxes = await Promise.all(
      parts.map(async (part = "") => {
        const bytes = await (await fetch(new URL(part, url))).arrayBuffer();
        return new TextDecoder().decode(bytes.slice(4, 8));
      }),
    );
    expect(boxes).toEqual(["ftyp", "moof"]);
  });

  test("of a snapshot is a JPEG", async () => {
    const { live_snapshot } = await readCamera();
    const bytes = new Uint8Array(await (await fetch(live_snapshot ?? "")).arrayBuffer());
    expect([...bytes.slice(0, 2), ...bytes.slice(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });

  test("of a download is a file where there is footage, and 404 where there is none", async () => {
    const id = [...sandbox.cameras][0]?.id ?? 0;
    const recording = sandbox.recordings.add(id);
    sandbox.recordings.setFootage(recording.id, [{ start: START - 7_200_000, end: START - 3_600_000 }]);
    const { recordings } = clientOf(sandbox, { baseUrl: server.origin });
    const link = async (from: number, to: number) => {
      const { url } = await recordings.download(recording.id, { start: new Date(from), end: new Date(to) });
      return (await sandbox.fetch(url ?? "")).status;
    };
    expect(await link(START - 7_200_000, START - 5_400_000)).toBe(200);
    expect(await link(START - 1_800_000, START)).toBe(404);
  });

  test("of a clip is a file once it is ready", async () => {
    const { id: cameraId } = await readCamera();
    const clip = sandbox.clips.add(cameraId, { start: START - 60_000, end: START });
    const { cameras } = clientOf(sandbox, { baseUrl: server.origin });
    const statusOf = async () =>
      (await sandbox.fetch((await cameras.clips.get(cameraId, clip.id)).download_url)).status;
    expect(await statusOf()).toBe(404);
    sandbox.clock.advance(20_000);
    expect(await statusOf()).toBe(200);
    sandbox.clock.set(START);
  });
});

test("links lead to Angelcam's own hosts for a client that uses its servers, and sandbox.fetch serves them too", async () => {
  const { cameras } = clientOf(sandbox);
  const { streams, snapshot } = await cameras.get([...sandbox.cameras][0]?.id ?? 0);
  expect(new URL(streams[0]?.url ?? "").origin).toBe("https://e1-eu1.angelcam.com");
  for (const url of [streams.at(-1)?.url, snapshot?.url]) expect((await sandbox.fetch(url ?? "")).status).toBe(200);
});

test("links of a deleted account, live, of a clip and of a playback: 404", async () => {
  const other = stillSandbox({ cameras: 0, quota: false });
  const { id } = other.cameras.add({ type: "h264", status: "online" });
  const recording = other.recordings.add(id);
  other.recordings.setFootage(recording.id, [{ start: START - 600_000, end: START }]);
  const angelcam = clientOf(other);
  const range = { start: new Date(START - 600_000), end: new Date(START) };
  const [live] = (await angelcam.cameras.get(id)).streams;
  const download = await angelcam.recordings.download(recording.id, range);
  const playback = await angelcam.recordings.stream(recording.id, range);
  const statuses = () =>
    Promise.all([live?.url, download.url, playback.url].map(async (url) => (await other.fetch(url ?? "")).status));
  expect(await statuses()).toEqual([200, 200, 200]);
  await angelcam.me.delete();
  expect(await statuses()).toEqual([404, 404, 404]);
});
