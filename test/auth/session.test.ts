import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  type ClientEvent,
  ConnectionError,
  type Grant,
  memoryTokenStore,
  OAuthError,
  OAuthSession,
  type OAuthSessionOptions,
  passwordGrant,
  refreshTokenGrant,
  ServerError,
  type Tokens,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const password = passwordGrant({ username: "user@example.com", password: "correct horse" });
const HOUR = 3_600_000;

type SessionOptions = Partial<OAuthSessionOptions>;

function setUp(
  grant: (server: TokenServer) => Grant = () => password,
  options: SessionOptions = {},
  client: AngelcamOptions = {},
) {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const events: ClientEvent[] = [];
  const session = new OAuthSession({ clientId: "client", grant: grant(server), onSaveFailure: () => {}, ...options });
  const angelcam = new Angelcam({
    auth: session,
    fetch: server.fetch,
    clock,
    quota: false,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...client,
  });
  return { clock, server, session, angelcam, events };
}

const resume = (server: TokenServer) => refreshTokenGrant({ refreshToken: server.begin() });

/** The result of 100 calls at once: how many succeed, and the distinct errors of the others. */
async function hundredCalls({ angelcam, clock }: { angelcam: Angelcam; clock: ManualClock }) {
  const results = await clock.drive(Promise.allSettled(Array.from({ length: 100 }, () => angelcam.me.get())));
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  return { succeeded: 100 - reasons.length, reasons, errors: new Set(reasons.map((reason) => reason.constructor)) };
}

describe("100 calls that meet an expired access token", () => {
  for (const [name, grant] of Object.entries({ "a password grant": () => password, "a refresh token": resume })) {
    it(`make one token request with ${name}, and all succeed`, async () => {
      const fixture = setUp(grant);
      await fixture.clock.drive(fixture.angelcam.me.get());
      fixture.server.expire();
      const before = fixture.server.tokenRequests().length;
      expect((await hundredCalls(fixture)).succeeded).toBe(100);
      expect(fixture.server.tokenRequests().length - before).toBe(1);
      expect(fixture.server.reuses).toBe(0);
    });
  }

  it("make one token request when the clock says that the token is over", async () => {
    const fixture = setUp(resume);
    await fixture.clock.drive(fixture.angelcam.me.get());
    await fixture.clock.advance(11 * HOUR);
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests()).toHaveLength(2);
    expect(
      fixture.server.fetch.requests.filter(({ authorization }) => authorization === "Bearer access-token-1"),
    ).toHaveLength(0);
  });

  it("make one token request when the response takes its time", async () => {
    const fixture = setUp(resume);
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.server.expire();
    fixture.server.latency = 50;
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests()).toHaveLength(2);
  });

  it("succeed after two responses of 503, with the same refresh token, which was not used", async () => {
    const fixture = setUp(resume);
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.server.expire();
    fixture.server.faults = ["unavailable", "unavailable"];
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests()).toHaveLength(4);
    expect(fixture.server.reuses).toBe(0);
  });

  it("all fail with ConnectionError when the server hangs up after it has rotated; then its token is sent once more", async () => {
    const fixture = setUp(resume);
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.server.expire();
    fixture.server.faults = ["hang-up-after"];
    const { succeeded, errors } = await hundredCalls(fixture);
    expect(succeeded).toBe(0);
    expect(errors).toEqual(new Set([ConnectionError]));
    expect(fixture.server.tokenRequests()).toHaveLength(2);
    const started = fixture.clock.monotonic();
    const later = await fixture.clock.drive(fixture.angelcam.me.get().catch((error) => error));
    expect(later).toMatchObject({ code: "session_ended", title: "invalid_grant", retryable: false });
    expect(fixture.clock.monotonic() - started).toBe(500);
    expect(fixture.server.tokenRequests()).toHaveLength(3);
    await expect(fixture.clock.drive(fixture.angelcam.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(fixture.server.tokenRequests()).toHaveLength(3);
    expect(fixture.server.reusesAfterDelivery).toBe(0);
  });

  it("go on with one new sign-in when the server hangs up after it has rotated and the password was kept", async () => {
    const fixture = setUp();
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.server.expire();
    fixture.server.faults = ["hang-up-after"];
    await hundredCalls(fixture);
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests("password")).toHaveLength(2);
    expect(fixture.server.tokenRequests("refresh_token")).toHaveLength(1);
    expect(fixture.server.reuses).toBe(0);
  });

  it("share one token request also where the quota lets only a few of them through at a time", async () => {
    const fixture = setUp(
      resume,
      {},
      { quota: { windows: [{ limit: 20, seconds: 60 }], maxWait: HOUR }, deadline: HOUR },
    );
    await fixture.clock.drive(fixture.angelcam.me.get());
    await fixture.clock.advance(11 * HOUR);
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests()).toHaveLength(2);
  });
});

