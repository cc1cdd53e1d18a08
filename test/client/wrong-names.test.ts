import { expect, test } from "vitest";
import { createContract, withContract } from "../../src/contract/index.ts";
import * as main from "../../src/index.ts";
import { fileTokenStore } from "../../src/node/index.ts";
import { redisQuota, redisTokenStore } from "../../src/redis/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { verifyWebhook } from "../../src/webhooks/index.ts";
import { json, recordingFetch } from "../support/fake-angelcam.ts";

// Every function of the package that takes options rejects a name that it does not know, options that are no object, and a
// value of the wrong type, by its own name and before anything is sent.

type Loose = (...values: unknown[]) => unknown;

const fetch = recordingFetch(() => json({}));
const angelcam = new main.Angelcam({ fetch });
const redis = { sendCommand: async () => null };

const { authorizationUrl, createClip, detectStreams, downloads, footage } = main;
const { liveStream, pairArrowClient, playback, waitForClip } = main;

/** Calls each function with options in the place where it takes them. */
const CALLERS: Readonly<Record<string, (options: unknown) => unknown>> = {
  "new Angelcam()": (options) => new main.Angelcam(options as main.AngelcamOptions),
  OAuthSession: (options) => new main.OAuthSession(options as main.OAuthSessionOptions),
  quota: (options) => new main.Quota(options as main.QuotaOptions),
  passwordGrant: main.passwordGrant as Loose,
  authorizationCodeGrant: main.authorizationCodeGrant as Loose,
  refreshTokenGrant: main.refreshTokenGrant as Loose,
  authorizationUrl: authorizationUrl as Loose,
  "me.get": (options) => (angelcam.me.get as Loose)(options),
  toArray: (options) => (angelcam.cameras.list().toArray as Loose)(options),
  footage: (options) => (footage as Loose)(angelcam, "r1", options),
  downloads: (options) => (downloads as Loose)(angelcam, "r1", options),
  playback: (options) => (playback as Loose)(angelcam, "r1", options),
  createClip: (options) => (createClip as Loose)(angelcam, 7, options),
  waitForClip: (options) => (waitForClip as Loose)(angelcam, 7, "c1", options),
  liveStream: (options) => (liveStream as Loose)(angelcam, 7, options),
  detectStreams: (options) => (detectStreams as Loose)(angelcam, options),
  pairArrowClient: (options) => (pairArrowClient as Loose)(angelcam, options),
  verifyWebhook: (options) => (verifyWebhook as Loose)({ headers: {}, body: "" }, "key", options),
  fileTokenStore: (options) => (fileTokenStore as Loose)("tokens.json", options),
  redisTokenStore: (options) => (redisTokenStore as Loose)(redis, options),
  redisQuota: (options) => (redisQuota as Loose)(redis, options),
  createSandbox: createSandbox as Loose,
  "faults.add": (options) => (createSandbox().faults.add as Loose)(options),
  createContract: createContract as Loose,
  withContract: (options) => (withContract as Loose)(fetch, options),
};

const failure = async (call: () => unknown): Promise<Error> => {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable();
};

test.each(Object.entries(CALLERS))("%s rejects an unknown name and options that are no object", async (name, call) => {
  const unknown = await failure(() => call({ zzz: 1 }));
  expect(unknown).toBeInstanceOf(TypeError);
  expect(unknown.message).toMatch(new RegExp(`^unknown option of ${name.replace(/[()]/g, "\\$&")}: "zzz"\\. Known: `));
  for (const value of [null, 5, "text", ["list"]]) {
    const { message } = await failure(() => call(value));
    expect(message).toMatch(new RegExp(`^${name.replace(/[()]/g, "\\$&")}: the options must be a plain object, got `));
  }
  expect(fetch.requests).toEqual([]);
});

/** Values whose content a copy of their properties would not have. */
const NO_OBJECTS: readonly (readonly [name: string, kind: string, value: unknown])[] = [
  ["URLSearchParams", "URLSearchParams", new URLSearchParams({ limit: "5" })],
  ["a Map", "Map", new Map([["limit", 5]])],
  ["an array", "an array", [5]],
  ["a text", "a string", "limit=5"],
];

