import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperationId } from "../../generated/operations.ts";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";
import { documentedRequests } from "./documented-request.ts";
import { deviations, documented } from "./documented-response.ts";
import { type PrismProxy, startPrismProxy } from "./prism-proxy.ts";

// As drift.test.ts, for the rest of the API: the requests are those of the document's own examples, with ids that the
// sandbox knows.
const sandbox = createSandbox({ cameras: 3, accounts: 2, quota: false });
const token = sandbox.tokens.signIn().access_token;
const otherToken = sandbox.tokens.signIn(sandbox.accounts[1] ? { account: sandbox.accounts[1] } : {}).access_token;

const HOUR = 3_600_000;
const now = sandbox.clock.now();
const [start, end] = [new Date(now - 2 * HOUR).toISOString(), new Date(now - HOUR).toISOString()];
const unknownUuid = "00000000-0000-4000-a000-000000000000";

const camera = sandbox.cameras.add({
  type: "h264",
  status: "online",
  applications: [{ code: "CRA" }, { code: "LSA" }],
  guests: 2,
});
const [recording] = sandbox.recordings.of(camera.id);
sandbox.recordings.setFootage(recording?.id ?? "", [{ start: now - 30 * HOUR, end: now }]);
sandbox.events.add(camera.id);
const clip = sandbox.clips.add(camera.id, { start, end });
sandbox.clock.advance(60_000);
const message = sandbox.messages.add();
const incident = sandbox.incidents.add();
const arrowClient = sandbox.arrowClients.add();
const playback = await open<{ stream_controls: { base_url: string } }>(
  `/v1/recording/${recording?.id}/stream/?start=${start}`,
);
const playedAt = new URL(playback.stream_controls.base_url);
const [streamerName, streamId] = [playedAt.hostname.split(".")[0], playedAt.pathname.split("/")[3]];
const detection = await open<{ session_id: string }>("/v1/cameras/stream-detection/", { address: "203.0.113.17" });

const shared = [...sandbox.sharedCameras].find(({ applications }) => applications.some(({ code }) => code === "CRA"));
const sharedClip = await open<{ id: string }>(`/v1/shared-cameras/${shared?.id}/clips/`, { name: "x", start, end });
sandbox.clock.advance(60_000);
const [firstArrowClient] = [...sandbox.arrowClients];

/** Operations with state: known ids, unknown ids, and input that the sandbox rejects. */
interface Plan {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Values that make a 404 of it. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  /** Inputs that make a 400 of it. */
  readonly wrong?: readonly { readonly values?: Readonly<Record<string, unknown>>; readonly body?: unknown }[];
  /** Statuses that nothing in the sandbox leads to. */
  readonly never?: readonly number[];
}

const ofCamera = { values: { camera_id: camera.id }, unknown: { camera_id: 1 } };
const range = { start, end };
const ofRecording = {
  values: { recording_id: recording?.id, datetime: start, ...range },
  unknown: { recording_id: unknownUuid },
};
const ofClip = { values: { camera_id: camera.id, clip_id: clip.id, start }, unknown: { clip_id: unknownUuid } };
const ofStream = { values: { stream_id: streamId }, unknown: { stream_id: unknownUuid } };
const ofMessage = { values: { message_id: message.id }, unknown: { message_id: 1 } };
const tooLong = { values: { start: new Date(now - 40 * HOUR).toISOString(), end } };
const backwards = { values: { start: end, end: start } };
const older = (values: object, wrong: Plan["wrong"] = []): Plan => ({
  ...ofCamera,
  values: { ...ofCamera.values, ...values },
  wrong,
});

const ofShared = { values: { camera_id: shared?.id, clip_id: sharedClip.id, ...range }, unknown: { camera_id: 1 } };
const ofGuest = { values: { camera_id: camera.id, guest_id: camera.id * 100 }, unknown: { guest_id: 1 } };
const ofService = { values: { arrow_client_id: firstArrowClient?.uuid }, unknown: { arrow_client_id: unknownUuid } };

