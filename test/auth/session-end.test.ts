import { describe, expect, it } from "vitest";
import {
  Angelcam,
  ConnectionError,
  type Grant,
  memoryTokenStore,
  OAuthError,
  OAuthSession,
  refreshTokenGrant,
  ServerError,
  type Tokens,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { HOUR, password, resume, setUp } from "./session-fixture.ts";

describe("a session ends", () => {
  it("only with invalid_grant, and then says so at once without a further request", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    server.end();
    const error = await clock.drive(angelcam.me.get().catch((reason) => reason));
    expect(error).toBeInstanceOf(OAuthError);
    expect(error).toMatchObject({ code: "session_ended", title: "invalid_grant", retryable: false });
    const before = server.tokenRequests().length;
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(server.tokenRequests()).toHaveLength(before);
  });

  it("and starts again by itself only where the password was kept", async () => {
    const { angelcam, clock, server } = setUp();
    await clock.drive(angelcam.me.get());
    server.end();
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests("password")).toHaveLength(2);
  });

  it.each(["unavailable", "error", "refuse"] as const)("not with %s: the next call gets its token", async (fault) => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    server.faults = Array.from({ length: 3 }, () => fault);
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({
      retryable: expect.any(Boolean),
      operationId: "oauth.createToken",
    });
    server.faults = [];
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.reuses).toBe(0);
  });

  it("with invalid_grant after an unknown outcome: further calls say so at once, without the pause before a second try", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    server.faults = ["error", "error", "error"];
    const outcome = () => clock.drive(angelcam.me.get().catch((reason) => reason.code));
    for (let attempt = 0; attempt < 3; attempt++) await outcome();
    server.end();
    expect(await outcome()).toBe("session_ended");
    const started = clock.monotonic();
    expect(await outcome()).toBe("session_ended");
    expect(clock.monotonic() - started).toBe(0);
  });

  it("not with a connection lost before the server has done anything: the next call waits half a second and succeeds", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    server.faults = ["hang-up-before"];
    await expect(clock.drive(angelcam.me.get())).rejects.toBeInstanceOf(ConnectionError);
    const started = clock.monotonic();
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(clock.monotonic() - started).toBe(500);
    expect(server.tokenRequests()).toHaveLength(3);
  });

  it("not with lost connections all day: the token is sent again ever more rarely, every half minute in the end", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    server.faults = Array.from({ length: 12 }, () => "hang-up-before" as const);
    const times: number[] = [];
    let started = clock.monotonic();
    for (let call = 0; call < 12; call++) {
      await expect(clock.drive(angelcam.me.get())).rejects.toBeInstanceOf(ConnectionError);
      times.push(clock.monotonic() - started);
      started = clock.monotonic();
    }
    expect(times).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
  });

  it("not with a call of refresh(), which does not wait for the back-off", async () => {
    const { angelcam, session, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    server.faults = Array.from({ length: 9 }, () => "hang-up-before" as const);
    for (let call = 0; call < 9; call++) await clock.drive(session.refresh().catch(() => {}));
    expect(clock.monotonic()).toBe(0);
    expect(server.tokenRequests()).toHaveLength(10);
    await clock.drive(session.refresh());
    expect(server.reuses).toBe(0);
  });

  it("not with a refresh() before the first call: that call goes out with the tokens that it brought", async () => {
    const { angelcam, session, clock, server } = setUp(resume);
    await clock.drive(session.refresh());
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
  });

  it("not with a refresh() that fails: its caller is notified, and calls go on with the token that still works", async () => {
    const { angelcam, session, clock, server } = setUp(resume, {}, { retry: false });
    await clock.drive(angelcam.me.get());
    server.faults = ["unavailable"];
    await expect(clock.drive(session.refresh())).rejects.toBeInstanceOf(ServerError);
    const sent = server.tokenRequests().length;
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(sent);
    await clock.drive(session.refresh());
    expect(server.tokenRequests()).toHaveLength(sent + 1);
    expect(server.reuses).toBe(0);
  });

  it("not with calls that are made while refresh() runs: they do not wait for it", async () => {
    const { angelcam, session, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    server.latency = 5_000;
    const refreshed = session.refresh();
    expect(await angelcam.me.get()).toEqual(account);
    await clock.drive(refreshed);
    expect(server.tokenRequests()).toHaveLength(2);
  });

  it("not with a connection that was never made: nothing was used, and the next call tries again", async () => {
    const { angelcam, clock, server } = setUp(resume, {}, { retry: false });
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    const causes = [4, 6].map((family) => Object.assign(new Error(`v${family}`), { code: "ECONNREFUSED" }));
    const unreachable = () => Promise.reject(new TypeError("fetch failed", { cause: new AggregateError(causes) }));
    const elsewhere = setUp(
      () => refreshTokenGrant({ refreshToken: "abcdefgh" }),
      { fetch: unreachable },
      { retry: false },
    );
    for (let index = 0; index < 2; index++) {
      await expect(elsewhere.clock.drive(elsewhere.angelcam.me.get())).rejects.toMatchObject({
        code: "connection_failed",
      });
    }
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.reuses).toBe(0);
  });

  it("not with the wait of a caller who had given up before: that ends at once", async () => {
    const { session, server } = setUp(resume);
    const reason = new Error("enough");
    await expect(session.authorization(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.reuses).toBe(0);
  });

  it("with revoke(), which ends it at Angelcam, empties the store, and signs in no more", async () => {
    const store = memoryTokenStore();
    const { angelcam, session, clock, server } = setUp(() => password, { store });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    expect(server.fetch.requests.at(-1)?.body).toContain("token=refresh-token-1");
    expect(await store.read()).toMatchObject({ accessToken: "", refreshToken: undefined });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

describe("a session that is revoked", () => {
  /** A session that has signed out, and clients of other processes over its store. */
  async function revoked() {
    const store = memoryTokenStore();
    const { angelcam, session, clock, server } = setUp(resume, { store });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    const clientWith = (grant: Grant) => {
      const auth = new OAuthSession({ clientId: "client", grant, store });
      return new Angelcam({ auth, fetch: server.fetch, clock, quota: false });
    };
    return { clock, server, clientWith };
  }

  it("says so to the server that gave it its tokens", async () => {
    const { angelcam, session, clock, server } = setUp(resume, { baseUrl: "https://auth.example.com" });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    expect(server.fetch.requests.at(-1)?.url).toBe("https://auth.example.com/oauth/token-revoke/");
  });

  it("passes empty tokens to onTokens, so that a program can forget those that it keeps", async () => {
    const seen: Tokens[] = [];
    const { angelcam, session, clock } = setUp(resume, { onTokens: (next) => void seen.push(next) });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ accessToken: "", refreshToken: undefined });
  });

  it("leaves a note in the store, so that its first refresh token is not sent again by another process", async () => {
    const { clock, server, clientWith } = await revoked();
    const client = clientWith(refreshTokenGrant({ refreshToken: "refresh-token-1" }));
    await expect(clock.drive(client.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(server.tokenRequests()).toHaveLength(1);
    expect(server.reuses).toBe(0);
  });

  it("with a refresh token of another sign-in in the store: that one's own is sent", async () => {
    const { clock, server, clientWith } = await revoked();
    const client = clientWith(resume(server));
    expect(await clock.drive(client.me.get())).toEqual(account);
  });
});