describe("a late 401", () => {
  it("with a token that has been replaced since starts no second refresh", async () => {
    const { session, angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    const old = await session.authorization();
    server.expire();
    await clock.drive(angelcam.me.get());
    expect(await session.refresh({ rejected: old })).toBe("refreshed");
    expect(server.tokenRequests()).toHaveLength(2);
  });

  it("are not followed by refresh after refresh when the server rejects new tokens too", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    server.lifetime = 0;
    server.expire();
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "not_authenticated" });
    expect(server.tokenRequests()).toHaveLength(2);
  });
});

describe("ahead of its end", () => {
  it("a token is renewed a minute before, in one request", async () => {
    const fixture = setUp(resume);
    await fixture.clock.drive(fixture.angelcam.me.get());
    await fixture.clock.advance(10 * HOUR - 60_000);
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.server.tokenRequests()).toHaveLength(2);
  });

  it("a failed refresh costs no call, for the old token still works; and it is not tried at every call", async () => {
    const { angelcam, clock, server, events } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(10 * HOUR - 50_000);
    server.faults = Array.from({ length: 3 }, () => "unavailable");
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(4);
    expect(events.filter(({ type }) => type === "refresh").at(-1)).toMatchObject({
      outcome: "failed",
      error: "server_error",
    });
    await clock.advance(31_000);
    await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(5);
  });

  it("a token with a short life is not renewed at every call", async () => {
    const { angelcam, clock, server } = setUp(resume);
    server.lifetime = 30;
    for (let index = 0; index < 5; index++) await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

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
  it("says so to the server that gave it its tokens", async () => {
    const { angelcam, session, clock, server } = setUp(resume, { baseUrl: "https://auth.example.com" });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    expect(server.fetch.requests.at(-1)?.url).toBe("https://auth.example.com/oauth/token-revoke/");
  });

  it("leaves a note in the store, so that its first refresh token is not sent again by another process", async () => {
    const store = memoryTokenStore();
    const { angelcam, session, clock, server } = setUp(resume, { store });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    const grant = refreshTokenGrant({ refreshToken: "refresh-token-1" });
    const another = new OAuthSession({ clientId: "client", grant, store });
    const client = new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false });
    await expect(clock.drive(client.me.get())).rejects.toMatchObject({ code: "session_ended" });
    expect(server.tokenRequests()).toHaveLength(1);
    expect(server.reuses).toBe(0);
  });

  it("with a refresh token of another sign-in in the store: that one's own is sent", async () => {
    const store = memoryTokenStore();
    const { angelcam, session, clock, server } = setUp(resume, { store });
    await clock.drive(angelcam.me.get());
    await clock.drive(session.revoke());
    const another = new OAuthSession({ clientId: "client", grant: resume(server), store });
    const client = new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false });
    expect(await clock.drive(client.me.get())).toEqual(account);
  });
});