const plans: Partial<Record<OperationId, Plan>> = {
  "broadcasting.get": ofCamera,
  "broadcasting.start": ofCamera,
  "broadcasting.stop": ofCamera,
  "guests.list": ofCamera,
  "guests.create": { values: ofCamera.values, unknown: ofCamera.unknown, never: [400] },
  "guests.get": ofGuest,
  "guests.update": ofGuest,
  "guests.delete": { values: { camera_id: camera.id, guest_id: camera.id * 100 + 1 }, unknown: { guest_id: 1 } },
  "arrowClients.resetServiceTable": {
    ...ofService,
    values: { arrow_client_id: sandbox.arrowClients.add().uuid },
    never: [400, 502],
  },
  "speakers.play": { body: { repeat: false }, never: [204, 404] },
  "arrowClients.services.list": ofService,
  "arrowClients.services.create": { values: ofService.values, never: [400, 404, 405, 502] },
  "arrowClients.services.get": ofService,
  "arrowClients.services.delete": { ...ofService, never: [502] },
  "sharedCameras.get": { ...ofShared, never: [400] },
  "sharedCameras.clips.list": { ...ofShared, never: [400] },
  "sharedCameras.clips.create": { values: ofShared.values, body: { name: "x", start, end }, never: [400] },
  "sharedCameras.clips.get": ofShared,
  "sharedCameras.clips.stream": ofShared,
  "sharedCameras.recording.get": ofShared,
  "sharedCameras.recording.timeline": { ...ofShared, wrong: [tooLong] },
  "sharedCameras.recording.stream": { ...ofShared, wrong: [backwards] },
  "cameras.create": {
    wrong: [{ body: {} }, { body: { name: "x", type: "h264", connection_type: "direct", url: "http://x/" } }],
  },
  "cameras.update": { ...ofCamera, wrong: [{ body: { type: "vhs" } }] },
  "cameras.delete": { values: { camera_id: sandbox.cameras.add().id }, unknown: { camera_id: 1 } },
  "cameras.recordings.list": ofCamera,
  "recordings.get": ofRecording,
  "recordings.timeline": { ...ofRecording, wrong: [tooLong, backwards, { values: { start: "noon" } }] },
  "recordings.stream": { ...ofRecording, wrong: [backwards, { values: { start: "noon" } }] },
  "recordings.download": { ...ofRecording, wrong: [tooLong, backwards] },
  "recordings.snapshot": { ...ofRecording, wrong: [{ values: { datetime: "noon" } }] },
  "recordings.start": ofRecording,
  "recordings.stop": ofRecording,
  "cameras.recording.get": ofCamera,
  "cameras.recording.timeline": older(range, [tooLong]),
  "cameras.recording.stream": older(range, [backwards]),
  "cameras.recording.download": older(range, [tooLong]),
  "cameras.recording.start": ofCamera,
  "cameras.recording.stop": ofCamera,
  "recordingStreams.get": ofStream,
  "recordingStreams.play": ofStream,
  "recordingStreams.pause": ofStream,
  "recordingStreams.setSpeed": { ...ofStream, wrong: [{ body: { speed: 3 } }, { body: {} }] },
  "recordingStreams.getLegacyPosition": {
    values: { streamer_name: `${streamerName}.angelcam.com`, streamer_id: streamId },
    unknown: { streamer_id: unknownUuid },
  },
  "cameras.clips.list": { ...ofCamera, wrong: [{ values: { created_by: "1234, 1871" } }] },
  "cameras.clips.create": {
    values: ofCamera.values,
    body: { name: "Parcel", ...range },
    wrong: [
      { body: { name: "Parcel", start: end, end: start } },
      { body: { name: "Parcel", start: "2001-01-01T00:00:00Z", end: "2001-01-01T01:00:00Z" } },
      { body: { start, end } },
    ],
  },
  "cameras.clips.get": ofClip,
  "cameras.clips.share": ofClip,
  "cameras.clips.stream": ofClip,
  "cameras.events.list": { ...ofCamera, wrong: [{ values: { start: "yesterday" } }, { values: { limit: 0 } }] },
  "events.create": {
    body: { hash: camera.event_api_hash, title: "Door" },
    wrong: [{ body: { hash: "x" } }, { body: {} }],
  },
  "events.createByGet": { values: { hash: camera.event_api_hash }, wrong: [{ values: { hash: "x" } }] },
  "rts.messages.list": { wrong: [{ values: { next: "x" } }, { values: { limit: 0 } }], never: [404] },
  "rts.messages.get": ofMessage,
  "rts.messages.update": ofMessage,
  "rts.messages.markAllRead": {},
  "rts.messages.countUnread": {},
  "rts.incidents.list": { wrong: [backwards, { values: { ordering: "up" } }], never: [404] },
  "rts.incidents.get": { values: { incident_id: incident.id }, unknown: { incident_id: 1 } },
  "arrowClients.list": {},
  "arrowClients.pair": { wrong: [{ body: { mac: "x" } }, { body: { name: "x" } }], never: [404] },
  "arrowClients.get": { values: { arrow_client_id: arrowClient.uuid }, unknown: { arrow_client_id: unknownUuid } },
  "arrowClients.unpair": {
    values: { arrow_client_id: sandbox.arrowClients.add().uuid },
    unknown: { arrow_client_id: unknownUuid },
  },
  "arrowClients.scanNetwork": {
    values: { arrow_client_id: arrowClient.uuid },
    unknown: { arrow_client_id: unknownUuid },
    never: [502],
  },
  "streamDetection.start": { wrong: [{ body: {} }, { body: { address: "203.0.113.17", port: 0 } }] },
  "streamDetection.get": { values: { session_id: detection.session_id } },
};

