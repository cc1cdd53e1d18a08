import { describe, expect, test } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  downloads,
  footage,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
  Quota,
  refreshTokenGrant,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { stubbedAngelcam } from "./angelcam-stub.ts";

describe("new Angelcam() rejects an invalid option and says what it should be", () => {
  test.each<[string, unknown, RegExp]>([
    [
      "a misspelt name",
      { baseURL: "https://api.angelcam.com" },
      /^unknown option of new Angelcam\(\): "baseURL"\. Did you mean baseUrl\?$/,
    ],
    ["an unknown name", { token: "abc" }, /^unknown option of new Angelcam\(\): "token"\. Known: auth, /],
    [
      "a string as auth",
      { auth: "abc" },
      /^auth must be an OAuthSession, personalAccessToken\(…\) or bearerToken\(…\)/,
    ],
    ["null as auth", { auth: null }, /^auth must be/],
    ["a number as retry", { retry: 5 }, /^retry must be false or an object such as \{ attempts: 3 \}, got 5$/],
    ["an unknown name in retry", { retry: { count: 5 } }, /^unknown retry option "count"/],
    ["baseUrl that ends in /v1", { baseUrl: "https://api.angelcam.com/v1" }, /^baseUrl must not end in \/v1/],
    ["baseUrl that ends in /v1/", { baseUrl: "https://api.angelcam.com/v1/" }, /^baseUrl must not end in \/v1/],
    ["plain http to another host", { baseUrl: "http://angelcam-sandbox:4020" }, /^baseUrl must be https/],
    ["null as quota", { quota: null }, /^quota must be false, a Quota, or an object such as \{ windows \}, got null$/],
    ["a list as quota", { quota: [] }, /^quota must be false, a Quota, or an object/],
    ["true as space", { space: true }, /^space must be the id of a space, got true$/],
    ["a string as fetch", { fetch: "node-fetch" }, /^fetch must be a function$/],
    ["an object as onEvent", { onEvent: {} }, /^onEvent must be a function$/],
    ["maxResponseSize 0", { maxResponseSize: 0 }, /^maxResponseSize must be a whole number from 1, got 0$/],
    ["a deadline as text", { deadline: "30s" }, /^deadline must be a number from 1 to Infinity, got "30s"$/],
    ["a token in place of the options", "abc", /^new Angelcam\(\): the options must be a plain object, got a string$/],
    [
      "a function in place of the options",
      () => "abc",
      /^new Angelcam\(\): the options must be a plain object, got a function$/,
    ],
    [
      "a symbol in place of the options",
      Symbol("abc"),
      /^new Angelcam\(\): the options must be a plain object, got a symbol$/,
    ],
    ["a number in place of the options", 5, /^new Angelcam\(\): the options must be a plain object, got the number 5$/],
    ["null in place of the options", null, /^new Angelcam\(\): the options must be a plain object, got null$/],
  ])("%s", (_, options, message) => {
    expect(() => new Angelcam(options as AngelcamOptions)).toThrow(message);
  });
});

test("allowInsecureHttp: plain http to a host of a private network is accepted", () => {
  expect(() => new Angelcam({ baseUrl: "http://angelcam-sandbox:4020", allowInsecureHttp: true })).not.toThrow();
  expect(() => new Angelcam({ baseUrl: "ftp://angelcam-sandbox:4020", allowInsecureHttp: true })).toThrow(/^baseUrl/);
});

test("allowInsecureHttp: the baseUrl of a call by path must still be https", async () => {
  const fetch = recordingFetch(() => json(account));
  const angelcam = new Angelcam({ fetch, baseUrl: "http://angelcam-sandbox:4020", allowInsecureHttp: true });
  const elsewhere = angelcam.api.GET("/v1/me/", { baseUrl: "http://another-host:4020" });
  await expect(elsewhere).rejects.toThrow(/^baseUrl must be https/);
  expect(fetch.requests).toEqual([]);
});

test("an options object that is changed for the next account leaves the first client as it is", async () => {
  const fetch = recordingFetch(() => json(account));
  const options: AngelcamOptions = { auth: personalAccessToken("first-account"), fetch };
  const first = new Angelcam(options);
  options.auth = personalAccessToken("second-account");
  const second = new Angelcam(options);
  await first.me.get();
  await second.me.get();
  expect(fetch.requests.map(({ authorization }) => authorization)).toEqual([
    "PersonalAccessToken first-account",
    "PersonalAccessToken second-account",
  ]);
});

test("a client, its resources, its quota and what helpers return are no plain objects, of which Vue would make proxies", () => {
  const angelcam = new Angelcam();
  const range = { start: "2026-11-23", end: "2026-11-24" };
  const objects = [angelcam, angelcam.cameras.clips, footage(angelcam, "a", range), downloads(angelcam, "a", range)];
  const grant = refreshTokenGrant({ refreshToken: "b" });
  const session = new OAuthSession({ clientId: "c", grant });
  const tags = [...objects, session, new Quota()].map((object) => String(object));
  expect(tags).toEqual(
    ["Angelcam", "Angelcam", "Footage", "Downloads", "OAuthSession", "Quota"].map((tag) => `[object ${tag}]`),
  );
});

test("the first call of a session is sent where calls may not wait for the quota", async () => {
  const session = new OAuthSession({ clientId: "c", grant: passwordGrant({ username: "a", password: "b" }) });
  const angelcam = new Angelcam({ auth: session, fetch: stubbedAngelcam(), quota: { maxWait: 0 } });
  expect((await angelcam.me.get()).id).toBe(account.id);
});

test("undefined for every option is as good as left out", () => {
  const names = ["auth", "server", "baseUrl", "fetch", "timeout", "deadline", "retry", "quota", "space", "clock"];
  expect(() => new Angelcam(Object.fromEntries(names.map((name) => [name, undefined])))).not.toThrow();
});