test.each<[string, () => unknown, RegExp]>([
  ["a misspelt option", () => CALLERS.playback?.({ strat: "2026-11-24T08:00:00Z" }), /Did you mean start\?$/],
  ["another casing", () => CALLERS.OAuthSession?.({ clientID: "x" }), /Did you mean clientId\?$/],
  ["a quota that is a number", () => CALLERS["new Angelcam()"]?.({ quota: 5 }), /^quota must be false, a Quota, or an/],
  [
    "windows that are no list",
    () => CALLERS.quota?.({ windows: { limit: 1 } }),
    /^quota\.windows must be a list such as/,
  ],
  [
    "a window with `second`",
    () => CALLERS.quota?.({ windows: [{ limit: 1, second: 1 }] }),
    /^unknown option of quota\.w/,
  ],
  ["a space that is an object", () => CALLERS["new Angelcam()"]?.({ space: {} }), /^space must be the id of a space/],
  [
    "a space with a line break",
    () => CALLERS["me.get"]?.({ space: "1\n2" }),
    /^me\.get: space must be the id of a space/,
  ],
  [
    "headers that are a number",
    () => CALLERS["me.get"]?.({ headers: 5 }),
    /^me\.get: headers must be an object such as/,
  ],
  [
    "a header name with a space",
    () => CALLERS["me.get"]?.({ headers: { "X A": "b" } }),
    /^me\.get: the header "X A" is/,
  ],
  [
    "coalesce that is a text",
    () => CALLERS["me.get"]?.({ coalesce: "yes" }),
    /^me\.get: coalesce must be true or false/,
  ],
  [
    "a signal that is none",
    () => CALLERS.liveStream?.({ format: "hls", signal: {} }),
    /^liveStream: signal must be an A/,
  ],
  ["refreshAhead as a text", () => session({ refreshAhead: "5" }), /^refreshAhead must be a number/],
  ["onTokens that is no function", () => session({ onTokens: 5 }), /^OAuthSession: onTokens must be a function$/],
  ["a clock without methods", () => CALLERS["new Angelcam()"]?.({ clock: {} }), /^clock must have the methods now, /],
  ["one argument too many", () => (angelcam.me.get as Loose)({}, {}), /^me\.get takes 1 argument\(s\) at most, got 2$/],
  [
    "one argument too many of a list",
    () => (angelcam.cameras.list as Loose)({}, {}, {}),
    /^cameras\.list takes 2 argument\(s\) at most, got 3$/,
  ],
  ...NO_OBJECTS.flatMap(([name, kind, value]): [string, () => unknown, RegExp][] => {
    const message = `the (query|options) must be a plain object, got ${kind}$`;
    return [
      [`${name} as a query`, () => (angelcam.cameras.get as Loose)(7, value), new RegExp(`^cameras\\.get: ${message}`)],
      [
        `${name} as that of a list`,
        () => (angelcam.cameras.list as Loose)(value),
        new RegExp(`^cameras\\.list: ${message}`),
      ],
      [
        `${name} as its options`,
        () => (angelcam.cameras.list as Loose)({}, value),
        new RegExp(`^cameras\\.list: ${message}`),
      ],
    ];
  }),
  ["the options of a list as null", () => (angelcam.cameras.list as Loose)({}, null), /the options must be a plain/],
  [
    "a list as the body",
    () => (angelcam.cameras.update as Loose)(7, []),
    /^cameras\.update: the body must be a plain object/,
  ],
  [
    "an object as a text of the query",
    () => angelcam.cameras.list({ tags: {} as string[] }).toArray(),
    /tags must be a s/,
  ],
  [
    "`querry` in params",
    () => (angelcam.api.GET as Loose)("/v1/me/", { params: { querry: {} } }),
    /Did you mean query\?$/,
  ],
])("%s is rejected by its own name", async (_, call, message) => {
  const error = await failure(call);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toMatch(message);
  expect(fetch.requests).toEqual([]);
});

const range = { start: "2026-11-24T07:58:00Z", end: "2026-11-24T08:03:00Z" };

test.each<[string, (clock: object) => unknown]>([
  ["quota.clock", (clock) => CALLERS.quota?.({ clock })],
  ["footage: clock", (clock) => CALLERS.footage?.({ ...range, clock })],
  ["downloads: clock", (clock) => CALLERS.downloads?.({ ...range, clock })],
  ["createClip: clock", (clock) => CALLERS.createClip?.({ ...range, name: "Parcel", clock })],
  ["waitForClip: clock", (clock) => CALLERS.waitForClip?.({ clock })],
  ["detectStreams: clock", (clock) => CALLERS.detectStreams?.({ address: "203.0.113.17", clock })],
  ["pairArrowClient: clock", (clock) => CALLERS.pairArrowClient?.({ uuid: "a1", clock })],
  ["liveStream: clock", (clock) => CALLERS.liveStream?.({ format: "hls", clock })],
  ["verifyWebhook: clock", (clock) => CALLERS.verifyWebhook?.({ clock })],
  ["fileTokenStore: clock", (clock) => CALLERS.fileTokenStore?.({ clock })],
  ["redisTokenStore: clock", (clock) => CALLERS.redisTokenStore?.({ key: "tokens", clock })],
  ["redisQuota: clock", (clock) => CALLERS.redisQuota?.({ key: "quota", clock })],
])("%s without methods is rejected before anything is sent", async (name, call) => {
  const error = await failure(() => call({}));
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toBe(`${name} must have the methods now, monotonic, setTimeout, clearTimeout: now is missing`);
  expect(fetch.requests).toEqual([]);
});