interface Case {
  readonly operation: string;
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly authorization?: string | undefined;
  /** Makes the sandbox return this status. */
  readonly fault?: true;
}

/** Sign-in, `me.get` and two operations of cameras are in drift.test.ts. */
const IN_THE_OTHER_FILE = [
  "oauth.createToken",
  "oauth.revokeToken",
  "oauth.authorize",
  "me.get",
  "cameras.list",
  "cameras.get",
];

const cases = documentedRequests
  .filter(({ id }) => !IN_THE_OTHER_FILE.includes(id))
  .flatMap(({ id: operation, method, signedIn, scopes, path, body: example }): Case[] => {
    const { values = {}, body = example, unknown, wrong = [] } = plans[operation as OperationId] ?? {};
    const [ok = 0] = statusesOf(operation).filter((status) => status < 300);
    const request = {
      operation,
      method,
      path: path(values),
      body,
      // An account that is deleted is gone for all others.
      authorization: signedIn ? `Bearer ${operation === "me.delete" ? otherToken : token}` : undefined,
    };
    const weak = sandbox.tokens.signIn({ scope: scopes.includes("user_access") ? "orders_access" : "user_access" });
    return [
      ...(unknown ? [{ ...request, status: 404, path: path({ ...values, ...unknown }) }] : []),
      ...wrong.map((one) => ({
        ...request,
        status: 400,
        path: path({ ...values, ...one.values }),
        body: one.body ?? body,
      })),
      ...(signedIn ? [{ ...request, status: 401, authorization: "Bearer wrong" }] : []),
      ...(scopes.length > 0 && statusesOf(operation).includes(403)
        ? [{ ...request, status: 403, authorization: `Bearer ${weak.access_token}` }]
        : []),
      { ...request, status: 503, fault: true as const },
      { ...request, status: ok },
    ];
  })
  // A deleted item is needed no more.
  .sort((one, other) => Number(one.method === "DELETE") - Number(other.method === "DELETE"));

let server: SandboxListener;
let proxy: PrismProxy;

beforeAll(async () => {
  server = await sandbox.listen();
  proxy = await startPrismProxy(server.origin);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server.close();
});

test.each(cases)("%# $operation returns $status as documented at $path", async (one) => {
  const { operation, status, method, path, body, authorization, fault } = one;
  if (fault) sandbox.faults.add({ status });
  const response = await fetch(proxy.origin + path, {
    method,
    headers: {
      ...(authorization ? { Authorization: authorization } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect([response.status, response.headers.get("sl-violations")]).toEqual([status, null]);
  const [last] = sandbox.requests.slice(-1);
  expect([last?.operation, last?.status]).toEqual([operation, status]);
  expect(await deviations(operation, response)).toEqual([]);
});

test("no operation is left out, and of those with a memory no documented status", () => {
  const seen = new Set(cases.map(({ operation, status }) => `${operation} ${status}`));
  const wanted = documentedRequests
    .filter(({ id }) => !IN_THE_OTHER_FILE.includes(id))
    .flatMap(({ id }) => {
      const plan = plans[id as OperationId];
      const statuses = statusesOf(id);
      // Operations that return examples reject invalid input like every operation; the rest needs state.
      const own = plan
        ? statuses.filter((status) => !plan.never?.includes(status))
        : statuses.filter((one) => one < 300);
      return (plan ? own : own.slice(0, 1)).map((status) => `${id} ${status}`);
    });
  expect(wanted.filter((one) => !seen.has(one) && !one.endsWith(" 429"))).toEqual([]);
});

function statusesOf(operation: string): readonly number[] {
  return documented.find(({ id }) => id === operation)?.statuses ?? [];
}

/** Sends a request to the sandbox before Prism runs. */
async function open<Result>(path: string, body?: object): Promise<Result> {
  const response = await sandbox.fetch(`https://api.angelcam.com${path}`, {
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as Result;
}