describe("a machine whose clock is two hours behind the server's", () => {
  it("renews a token a minute before the server's clock ends it: no call is rejected", async () => {
    const clock = new ManualClock();
    const serverClock = { now: () => clock.now() + 2 * HOUR, setTimeout: clock.setTimeout.bind(clock) };
    const server = new TokenServer(serverClock);
    const statuses: number[] = [];
    const fetch: typeof globalThis.fetch = async (...request) => {
      const response = await server.fetch(...request);
      statuses.push(response.status);
      response.headers.set("Date", new Date(serverClock.now()).toUTCString());
      return response;
    };
    const session = new OAuthSession({ clientId: "client", grant: resume(server), refreshAhead: 60_000 });
    const angelcam = new Angelcam({ auth: session, fetch, clock, quota: false });
    await clock.drive(angelcam.me.get());
    await clock.advance(10 * HOUR - 61_000);
    await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(1);
    await clock.advance(2_000);
    await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe("a refresh ahead of expiry whose outcome is unknown", () => {
  it("is not repeated while the access token works, and sends the same refresh token when that has ended", async () => {
    const { angelcam, clock, server } = setUp(resume);
    await clock.drive(angelcam.me.get());
    await clock.advance(10 * HOUR - 50_000);
    server.faults = ["error"];
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(2);
    await clock.advance(40_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(2);
    await clock.advance(20_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests().map(({ body }) => new URLSearchParams(body).get("refresh_token"))).toEqual([
      "refresh-token-1",
      "refresh-token-2",
      "refresh-token-2",
    ]);
    expect(server.reuses).toBe(0);
  });
});

describe("new tokens", () => {
  it("are in the store, and onTokens is through, before any call uses them", async () => {
    const log: string[] = [];
    const inner = memoryTokenStore();
    const store = {
      read: inner.read,
      write: async (tokens: Tokens) => {
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`write ${tokens.refreshToken}`);
        await inner.write(tokens);
      },
    };
    const onTokens = async (next: Tokens, previous: Tokens | undefined) => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`onTokens ${previous?.refreshToken} -> ${next.refreshToken}`);
    };
    const { angelcam, clock, server } = setUp(
      () => password,
      { store, onTokens },
      {
        onEvent: (event) => event.type === "request" && log.push(event.operationId),
      },
    );
    await clock.drive(angelcam.me.get());
    server.expire();
    await clock.drive(angelcam.me.get());
    expect(log).toEqual([
      "oauth.createToken",
      "write refresh-token-1",
      "onTokens undefined -> refresh-token-1",
      "me.get",
      "me.get",
      "oauth.createToken",
      "write refresh-token-2",
      "onTokens refresh-token-1 -> refresh-token-2",
      "me.get",
    ]);
  });

  it("are kept in memory and reported when saving fails, are saved later, and the old ones are never spent again", async () => {
    const inner = memoryTokenStore();
    let broken = false;
    const failures: unknown[] = [];
    const store = {
      read: inner.read,
      write: async (tokens: Tokens) => {
        if (broken) throw new Error("disk full");
        await inner.write(tokens);
      },
    };
    const { angelcam, clock, server } = setUp(resume, { store, onSaveFailure: (error) => failures.push(error) });
    await clock.drive(angelcam.me.get());
    broken = true;
    for (let index = 0; index < 3; index++) {
      server.expire();
      expect(await clock.drive(angelcam.me.get())).toEqual(account);
    }
    expect(failures.length).toBeGreaterThan(0);
    expect(server.reuses).toBe(0);
    broken = false;
    await clock.advance(31_000);
    await clock.drive(angelcam.me.get());
    await clock.drive(new Promise((resolve) => setImmediate(resolve)));
    expect((await inner.read())?.refreshToken).toBe("refresh-token-5");
  });

  it("of another process are adopted: before a refresh, and after an invalid_grant", async () => {
    const store = memoryTokenStore();
    const first = setUp(() => password, { store });
    await first.clock.drive(first.angelcam.me.get());
    const another = new OAuthSession({ clientId: "client", grant: password, store });
    const other = new Angelcam({ auth: another, fetch: first.server.fetch, clock: first.clock, quota: false });
    await first.clock.drive(other.me.get());
    expect(first.server.tokenRequests()).toHaveLength(1);
    first.server.expire();
    await first.clock.drive(other.me.get());
    await first.clock.drive(first.angelcam.me.get());
    expect(first.server.tokenRequests()).toHaveLength(2);
    expect(first.server.reuses).toBe(0);
  });

  it("of another process are given up when they are over too, and refreshed", async () => {
    const store = memoryTokenStore();
    const { angelcam, clock, server } = setUp(() => password, { store });
    await clock.drive(angelcam.me.get());
    const another = new OAuthSession({ clientId: "client", grant: password, store });
    const other = new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false });
    server.expire();
    await clock.drive(other.me.get());
    server.expire();
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests("refresh_token")).toHaveLength(2);
    expect(server.reuses).toBe(0);
  });

  it("of another process that was faster are adopted when the server says invalid_grant", async () => {
    const shared = memoryTokenStore();
    let late: Tokens | undefined;
    const behind = { read: async () => late ?? shared.read(), write: shared.write };
    const { angelcam, clock, server } = setUp(resume, { store: behind });
    server.forgiving = true;
    await clock.drive(angelcam.me.get());
    late = await shared.read();
    server.expire();
    const another = new OAuthSession({ clientId: "client", grant: password, store: shared });
    await clock.drive(new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false }).me.get());
    // The store shows its old content once more, as a replica that lags behind does.
    const requests = server.tokenRequests().length;
    const behindOnce = behind.read;
    behind.read = async () => {
      behind.read = shared.read;
      return behindOnce();
    };
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(requests + 1);
  });
});

describe("a caller who gives up", () => {
  it.each(["by the clock", "by the server"])(
    "ends its own wait for a token that is over %s, not the refresh that others wait for",
    async (how) => {
      const { angelcam, clock, server } = setUp(resume);
      await clock.drive(angelcam.me.get());
      if (how === "by the clock") await clock.advance(11 * HOUR);
      else server.expire();
      server.latency = 1000;
      const controller = new AbortController();
      const started = clock.now();
      const impatient = angelcam.me.get({ signal: controller.signal }).catch((error) => ({ error, at: clock.now() }));
      const patient = angelcam.me.get();
      clock.setTimeout(() => controller.abort(new Error("enough")), 500);
      expect(await clock.drive(patient)).toEqual(account);
      expect(await impatient).toMatchObject({ error: { message: "enough" }, at: started + 500 });
      expect(server.tokenRequests()).toHaveLength(2);
    },
  );
});

describe("a session that is shown", () => {
  it("shows no secret, whatever shows it", async () => {
    const { angelcam, session, clock } = setUp();
    await clock.drive(angelcam.me.get());
    const shown = [session, angelcam, password, memoryTokenStore(), await angelcam.me.get().withResponse()]
      .flatMap((value) => [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), String(value)])
      .join("\n");
    expect(shown).not.toMatch(/correct horse|access-token|refresh-token/);
  });

  it("of a failed sign-in shows no secret in its error", async () => {
    const { angelcam, clock } = setUp(() => passwordGrant({ username: "user@example.com", password: "wrong horse" }));
    const error = await clock.drive(angelcam.me.get().catch((reason) => reason));
    expect(error).toBeInstanceOf(OAuthError);
    expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + error.stack).not.toContain(
      "wrong horse",
    );
    expect(error).not.toBeInstanceOf(ServerError);
  });
});
