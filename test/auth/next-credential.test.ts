import { describe, expect, it } from "vitest";
import {
  Angelcam,
  authorizationCodeGrant,
  type Grant,
  memoryTokenStore,
  OAuthError,
  OAuthSession,
  refreshTokenGrant,
  type TokenStore,
  type Tokens,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { HOUR, resume, setUp } from "./session-fixture.ts";

const code = (value: string) => authorizationCodeGrant({ code: value, redirectUri: "https://example.com/callback" });

/** A client whose token requests get these responses in order; every call of the API succeeds. */
function scripted(
  grant: Grant,
  responses: (object | "invalid_grant")[],
  { clock = new ManualClock(), store = memoryTokenStore() }: { clock?: ManualClock; store?: TokenStore } = {},
) {
  const sent: (string | null)[] = [];
  const fetch = recordingFetch(({ url, body }) => {
    if (!url.endsWith("/oauth/token/")) return json(account);
    const form = new URLSearchParams(body);
    sent.push(form.get("refresh_token") ?? form.get("code"));
    const response = responses.shift() ?? "invalid_grant";
    return response === "invalid_grant" ? json({ error: "invalid_grant" }, 400) : json(response);
  });
  const session = new OAuthSession({ clientId: "client", clientSecret: "hush", grant, store });
  const angelcam = new Angelcam({ auth: session, fetch, clock, quota: false });
  /** A call when the last access token has ended. */
  const callLater = async () => {
    await clock.advance(11 * HOUR);
    return clock.drive(angelcam.me.get());
  };
  return { callLater, sent, store, clock };
}

const response = (name: string, refresh_token?: string) => ({
  access_token: `access-${name}`,
  expires_in: 36_000,
  ...(refresh_token === undefined ? {} : { refresh_token }),
});

describe("a response without a refresh token", () => {
  it("to a refresh token: the old one is stored, and sent the next time (RFC 6749, section 6)", async () => {
    const { callLater, sent, store } = scripted(refreshTokenGrant({ refreshToken: "first" }), [
      response("1", "second"),
      response("2"),
      response("3", "third"),
    ]);
    for (let call = 0; call < 3; call++) expect(await callLater()).toEqual(account);
    expect(sent).toEqual(["first", "second", "second"]);
    expect(await store.read()).toMatchObject({ accessToken: "access-3", refreshToken: "third" });
  });

  it("to a code: the code is not taken for one, and the session has ended with its access token", async () => {
    const { callLater, sent, store } = scripted(code("code-1"), [response("1")]);
    expect(await callLater()).toEqual(account);
    expect((await store.read())?.refreshToken).toBeUndefined();
    await expect(callLater()).rejects.toMatchObject({ code: "session_ended" });
    expect(sent).toEqual(["code-1"]);
  });
});

it("a server that returns the same refresh token again: it is sent each time", async () => {
  const same = response("1", "first");
  const { callLater, sent } = scripted(refreshTokenGrant({ refreshToken: "first" }), [same, same, same]);
  for (let call = 0; call < 3; call++) expect(await callLater()).toEqual(account);
  expect(sent).toEqual(["first", "first", "first"]);
});

describe("tokens of an earlier sign-in in the store, rejected by now", () => {
  it("a new code is sent after them", async () => {
    const earlier = scripted(code("code-1"), [response("1", "first")]);
    await earlier.callLater();
    const later = scripted(code("code-2"), ["invalid_grant", response("2", "second")], earlier);
    expect(await later.callLater()).toEqual(account);
    expect(later.sent).toEqual(["first", "code-2"]);
  });

  it("the code that they came from is not sent after them", async () => {
    const earlier = scripted(code("code-1"), [response("1", "first")]);
    await earlier.callLater();
    const later = scripted(code("code-1"), ["invalid_grant"], earlier);
    await expect(later.callLater()).rejects.toMatchObject({ code: "session_ended" });
    expect(later.sent).toEqual(["first"]);
  });

  it("in a store that does not keep `grant`, a new code is sent after them, and a refresh token is not", async () => {
    const stored: Tokens = { accessToken: "old", refreshToken: "first", issuedAt: 0, expiresAt: 1, scope: undefined };
    const withCode = scripted(code("code-2"), ["invalid_grant", response("2", "second")], {
      store: memoryTokenStore(stored),
    });
    expect(await withCode.callLater()).toEqual(account);
    expect(withCode.sent).toEqual(["first", "code-2"]);
    const withToken = scripted(refreshTokenGrant({ refreshToken: "own" }), ["invalid_grant"], {
      store: memoryTokenStore(stored),
    });
    await expect(withToken.callLater()).rejects.toMatchObject({ code: "session_ended" });
    expect(withToken.sent).toEqual(["first"]);
  });
});

it("a session that has ended names the rejection as the cause, also after an outage before it", async () => {
  const { angelcam, clock, server } = setUp(resume, {}, { retry: false });
  await clock.drive(angelcam.me.get());
  server.end();
  server.faults = ["unavailable"];
  await clock.advance(11 * HOUR);
  await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ status: 503 });
  const error = await clock.drive(angelcam.me.get().catch((reason) => reason));
  expect(error).toMatchObject({ code: "session_ended", cause: { code: "oauth_error", title: "invalid_grant" } });
  expect(error.cause).toBeInstanceOf(OAuthError);
});
