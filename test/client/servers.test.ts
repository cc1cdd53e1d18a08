import { expect, test } from "vitest";
import { Angelcam, type AngelcamOptions, OAuthSession, passwordGrant } from "../../src/index.ts";
import type { RecordingFetch } from "../support/fake-angelcam.ts";
import { stubbedAngelcam } from "./angelcam-stub.ts";

const TOKEN_URL = "https://my.angelcam.com/oauth/token/";

/** A client with a session of its own, and the requests that both send. */
function signedIn(options: AngelcamOptions = {}): { angelcam: Angelcam; fetch: RecordingFetch } {
  const fetch = stubbedAngelcam();
  const auth = new OAuthSession({
    clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
    grant: passwordGrant({ username: "user@example.com", password: "secret" }),
  });
  return { angelcam: new Angelcam({ auth, fetch, ...options }), fetch };
}

function urlsOf(fetch: RecordingFetch): string[] {
  return fetch.requests.map(({ method, url }) => `${method} ${url}`);
}

test("the quick start: sign in on my, check the account on api.test, list cameras on api", async () => {
  const { angelcam, fetch } = signedIn();
  await angelcam.me.get({ server: "test" });
  await angelcam.cameras.list({ limit: 5 });
  expect(urlsOf(fetch)).toEqual([
    `POST ${TOKEN_URL}`,
    "GET https://api.test.angelcam.com/v1/me/",
    "GET https://api.angelcam.com/v1/cameras/?limit=5",
  ]);
});

test("calls go to production by default", async () => {
  const { angelcam, fetch } = signedIn();
  await angelcam.me.get();
  expect(urlsOf(fetch)).toEqual([`POST ${TOKEN_URL}`, "GET https://api.angelcam.com/v1/me/"]);
});

test("with server test, calls go to the test server and sign-in stays where it is", async () => {
  const { angelcam, fetch } = signedIn({ server: "test" });
  await angelcam.me.get();
  expect(urlsOf(fetch)).toEqual([`POST ${TOKEN_URL}`, "GET https://api.test.angelcam.com/v1/me/"]);
});

test("a call may name its own server", async () => {
  const { angelcam, fetch } = signedIn({ server: "test" });
  await angelcam.me.get({ server: "production" });
  await angelcam.me.get();
  expect(urlsOf(fetch).slice(1)).toEqual([
    "GET https://api.angelcam.com/v1/me/",
    "GET https://api.test.angelcam.com/v1/me/",
  ]);
});

test("api calls take the same servers as methods", async () => {
  const { angelcam, fetch } = signedIn({ server: "test" });
  await angelcam.api.GET("/v1/me/");
  expect(urlsOf(fetch)).toEqual([`POST ${TOKEN_URL}`, "GET https://api.test.angelcam.com/v1/me/"]);
});

test.each(["http://127.0.0.1:4010", "http://127.0.0.1:4010/"])("baseUrl %s replaces every server", async (baseUrl) => {
  const { angelcam, fetch } = signedIn({ baseUrl, server: "test" });
  await angelcam.me.get();
  await angelcam.cameras.list(undefined, { server: "production" });
  await angelcam.api.GET("/v1/me/");
  expect(new Set(fetch.requests.map(({ url }) => new URL(url).origin))).toEqual(new Set(["http://127.0.0.1:4010"]));
  expect(fetch.requests.map(({ url }) => new URL(url).pathname)).toEqual([
    "/oauth/token/",
    "/v1/me/",
    "/v1/cameras/",
    "/v1/me/",
  ]);
});

test("baseUrl may have a path, which goes in front", async () => {
  const { angelcam, fetch } = signedIn({ baseUrl: "https://proxy.example.com/angelcam/" });
  await angelcam.me.get();
  expect(urlsOf(fetch)).toEqual([
    "POST https://proxy.example.com/angelcam/oauth/token/",
    "GET https://proxy.example.com/angelcam/v1/me/",
  ]);
});

test("a session may sign in elsewhere than its client calls", async () => {
  const fetch = stubbedAngelcam();
  const tokenFetch = stubbedAngelcam();
  const auth = new OAuthSession({
    clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
    grant: passwordGrant({ username: "user@example.com", password: "secret" }),
    baseUrl: "http://localhost:4011",
    fetch: tokenFetch,
  });
  await new Angelcam({ auth, fetch }).me.get();
  expect(urlsOf(tokenFetch)).toEqual(["POST http://localhost:4011/oauth/token/"]);
  expect(urlsOf(fetch)).toEqual(["GET https://api.angelcam.com/v1/me/"]);
});