test.each<[string, () => unknown, RegExp]>([
  [
    "createClip with an onCreated that is a text",
    () => CALLERS.createClip?.({ ...range, name: "Parcel", onCreated: "save" }),
    /^createClip: onCreated must be a function$/,
  ],
  [
    "createClip with a random number in place of its source",
    () => CALLERS.createClip?.({ ...range, name: "Parcel", random: 0.5 }),
    /^createClip: random must be a function$/,
  ],
  [
    "detectStreams with a password that is a number",
    () => CALLERS.detectStreams?.({ address: "203.0.113.17", password: 12345 }),
    /^detectStreams: password must be a string$/,
  ],
  [
    "detectStreams with a port that is a symbol",
    () => CALLERS.detectStreams?.({ address: "203.0.113.17", port: Symbol("port") }),
    /^detectStreams: port must be a whole number from 1 to 65535, got Symbol\(port\)$/,
  ],
  [
    "liveStream with a format that is a bigint",
    () => CALLERS.liveStream?.({ format: 5n }),
    /^liveStream: format must be one of hls, mjpeg, mp4, mpegts, got a bigint$/,
  ],
  [
    "liveStream with a space that is an object",
    () => CALLERS.liveStream?.({ format: "hls", space: {} }),
    /^liveStream: space must be the id of a space/,
  ],
  [
    "half a surrogate pair as an id",
    () => angelcam.recordings.get("\ud800"),
    /^recordings\.get: recording_id must be a non-empty string, got /,
  ],
  [
    "half a surrogate pair as the id of a clip",
    () => (waitForClip as Loose)(angelcam, 7, "\udc00"),
    /^waitForClip: clipId must be a non-empty string/,
  ],
  [
    "half a surrogate pair in the query",
    () => angelcam.cameras.list({ tags: ["door", "\ud83d"] }).toArray(),
    /^cameras\.list: tags must be a string, got /,
  ],
  [
    "a header with a letter beyond Latin-1",
    () => CALLERS["me.get"]?.({ headers: { "X-Name": "€" } }),
    /^me\.get: the header "X-Name" is not valid in HTTP/,
  ],
  [
    "NaN in a body, which JSON would write as null: that takes a paid service from its camera",
    () => angelcam.billing.activeServices.usage.update(7, { camera_id: Number("x") }),
    /^camera_id must be a number, got NaN$/,
  ],
  [
    "the fetch of a call by path as text",
    () => (angelcam.api.GET as Loose)("/v1/me/", { fetch: "node-fetch" }),
    /^me\.get: fetch must be a function$/,
  ],
  [
    "allowInsecureHttp as text, which is true for JavaScript",
    () => CALLERS["new Angelcam()"]?.({ allowInsecureHttp: "false", baseUrl: "http://angelcam:4020" }),
    /^allowInsecureHttp must be true or false, got "false"$/,
  ],
  [
    "allowInsecureHttp of a session as text",
    () => session({ allowInsecureHttp: "0", baseUrl: "http://angelcam:4020" }),
    /^allowInsecureHttp must be true or false, got "0"$/,
  ],
  [
    "footage of a bigint",
    () => (footage as Loose)(angelcam, 5n, range),
    /^footage: recordingId must be a non-empty string.*, got bigint$/,
  ],
])("%s fails before a request is spent, by its own name", async (_, call, message) => {
  const error = await failure(call);
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toMatch(message);
  expect(fetch.requests).toEqual([]);
});

test("arguments that are too many or no objects: the call rejects, and a list once it is used; none throws", async () => {
  const calls = [
    (angelcam.me.get as Loose)({}, {}),
    (angelcam.cameras.list as Loose)(new Map()),
    (angelcam.cameras.list as Loose)({}, null),
  ] as Promise<unknown>[];
  for (const call of calls) await expect(call).rejects.toBeInstanceOf(TypeError);
  const list = angelcam.cameras.list(new URLSearchParams() as object);
  await expect(list.toArray()).rejects.toBeInstanceOf(TypeError);
  await expect(list.pages().next()).rejects.toBeInstanceOf(TypeError);
  expect(fetch.requests).toEqual([]);
});

test("the message about a header shows no value of it", async () => {
  const { message } = await failure(() => CALLERS["me.get"]?.({ headers: { Cookie: "secret\r\nX: y" } }));
  expect(message).toContain('the header "Cookie" is not valid in HTTP');
  expect(message).not.toContain("secret");
});

function session(options: object): unknown {
  const grant = main.passwordGrant({ username: "user@example.com", password: "secret" });
  return CALLERS.OAuthSession?.({ clientId: "x", grant, ...options });
}
