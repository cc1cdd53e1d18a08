import { describe, expect, test } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  authorizationCodeGrant,
  bearerToken,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
  refreshTokenGrant,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";

// Bad input fails before a request is spent, and the message names the argument. The types reject most of it as well;
// these tests are for callers without types.

type Try = (angelcam: Angelcam) => PromiseLike<unknown>;

const asked = <T>(value: unknown) => value as T;

const calls: readonly [string, RegExp, Try][] = [
  ...[Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY, 2 ** 53, "7", "", null, undefined, {}].map(
    (id): [string, RegExp, Try] => [
      `cameras.get(${JSON.stringify(id) ?? id})`,
      /^cameras\.get: camera_id must be a whole number/,
      (angelcam) => angelcam.cameras.get(asked(id)),
    ],
  ),
  ...[0, -5, 1.5, Number.NaN, "5", "many"].map((limit): [string, RegExp, Try] => [
    `cameras.list({ limit: ${JSON.stringify(limit)} })`,
    /^cameras\.list: limit must be a whole number/,
    (angelcam) => angelcam.cameras.list({ limit: asked(limit) }),
  ]),
  ["an empty page", /whole number from 1, got 0/, (angelcam) => angelcam.cameras.list({ limit: 0 })],
  [
    "a playback control without its streamer",
    /^recordingStreams\.play: serverVariables\.streamer must be a label of a host name such as e3-eu2, got ""$/,
    (angelcam) => angelcam.recordingStreams.play("5d2e8f70"),
  ],
  ["cameras.list({ ids: [NaN] })", /ids must be/, (angelcam) => angelcam.cameras.list({ ids: [Number.NaN] })],
  // An empty list in the query would select every camera.
  ["cameras.list({ ids: [] })", /ids must/, (angelcam) => angelcam.cameras.list({ ids: [] })],
  ["cameras.list({ tags: [] })", /tags must/, (angelcam) => angelcam.cameras.list({ tags: [] })],
  ["cameras.list({ offset: -1 })", /offset must be/, (angelcam) => angelcam.cameras.list({ offset: -1 })],
  ["cameras.list({ location_id: 0 })", /location_id must be/, (angelcam) => angelcam.cameras.list({ location_id: 0 })],
  [
    "cameras.get(7, { refresh_rate: -1 })",
    /refresh_rate must be a number/,
    (angelcam) => angelcam.cameras.get(7, { refresh_rate: -1 }),
  ],
  ["cameras.get(7, { max_width: 0 })", /max_width must be/, (angelcam) => angelcam.cameras.get(7, { max_width: 0 })],
  [
    "an invalid Date",
    /stream_expires_at must be a Date or an ISO string with its time zone \(2026-11-24T08:00:00Z\), got Invalid Date/,
    (angelcam) => angelcam.cameras.list({ stream_expires_at: new Date("tomorrow") }),
  ],
  [
    "a start after the end",
    /start must be before end/,
    (angelcam) =>
      angelcam.recordings.timeline("5f0c2d1a", asked({ start: "2026-11-24T12:00:00Z", end: "2026-11-24T11:00:00Z" })),
  ],
  [
    "a start that equals the end",
    /start must be before end/,
    (angelcam) => angelcam.recordings.timeline("5f0c2d1a", asked({ start: new Date(0), end: new Date(0) })),
  ],
  [
    "a start that is no date",
    /start must be a Date or an ISO string with its time zone \(2026-11-24T08:00:00Z\), got "yesterday"/,
    (angelcam) => angelcam.recordings.timeline("5f0c2d1a", asked({ start: "yesterday" })),
  ],
  [
    "an end that is no date",
    /^recordings\.timeline: end must be a Date or an ISO string with its time zone \(2026-11-24T08:00:00Z\), got "tomorrow"$/,
    (angelcam) => angelcam.recordings.timeline("5f0c2d1a", asked({ start: "2026-11-24T12:00:00Z", end: "tomorrow" })),
  ],
  [
    "a start that is an object",
    /^recordings\.timeline: start must be a Date or an ISO string with its time zone \(2026-11-24T08:00:00Z\), got \[object Object\]$/,
    (angelcam) => angelcam.recordings.timeline("5f0c2d1a", asked({ start: {} })),
  ],
  [
    "an end that is an invalid Date",
    /^recordings\.timeline: end must be a Date or an ISO string with its time zone \(2026-11-24T08:00:00Z\), got Invalid Date$/,
    (angelcam) => angelcam.recordings.timeline("5f0c2d1a", asked({ start: new Date(0), end: new Date("tomorrow") })),
  ],
  ...["", ".", "..", undefined, 7].map((id): [string, RegExp, Try] => [
    `recordings.get(${JSON.stringify(id)})`,
    /^recordings\.get: recording_id must be a non-empty string, got (""|"\."|"\.\."|undefined|7)$/,
    (angelcam) => angelcam.recordings.get(asked(id)),
  ]),
  [
    "a number below its least",
    /^cameras\.get: refresh_rate must be a number from 0, got -0\.5$/,
    (angelcam) => angelcam.cameras.get(7, { refresh_rate: -0.5 }),
  ],
  [
    "a number that is none",
    /^cameras\.get: refresh_rate must be a number from 0, got NaN$/,
    (angelcam) => angelcam.cameras.get(7, { refresh_rate: Number.NaN }),
  ],
  [
    "a number without bounds that is not whole",
    /^cameras\.list: has_guests must be a whole number, got 0\.5$/,
    (angelcam) => angelcam.cameras.list({ has_guests: asked(0.5) }),
  ],
  [
    "a number of another kind",
    /^recordings\.start: duration must be a whole number from 30 to 1800, got \[object Object\]$/,
    (angelcam) => angelcam.recordings.start("5f0c2d1a", { duration: asked({}) }),
  ],
  [
    "a number out of its range",
    /^recordings\.start: duration must be a whole number from 30 to 1800, got 1801$/,
    (angelcam) => angelcam.recordings.start("5f0c2d1a", { duration: 1801 }),
  ],
  [
    "an unknown server",
    /server must be production or test, got "staging"/,
    (angelcam) => angelcam.me.get({ server: asked("staging") }),
  ],
  [
    "api.GET with an id of NaN",
    /camera_id must be a whole number/,
    (angelcam) => angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: Number.NaN } } }),
  ],
  [
    "a query parameter of another name",
    /^unknown query parameter of cameras\.list: "locationId"\. Did you mean location_id\?$/,
    (angelcam) => angelcam.cameras.list(asked({ locationId: 1 })),
  ],
  [
    "an option in place of the query",
    /^unknown query parameter of cameras\.list: "timeout"\. It is an option of the call: pass it in the last argument\.$/,
    (angelcam) => angelcam.cameras.list(asked({ timeout: 5 })),
  ],
  [
    "a query parameter in place of the body",
    /^unknown query parameter of rts\.arm: "locationId"\. Did you mean location_id\?$/,
    (angelcam) => angelcam.rts.arm(asked({ locationId: 1 })),
  ],
  [
    "a body field of another name",
    /^unknown body field of cameras\.clips\.create: "nmae"\. Did you mean name\?$/,
    (angelcam) => angelcam.cameras.clips.create(7, asked({ nmae: "x" })),
  ],
  [
    "an unknown option of a call",
    /^unknown option of me\.get: "timout"\. Did you mean timeout\?$/,
    (angelcam) => angelcam.me.get(asked({ timout: 5 })),
  ],
  [
    "an option of another function",
    /^unknown option of cameras\.list: "max"\. /,
    (angelcam) => angelcam.cameras.list({}, asked({ max: 0 })),
  ],
  [
    "retry as a number",
    /^retry must be false or an object such as \{ attempts: 3 \}, got 5$/,
    (angelcam) => angelcam.me.get(asked({ retry: 5 })),
  ],
  [
    "an unknown option of retry",
    /^unknown retry option "atempts"\. Did you mean attempts\?$/,
    (angelcam) => angelcam.me.get({ retry: asked({ atempts: 5 }) }),
  ],
  [
    "api.GET with an unknown option",
    /^unknown option of me\.get: "deadlin"\. Did you mean deadline\?$/,
    (angelcam) => angelcam.api.GET("/v1/me/", { deadlin: 5 }),
  ],
  [
    "api.GET with a path without its slash",
    /^GET \/v1\/me is not an operation of the API\. Did you mean GET \/v1\/me\/\?$/,
    (angelcam) => angelcam.api.GET(asked<"/v1/me/">("/v1/me")),
  ],
  [
    "api.HEAD, which no operation has",
    /^HEAD \/v1\/me\/ is not an operation/,
    (angelcam) =>
      (angelcam.api as unknown as Record<string, (path: string) => Promise<unknown>>).HEAD?.("/v1/me/") ??
      Promise.resolve(),
  ],
  ["a form that is missing", /body must be a plain object/, (angelcam) => angelcam.oauth.createToken(asked(undefined))],
  ["a form that is a text", /body must be a plain object/, (angelcam) => angelcam.oauth.createToken(asked("a=b"))],
  ...[0, -1, 0.5, Number.NaN, "30"].map((timeout): [string, RegExp, Try] => [
    `me.get({ timeout: ${JSON.stringify(timeout)} })`,
    /timeout must be a number from 1 to Infinity/,
    (angelcam) => angelcam.me.get({ timeout: asked(timeout) }),
  ]),
];

