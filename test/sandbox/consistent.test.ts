import { expect, test } from "vitest";
import { formatReport, withContract } from "../../src/contract/index.ts";
import { Angelcam, bearerToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { API, apiError, clientOf, START, stillSandbox } from "./support.ts";

// What belongs to a camera goes with it, what refers to one refers to one that is there, and a change leaves no half item.

const HOUR = 3_600_000;

test("the links of a removed camera lead to nothing: stream, picture, clip, playback and its controls", async () => {
  const sandbox = stillSandbox({ quota: false });
  const angelcam = clientOf(sandbox);
  const { id } = sandbox.cameras.add({ status: "online" });
  const recording = sandbox.recordings.add(id);
  sandbox.recordings.setFootage(recording.id, [{ start: START - HOUR, end: START }]);
  const clip = sandbox.clips.add(id, { start: START - HOUR, end: START });
  sandbox.clock.advance(60_000);
  const { streams, live_snapshot } = await angelcam.cameras.get(id);
  const { download_url } = await angelcam.cameras.clips.get(id, clip.id);
  const playback = await angelcam.recordings.stream(recording.id, { start: new Date(START - HOUR) });
  const clipPlayback = await angelcam.cameras.clips.stream(id, clip.id, { start: new Date(START - HOUR) });
  const links = [
    ...[...streams.map(({ url }) => url), String(live_snapshot), download_url],
    ...[playback.url, clipPlayback.url, String(playback.stream_controls?.base_url)],
  ];
  const statuses = async () => {
    const responses = await Promise.all(links.map((link) => sandbox.fetch(link)));
    for (const { body } of responses) await body?.cancel();
    return responses.map(({ status }) => status);
  };
  expect(new Set(await statuses())).toEqual(new Set([200]));
  await angelcam.cameras.delete(id);
  expect(new Set(await statuses())).toEqual(new Set([404]));
  expect([sandbox.clips.get(clip.id), sandbox.recordings.get(recording.id)]).toEqual([undefined, undefined]);
});

test("a bought service calls its camera by its name of now, and is free once the camera is removed", async () => {
  const sandbox = stillSandbox({ quota: false, cameras: 1 });
  const angelcam = clientOf(sandbox);
  const [camera] = sandbox.cameras;
  const camera_id = camera?.id ?? 0;
  const [service] = (await angelcam.billing.activeServices.list()).results;
  const id = service?.id ?? 0;
  await angelcam.billing.activeServices.usage.update(id, { camera_id });
  await angelcam.cameras.update(camera_id, { name: "Loading ramp" });
  const usage = { in_use: true, usage_detail: { camera_id, camera_name: "Loading ramp" } };
  expect(await angelcam.billing.activeServices.get(id)).toMatchObject(usage);
  expect(await angelcam.billing.activeServices.usage.get(id)).toEqual({ id, ...usage });
  await angelcam.cameras.delete(camera_id);
  expect(await angelcam.billing.activeServices.get(id)).toMatchObject({ in_use: false, usage_detail: {} });
  expect(await angelcam.billing.activeServices.usage.get(id)).toEqual({ id, in_use: false, usage_detail: null });
});

test("a sensor without a camera of its own gets one of the account, and reports without one when it is removed", async () => {
  const sandbox = stillSandbox({ quota: false, cameras: 1 });
  const angelcam = clientOf(sandbox);
  const sensor = await angelcam.sensors.create({ name: "Gate", type: "door_window" });
  const [camera] = sandbox.cameras;
  expect(sensor.camera).toBe(camera?.id);
  const report = () => angelcam.events.create({ hash: sensor.hash });
  expect(await report()).toMatchObject({ camera: sensor.camera });
  await angelcam.cameras.delete(sensor.camera);
  expect(await report()).toMatchObject({ camera: null, site: null });
});

test("an account without cameras breaks no contract", async () => {
  const sandbox = stillSandbox({ quota: false, cameras: 0 });
  const fetch = withContract(sandbox.fetch, { mode: "report" });
  const auth = bearerToken(sandbox.tokens.signIn().access_token);
  const angelcam = new Angelcam({ auth, fetch, quota: false });
  const paths = ["cameras", "sensors", "speakers", "rts/incidents", "rts/messages", "billing/active-services"] as const;
  for (const path of paths) expect((await angelcam.api.GET(`/v1/${path}/`)).response.status).toBe(200);
  expect(formatReport(fetch.contract)).toContain(": 0 errors, 0 warnings");
  await expect(angelcam.cameras.get(1)).rejects.toEqual(apiError(404));
});

test("a time beyond the year 9999 is the last one that can be written", async () => {
  const sandbox = stillSandbox({ quota: false });
  const angelcam = clientOf(sandbox);
  await angelcam.rts.arm({ delay: 99_999_999_999_999 });
  expect((await angelcam.rts.settings.get()).next_arming).toBe("9999-12-31T23:59:59Z");
  const hash = [...sandbox.cameras][0]?.event_api_hash;
  const body = JSON.stringify({ hash, occurred_at: "9999-12-31T23:59:59-12:00" });
  const headers = { "Content-Type": "application/json" };
  const response = await sandbox.fetch(`${API}/v1/events/`, { method: "POST", headers, body });
  expect(await response.json()).toMatchObject({ occurred_at: "9999-12-31T23:59:59Z" });
});

test("a notification method that becomes one of the other kind has all that its kind needs", async () => {
  const sandbox = stillSandbox({ quota: false });
  const fetch = withContract(sandbox.fetch, { mode: "report" });
  const auth = bearerToken(sandbox.tokens.signIn().access_token);
  const { methods } = new Angelcam({ auth, fetch, quota: false }).rts.notifications;
  const { id } = await methods.create({ type: "email", email: "night.watch@example.com" });
  const changed = await methods.update(id, { type: "http", url: "https://example.com/angelcam/notify" });
  expect(changed).toMatchObject({ id, type: "http", http_method: "POST", arrow_client: null });
  expect(changed).not.toHaveProperty("email");
  expect(await methods.get(id)).toEqual(changed);
  expect(formatReport(fetch.contract)).toContain(": 0 errors, 0 warnings");
});

test.each([
  [{ cameras: 16_001 }, "createSandbox: cameras must be a whole number from 0 to 16000, got 16001"],
  [{ accounts: [{ cameras: -1 }] }, "createSandbox: cameras must be a whole number from 0 to 16000, got -1"],
])("a number of cameras for which no ids are left is rejected: %j", (options, message) => {
  expect(() => createSandbox(options)).toThrow(message);
});

test("two spaces with as many cameras as there can be have no camera in common", () => {
  const [own, other] = createSandbox({ cameras: 16_000 }).account.spaces;
  const ids = new Set([...(own?.cameras ?? [])].map(({ id }) => id));
  expect(ids.size).toBe(16_000);
  expect([...(other?.cameras ?? [])].filter(({ id }) => ids.has(id))).toEqual([]);
});

test.each<[object, string]>([
  [{ accounts: [{}, { username: "user@example.com" }] }, "two accounts have the same username"],
  [{ accounts: [{ username: "user2@example.com" }, {}] }, "two accounts have the same username"],
  [{ sleep: 5 }, "sleep must be a function"],
  [{ onRequest: 1 }, "onRequest must be a function"],
  [{ seed: Number.NaN }, "seed must be a number, got NaN"],
  [{ clients: [{}] }, "a client must have a clientId"],
  [{ clients: [{ clientId: "" }] }, "a client must have a clientId"],
  [{ clock: {} }, "clock must have the method now"],
])("createSandbox(%j) throws: %s", (options, message) => {
  expect(() => createSandbox(options)).toThrow(message);
});

test("a sensor with an unknown camera: 400 naming the field, created and changed", async () => {
  const sandbox = stillSandbox({ quota: false });
  const { sensors } = clientOf(sandbox);
  const [sensor] = (await sensors.list()).results;
  const body = { name: "Back door", type: "door_window", camera: 999_999_999 } as const;
  const wanted = { fields: { camera: ["There is no camera 999999999."] } };
  await expect(sensors.create(body)).rejects.toMatchObject(wanted);
  await expect(sensors.update(sensor?.id ?? 0, body)).rejects.toMatchObject(wanted);
});

test("a sensor whose camera was deleted is gone with it, alone and in the list", async () => {
  const angelcam = clientOf(stillSandbox({ quota: false }));
  const [sensor] = (await angelcam.sensors.list()).results;
  await angelcam.cameras.delete(sensor?.camera ?? 0);
  await expect(angelcam.sensors.get(sensor?.id ?? 0)).rejects.toMatchObject({ code: "not_found" });
  expect((await angelcam.sensors.list()).results.map(({ id }) => id)).not.toContain(sensor?.id);
});
