import { describe, expect, test } from "vitest";
import type { Angelcam } from "../../src/index.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { apiError, clientOf, stillSandbox } from "./support.ts";

const span = { name: "Parcel", start: "2026-11-24T10:00:00Z", end: "2026-11-24T10:05:00Z" };

/** A camera with footage from 8 to 12 o'clock. */
function filmed(): { sandbox: Sandbox; angelcam: Angelcam; cameraId: number } {
  const sandbox = stillSandbox({ cameras: 0, quota: false });
  const cameraId = sandbox.cameras.add({ type: "h264", applications: [] }).id;
  const { id } = sandbox.recordings.add(cameraId);
  sandbox.recordings.setFootage(id, [{ start: "2026-11-24T08:00:00Z", end: "2026-11-24T12:00:00Z" }]);
  return { sandbox, angelcam: clientOf(sandbox), cameraId };
}

describe("a clip", () => {
  test("is pending, then built, then ready, by the sandbox's clock", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    const ordered = await angelcam.cameras.clips.create(cameraId, span);
    expect(ordered).toMatchObject({ ...span, status: "PENDING", created_at: "2026-11-24T12:00:00Z", created_by: 1234 });
    const statuses: string[] = [];
    for (const milliseconds of [4_999, 1, 14_999, 1]) {
      sandbox.clock.advance(milliseconds);
      statuses.push((await angelcam.cameras.clips.get(cameraId, ordered.id)).status);
    }
    expect(statuses).toEqual(["PENDING", "BUILDING", "BUILDING", "READY"]);
  });

  test("is cut from any recording of its camera, unless one is named", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    const [first] = sandbox.recordings.of(cameraId);
    const second = sandbox.recordings.add(cameraId);
    const evening = { name: "Parcel", start: "2026-11-23T20:00:00Z", end: "2026-11-23T20:05:00Z" };
    sandbox.recordings.setFootage(second.id, [{ start: "2026-11-23T19:00:00Z", end: "2026-11-23T21:00:00Z" }]);
    expect(await angelcam.cameras.clips.create(cameraId, evening)).toMatchObject(evening);
    expect(await angelcam.cameras.clips.create(cameraId, { ...evening, recording: second.id })).toMatchObject(evening);
    const ofFirst = angelcam.cameras.clips.create(cameraId, { ...evening, recording: String(first?.id) });
    await expect(ofFirst).rejects.toEqual(apiError(400, "There is no footage in this range."));
  });

  test("fails on demand, and only as often as requested", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    sandbox.clips.failNext();
    const [first, second] = [
      await angelcam.cameras.clips.create(cameraId, span),
      await angelcam.cameras.clips.create(cameraId, span),
    ];
    sandbox.clock.advance(20_000);
    expect(sandbox.clips.get(first.id)?.status).toBe("ERROR");
    expect((await angelcam.cameras.clips.get(cameraId, second.id)).status).toBe("READY");
  });

  test.each([
    [{ end: "2026-11-24T13:00:01Z" }, "A clip cannot be longer than 3 hours."],
    [{ end: span.start }, "The start must be before the end."],
    [{ start: "2026-11-24T07:00:00Z", end: "2026-11-24T08:00:00Z" }, "There is no footage in this range."],
    [{ recording: "00000000-0000-4000-a000-000000000000" }, "recording: The camera has no such recording."],
    [{ start: "noon" }, 'start: Must be of the format date-time, got "noon".'],
  ])("with %o is rejected in one sentence", async (wrong, detail) => {
    const { sandbox, angelcam, cameraId } = filmed();
    await expect(angelcam.cameras.clips.create(cameraId, { ...span, ...wrong })).rejects.toEqual(apiError(400, detail));
    expect(sandbox.clips.count).toBe(0);
  });

  test("is listed newest first, the account's own unless others are requested", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    sandbox.clips.add(cameraId, { ...span, name: "mine" });
    sandbox.clips.add(cameraId, { ...span, name: "Lena's", createdBy: 77 });
    sandbox.clips.add(sandbox.cameras.add().id, { ...span, name: "of another camera" });
    const names = async (created_by?: string) =>
      (await angelcam.cameras.clips.list(cameraId, created_by === undefined ? {} : { created_by })).results.map(
        ({ name }) => name,
      );
    expect(await names()).toEqual(["mine"]);
    expect(await names("*")).toEqual(["Lena's", "mine"]);
    expect(await names("77,78")).toEqual(["Lena's"]);
    await expect(names("77, 78")).rejects.toMatchObject({ fields: { created_by: [expect.any(String)] } });
  });

  test("is on one of several pages when there are many, none of them twice", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    for (let made = 0; made < 205; made++) sandbox.clips.add(cameraId, span);
    const clips = await angelcam.cameras.clips.list(cameraId).toArray();
    expect(new Set(clips.map(({ id }) => id)).size).toBe(205);
    expect(sandbox.count({ operation: "cameras.clips.list" })).toBe(3);
  });

  test("can be mailed, and watched once it is ready", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    const { id } = sandbox.clips.add(cameraId, span);
    await angelcam.cameras.clips.share(cameraId, id, { email: "lena@example.com" });
    expect(sandbox.clips.get(id)?.sharedWith).toEqual(["lena@example.com"]);
    await expect(angelcam.cameras.clips.stream(cameraId, id, { start: span.start })).rejects.toEqual(apiError(404));
    sandbox.clock.advance(20_000);
    expect((await angelcam.cameras.clips.stream(cameraId, id, { start: span.start })).format).toBe("hls");
  });

  test("is not found under another camera, nor once its camera is gone", async () => {
    const { sandbox, angelcam, cameraId } = filmed();
    const { id } = sandbox.clips.add(cameraId, span);
    await expect(angelcam.cameras.clips.get(sandbox.cameras.add().id, id)).rejects.toEqual(apiError(404));
    sandbox.cameras.remove(cameraId);
    await expect(angelcam.cameras.clips.get(cameraId, id)).rejects.toEqual(apiError(404));
  });
});
