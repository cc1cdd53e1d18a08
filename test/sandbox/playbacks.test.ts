import { describe, expect, test } from "vitest";
import type { RecordingStream } from "../../generated/schema.ts";
import type { Angelcam } from "../../src/index.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { apiError, clientOf, get, START, stillSandbox } from "./support.ts";

interface Played {
  readonly sandbox: Sandbox;
  readonly angelcam: Angelcam;
  readonly recordingId: string;
  /** Opens a playback of the last hour. */
  open(): Promise<RecordingStream>;
}

function playing(type: "h264" | "mjpeg" = "h264"): Played {
  const sandbox = stillSandbox({ cameras: 0, quota: false });
  const recordingId = sandbox.recordings.add(sandbox.cameras.add({ type, applications: [] }).id).id;
  const angelcam = clientOf(sandbox);
  const open = () => angelcam.recordings.stream(recordingId, { start: "2026-11-24T11:00:00Z" });
  return { sandbox, angelcam, recordingId, open };
}

/** The id of a playback, and the streamer that plays it. */
function addressOf({ stream_controls }: RecordingStream): { id: string; serverVariables: { streamer: string } } {
  const { hostname, pathname } = new URL(stream_controls?.base_url ?? "");
  return { id: pathname.split("/")[3] ?? "", serverVariables: { streamer: hostname.split(".")[0] ?? "" } };
}

describe("a playback", () => {
  test("runs with the clock, holds, goes on, and goes faster", async () => {
    const { sandbox, angelcam, open } = playing();
    const { id, serverVariables } = addressOf(await open());
    const position = async () => (await angelcam.recordingStreams.get(id, { serverVariables })).current_position;
    sandbox.clock.advance(10_000);
    expect(await position()).toBe("2026-11-24T11:00:10.000000000+00:00");
    await angelcam.recordingStreams.pause(id, { serverVariables });
    sandbox.clock.advance(60_000);
    expect(await position()).toBe("2026-11-24T11:00:10.000000000+00:00");
    await angelcam.recordingStreams.setSpeed(id, { speed: 4 }, { serverVariables });
    await angelcam.recordingStreams.play(id, { serverVariables });
    sandbox.clock.advance(10_500);
    expect(await angelcam.recordingStreams.get(id, { serverVariables })).toEqual({
      current_position: "2026-11-24T11:00:52.000000000+00:00",
      speed: 4,
    });
  });

  test("ends at the requested time, and otherwise at now", async () => {
    const { sandbox, angelcam, recordingId, open } = playing();
    const range = { start: "2026-11-24T11:00:00Z", end: "2026-11-24T11:00:05Z" };
    const [short, endless] = [addressOf(await angelcam.recordings.stream(recordingId, range)), addressOf(await open())];
    await angelcam.recordingStreams.setSpeed(endless.id, { speed: 16 }, { serverVariables: endless.serverVariables });
    sandbox.clock.advance(600_000);
    const positions = [short, endless].map(({ id, serverVariables }) =>
      angelcam.recordingStreams.get(id, { serverVariables }),
    );
    expect((await Promise.all(positions)).map(({ current_position }) => current_position?.slice(0, 19))).toEqual([
      "2026-11-24T11:00:05",
      "2026-11-24T12:10:00",
    ]);
  });

  test("is known to its own streamer only", async () => {
    const { angelcam, open } = playing();
    const [one, other] = [addressOf(await open()), addressOf(await open())];
    expect(one.serverVariables).not.toEqual(other.serverVariables);
    await expect(angelcam.recordingStreams.get(one.id, { serverVariables: other.serverVariables })).rejects.toEqual(
      apiError(404),
    );
    expect((await angelcam.recordingStreams.get(other.id, { serverVariables: other.serverVariables })).speed).toBe(1);
  });

  test("is mjpeg for a camera of that type, which has no older way to its position", async () => {
    const opened = await playing("mjpeg").open();
    expect(opened).toMatchObject({ format: "mjpeg", url: expect.stringContaining("/mjpeg/stream.mjpeg") });
    expect(opened).not.toHaveProperty("stream_info");
  });

  test("returns its position in the older form too", async () => {
    const { angelcam, open } = playing();
    const opened = await open();
    const { id, serverVariables } = addressOf(opened);
    expect(opened.stream_info).toBe(`https://api.angelcam.com/v1/recording/stream/${serverVariables.streamer}/${id}/`);
    const name = `${serverVariables.streamer}.angelcam.com`;
    expect((await angelcam.recordingStreams.getLegacyPosition(name, id)).current_time).toBe("2026-11-24T11:00:00.000Z");
  });

  test("is controlled where the sandbox listens, when it was opened there", async () => {
    const { sandbox, recordingId } = playing();
    const angelcam = clientOf(sandbox, { baseUrl: "http://127.0.0.1:4020" });
    const opened = await angelcam.recordings.stream(recordingId, { start: new Date(START - 1000) });
    expect(opened.stream_controls?.pause).toMatch(
      /^http:\/\/127\.0\.0\.1:4020\/recording\/streams\/[-0-9a-f]+\/pause\/$/,
    );
    await angelcam.recordingStreams.pause(addressOf(opened).id);
    const paused = await sandbox.fetch(opened.stream_controls?.base_url ?? "");
    expect(await paused.json()).toEqual({ current_position: "2026-11-24T11:59:59.000000000+00:00", speed: 1 });
  });

  test("of a range that ends before it starts is rejected", async () => {
    const { sandbox, recordingId } = playing();
    const path = `/v1/recording/${recordingId}/stream/?start=2026-11-24T11:00:00Z&end=2026-11-24T10:00:00Z`;
    const response = await get(sandbox, path, sandbox.tokens.signIn().access_token);
    expect(await response.json()).toMatchObject({ status: 400, detail: "The start must be before the end." });
  });
});

test("an unknown speed is rejected with an empty body, as streamers do", async () => {
  const { sandbox, open } = playing();
  const { stream_controls } = await open();
  const headers = { "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: '{"speed":3}' };
  const response = await sandbox.fetch(stream_controls?.speed ?? "", init);
  expect([response.status, await response.text()]).toEqual([400, ""]);
});

test("a host that no streamer has is not reached", async () => {
  const { sandbox } = playing();
  await expect(sandbox.fetch("https://rec.example.com/recording/streams/x/")).rejects.toThrow(TypeError);
  await expect(sandbox.fetch("https://a.b.angelcam.com/recording/streams/x/")).rejects.toThrow(TypeError);
});