test("a limit of more than 100 is sent as it is: no maximum is known", async () => {
  const fetch = recordingFetch(() => json({ count: 0, next: null, previous: null, results: [] }));
  const angelcam = new Angelcam({ auth: bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ"), fetch });
  await angelcam.cameras.list({ limit: 500 });
  expect(fetch.requests.map(({ url }) => url)).toEqual(["https://api.angelcam.com/v1/cameras/?limit=500"]);
});

test.each(calls)("%s fails before a request is spent", async (_, message, attempt) => {
  const fetch = recordingFetch(() => json(account));
  const angelcam = new Angelcam({ auth: bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ"), fetch });
  const error = await attempt(angelcam).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error instanceof TypeError || error instanceof RangeError, String(error)).toBe(true);
  expect((error as Error).message).toMatch(message);
  expect(fetch.requests).toEqual([]);
});

describe("new Angelcam", () => {
  test.each<[string, AngelcamOptions, RegExp]>([
    ["plain http", { baseUrl: "http://api.angelcam.com" }, /^baseUrl must be https/],
    ["a host that only begins like loopback", { baseUrl: "http://127.0.0.1.example.com" }, /^baseUrl/],
    ["a host that only begins like localhost", { baseUrl: "http://localhost.example.com" }, /^baseUrl/],
    ["another protocol", { baseUrl: "ftp://api.angelcam.com" }, /^baseUrl/],
    ["a relative URL", { baseUrl: "/angelcam" }, /^baseUrl must be https, .* with at most a path$/],
    ["an empty URL", { baseUrl: "" }, /^baseUrl/],
    [
      "a URL with a query",
      { baseUrl: "https://api.angelcam.com/?key=1" },
      /^baseUrl must be https, .* with at most a path$/,
    ],
    [
      "a URL with a fragment",
      { baseUrl: "https://api.angelcam.com/#top" },
      /^baseUrl must be https, .* with at most a path$/,
    ],
    ["an unknown server", { server: asked("staging") }, /^server must be production or test, got "staging"$/],
    ["a timeout of 0", { timeout: 0 }, /^timeout must be a number from 1 to Infinity, got 0$/],
    ["a negative timeout", { timeout: -1 }, /^timeout/],
    ["a timeout that is no number", { timeout: Number.NaN }, /^timeout/],
    ["a timeout in words", { timeout: asked("30s") }, /^timeout/],
  ])("rejects %s", (_, options, message) => {
    expect(() => new Angelcam(options)).toThrow(message);
  });

  test("rejects credentials in baseUrl, and does not show them", () => {
    const make = () => new Angelcam({ baseUrl: "https://somebody:hunter2@api.angelcam.com" });
    expect(make).toThrow(/^baseUrl/);
    expect(make).not.toThrow(/hunter2|somebody/);
  });

  test.each([
    "http://127.0.0.1:4010",
    "http://localhost:4010",
    "http://[::1]:4010",
    "https://proxy.example.com/angelcam/",
  ])("takes %s as baseUrl", (baseUrl) => {
    expect(new Angelcam({ baseUrl })).toBeInstanceOf(Angelcam);
  });
});

describe("a grant or a token", () => {
  const grant = passwordGrant({ username: "user@example.com", password: "secret" });

  test.each<[string, () => unknown, RegExp]>([
    ["an empty personal access token", () => personalAccessToken(""), /^personalAccessToken needs a token/],
    ["a blank personal access token", () => personalAccessToken("  "), /^personalAccessToken needs a token/],
    ["no personal access token", () => personalAccessToken(asked(undefined)), /^personalAccessToken needs a token/],
    ["an empty bearer token", () => bearerToken(""), /^bearerToken needs a token/],
    ["no bearer token", () => bearerToken(asked(null)), /^bearerToken needs a token/],
    [
      "an empty user name",
      () => passwordGrant({ username: "", password: "secret" }),
      /^passwordGrant needs username: a non-empty string$/,
    ],
    [
      "an empty password",
      () => passwordGrant({ username: "user@example.com", password: "" }),
      /^passwordGrant needs password: a non-empty string/,
    ],
    [
      "a list of scopes",
      () => passwordGrant(asked({ username: "user@example.com", password: "secret", scope: ["a", "b"] })),
      /^passwordGrant: scope must be a string, got a,b$/,
    ],
    ["no password", () => passwordGrant(asked({ username: "user@example.com" })), /password/],
    [
      "an empty code",
      () => authorizationCodeGrant({ code: "", redirectUri: "https://example.com" }),
      /^authorizationCodeGrant needs code: a non-empty string/,
    ],
    [
      "an empty redirect URI",
      () => authorizationCodeGrant({ code: "a", redirectUri: "" }),
      /^authorizationCodeGrant needs redirectUri: a non-empty string/,
    ],
    [
      "an empty refresh token",
      () => refreshTokenGrant({ refreshToken: "" }),
      /^refreshTokenGrant needs refreshToken: a non-empty string/,
    ],
    ["an empty client id", () => new OAuthSession({ clientId: "", grant }), /clientId/],
    ["no client id", () => new OAuthSession(asked({ grant })), /clientId/],
    ["no grant", () => new OAuthSession(asked({ clientId: "abc" })), /grant/],
    [
      "plain http to the token endpoint",
      () => new OAuthSession({ clientId: "abc", grant, baseUrl: "http://my.angelcam.com" }),
      /^baseUrl must be https/,
    ],
  ])("rejects %s", (_, make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});
