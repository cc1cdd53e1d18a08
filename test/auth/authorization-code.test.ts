import { describe, expect, it } from "vitest";
import {
  Angelcam,
  authorizationCodeGrant,
  memoryTokenStore,
  OAuthSession,
  refreshTokenGrant,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

function setUp() {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const outcomes: string[] = [];
  const session = new OAuthSession({
    clientId: "client",
    clientSecret: "hush",
    grant: authorizationCodeGrant({ code: "code-1", redirectUri: "https://example.com/callback" }),
  });
  const angelcam = new Angelcam({
    auth: session,
    fetch: server.fetch,
    clock,
    quota: false,
    retry: false,
    onEvent: (event) => event.type === "refresh" && outcomes.push(event.outcome),
  });
  return { clock, server, session, angelcam, outcomes };
}

describe("a user who agreed on the consent page", () => {
  it("is signed in with the code, the redirect URI and the program's own id and secret", async () => {
    const { angelcam, server, outcomes } = setUp();
    expect(await angelcam.me.get()).toEqual(account);
    const form = new URLSearchParams(server.tokenRequests()[0]?.body);
    expect(Object.fromEntries(form)).toEqual({
      grant_type: "authorization_code",
      code: "code-1",
      redirect_uri: "https://example.com/callback",
      client_id: "client",
      client_secret: "hush",
    });
    expect(outcomes).toEqual(["signed_in"]);
  });

  it("stays so by refresh tokens: the code works once and is sent once", async () => {
    const { angelcam, server, outcomes } = setUp();
    await angelcam.me.get();
    server.expire();
    expect(await angelcam.me.get()).toEqual(account);
    expect(outcomes).toEqual(["signed_in", "refreshed"]);
    server.end();
    await expect(angelcam.me.get()).rejects.toThrow(
      "The session has ended. Angelcam does not accept its refresh token any more. Sign in again: make a new OAuthSession with a fresh grant.",
    );
    expect(server.tokenRequests("authorization_code")).toHaveLength(1);
    expect(server.tokenRequests("refresh_token")).toHaveLength(2);
  });

  it("is signed in with the same code after a failure that left it unused, or possibly unused", async () => {
    const { angelcam, server, clock } = setUp();
    server.faults = ["refuse", "hang-up-before"];
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "connection_failed" });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "connection_failed" });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests("authorization_code")).toHaveLength(3);
  });

  it("is not signed in with a code that the server has rejected: it is sent once", async () => {
    const { angelcam, server, clock } = setUp();
    server.faults = [{ status: 400, body: '{"error":"invalid_grant"}', type: "application/json" }];
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "oauth_error", title: "invalid_grant" });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

describe("a session that signs out", () => {
  it("says afterwards that this very program did it", async () => {
    const { angelcam, session } = setUp();
    await angelcam.me.get();
    await session.revoke();
    await expect(angelcam.me.get()).rejects.toThrow(
      "The session has ended. It was revoked by this program. Sign in again: make a new OAuthSession with a fresh grant.",
    );
  });

  it("sends nothing where it was never signed in, or has no refresh token", async () => {
    const { session, server } = setUp();
    await session.revoke();
    const store = memoryTokenStore({
      accessToken: "access",
      refreshToken: undefined,
      issuedAt: 0,
      expiresAt: Number.MAX_SAFE_INTEGER,
      scope: undefined,
    });
    const other = new OAuthSession({ clientId: "client", grant: refreshTokenGrant({ refreshToken: "spent" }), store });
    new Angelcam({ auth: other, fetch: server.fetch, quota: false });
    await other.revoke();
    expect(await store.read()).toMatchObject({ accessToken: "" });
    expect(server.fetch.requests).toEqual([]);
  });
});
