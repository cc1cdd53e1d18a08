import { describe, expect, test } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  authorizationCodeGrant,
  authorizationUrl,
  OAuthSession,
  type OAuthSessionOptions,
  passwordGrant,
  Quota,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";

// An invalid option is rejected by name when the client is created, and not with the first request.

const asked = <T>(value: unknown) => value as T;

describe("a client", () => {
  test.each<[string, AngelcamOptions, RegExp]>([
    ["no attempt at all", { retry: { attempts: 0 } }, /^retry\.attempts must be a whole number from 1, got 0$/],
    ["half an attempt", { retry: { attempts: 1.5 } }, /^retry\.attempts must be a whole number/],
    [
      "a negative pause",
      { retry: { baseDelay: -1 } },
      /^retry\.baseDelay must be a number from 0 to Infinity, got -1$/,
    ],
    ["a deadline of 0", { deadline: 0 }, /^deadline must be a number from 1 to Infinity, got 0$/],
    ["a negative wait", { quota: { maxWait: -1 } }, /^quota\.maxWait must be a number from 0 to Infinity, got -1$/],
    [
      "a window without room",
      { quota: { windows: [{ limit: 0, seconds: 60 }] } },
      /^quota\.windows\[0\]\.limit must be a whole number from 1, got 0$/,
    ],
    [
      "a window without end",
      { quota: { windows: [{ limit: 1, seconds: Number.POSITIVE_INFINITY }] } },
      /^quota\.windows\[0\]\.seconds must be a number from 0.001, got Infinity$/,
    ],
    [
      "a window without length",
      {
        quota: {
          windows: [
            { limit: 1, seconds: 60 },
            { limit: 1, seconds: 0 },
          ],
        },
      },
      /^quota\.windows\[1\]\.seconds must be a number from 0.001, got 0$/,
    ],
  ])("rejects %s", (_, options, message) => {
    expect(() => new Angelcam(options)).toThrow(RangeError);
    expect(() => new Angelcam(options)).toThrow(message);
  });

  test("that is frozen has every resource all the same", async () => {
    const angelcam = Object.freeze(new Angelcam({ fetch: async () => json(account) }));
    expect(await angelcam.me.get()).toEqual(account);
    expect(typeof angelcam.cameras.clips.create).toBe("function");
  });

  test("rejects a window that lacks its limit or its length, by name", () => {
    const windows = (window: object) => () => new Angelcam({ quota: { windows: [asked(window)] } });
    expect(windows({ seconds: 60 })).toThrow(
      new TypeError("quota.windows[0].limit must be a whole number from 1, got undefined"),
    );
    expect(windows({ limit: 2 })).toThrow(
      new TypeError("quota.windows[0].seconds must be a number from 0.001, got undefined"),
    );
  });

  test("accepts the smallest and the largest valid values", () => {
    const options = { retry: { attempts: 1, baseDelay: 0, maxDelay: 0 }, quota: { maxWait: 0 }, timeout: 1 };
    expect(new Angelcam(options)).toBeInstanceOf(Angelcam);
  });

  test("rejects an invalid retry of one call with the same message, before a request is sent", async () => {
    const fetch = recordingFetch(() => json(account));
    const angelcam = new Angelcam({ fetch });
    await expect(
      angelcam.oauth.revokeToken({ token: "abc", client_id: "x" }, { retry: { attempts: 0 } }),
    ).rejects.toThrow(/^retry\.attempts must be a whole number from 1, got 0$/);
    expect(fetch.requests).toEqual([]);
  });
});

test.each([
  ["nothing", null],
  ["a list without its pause", { times: [] }],
  ["times that are none", { times: ["yesterday"], pausedUntil: 0 }],
  ["times of which one is none", { times: [1, "yesterday"], pausedUntil: 0 }],
  ["a string for its times", { times: "12", pausedUntil: 0 }],
  ["a pause that is none", { times: [], pausedUntil: "never" }],
])("a quota rejects %s as its state, and names the method that returns one", (_, state) => {
  expect(() => new Quota({ state: asked(state) })).toThrow(
    new TypeError("quota.state must be the result of JSON.stringify(quota), parsed"),
  );
});

describe("a session", () => {
  const grant = passwordGrant({ username: "user@example.com", password: "secret" });
  const code = authorizationCodeGrant({ code: "abc", redirectUri: "https://example.com/" });

  test.each<[string, Partial<OAuthSessionOptions>, RegExp]>([
    ["a code without the program's secret", { grant: code }, /needs a clientSecret for authorizationCodeGrant/],
    ["an empty secret with a code", { grant: code, clientSecret: "" }, /needs a clientSecret/],
    ["a refresh after the expiry", { refreshAhead: -1 }, /^refreshAhead must be a number from 0 to Infinity, got -1$/],
    [
      "a store that cannot write",
      { store: asked({ read: async () => undefined }) },
      /^store must have the methods read/,
    ],
    ["a store that cannot read", { store: asked({ write: async () => {} }) }, /^store must have the methods read/],
    ["no store at all", { store: asked(null) }, /^store must have the methods read/],
  ])("rejects %s", (_, options, message) => {
    expect(() => new OAuthSession({ clientId: "client", grant, ...options })).toThrow(message);
  });

  test("takes a code with the secret, and a password without", () => {
    expect(new OAuthSession({ clientId: "client", clientSecret: "s", grant: code })).toBeInstanceOf(OAuthSession);
    expect(new OAuthSession({ clientId: "client", grant, refreshAhead: 0 })).toBeInstanceOf(OAuthSession);
  });

  test("without a client says so", async () => {
    const session = new OAuthSession({ clientId: "client", grant });
    await expect(session.authorization()).rejects.toThrow(/hand the session to a client before it is used/);
  });
});

describe("authorizationUrl", () => {
  const options = { clientId: "client", redirectUri: "https://example.com/callback", scope: "user_access" };

  test.each(["clientId", "redirectUri", "scope", "state"])("rejects an empty %s", (name) => {
    expect(() => authorizationUrl({ ...options, [name]: "" })).toThrow(
      `authorizationUrl needs ${name}: a non-empty string`,
    );
    expect(() => authorizationUrl({ ...options, [name]: asked(7) })).toThrow(name);
  });

  test("rejects a redirect URI that is no absolute URL", () => {
    expect(() => authorizationUrl({ ...options, redirectUri: "/callback" })).toThrow(
      /needs redirectUri: an absolute URL/,
    );
  });

  test("leads to the consent page of the spec, with every parameter", () => {
    const { url, state } = authorizationUrl({ ...options, state: "xyz" });
    expect(state).toBe("xyz");
    expect(url).toBe(
      "https://my.angelcam.com/oauth/authorize/?response_type=code&client_id=client&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback&scope=user_access&state=xyz",
    );
  });

  test("makes a new state each time, and goes to another origin where one is named", () => {
    const [one, other] = [1, 2].map(() => authorizationUrl({ ...options, baseUrl: "http://localhost:4010/" }));
    expect(one?.state).not.toBe(other?.state);
    expect(one?.url).toMatch(/^http:\/\/localhost:4010\/oauth\/authorize\/\?/);
    expect(() => authorizationUrl({ ...options, baseUrl: "http://example.com" })).toThrow(/^baseUrl must be https/);
  });
});
