import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  ConnectionError,
  memoryTokenStore,
  OAuthError,
  OAuthSession,
  passwordGrant,
  ServerError,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";
import { HOUR, password, resume, setUp } from "./session-fixture.ts";

/** The result of 100 calls at once: how many succeed, and the distinct errors of the others. */
async function hundredCalls({ angelcam, clock }: { angelcam: Angelcam; clock: ManualClock }) {
  const results = await clock.drive(Promise.allSettled(Array.from({ length: 100 }, () => angelcam.me.get())));
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  return { succeeded: 100 - reasons.length, reasons, errors: new Set(reasons.map((reason) => reason.constructor)) };
}

it("authorization() with a token at hand reads no store", async () => {
  const kept = memoryTokenStore();
  let reads = 0;
  const store = {
    write: kept.write,
    read: () => {
      reads++;
      return kept.read();
    },
  };
  const { angelcam, clock, session } = setUp(() => password, { store });
  await clock.drive(angelcam.me.get());
  const before = reads;
  expect(await session.authorization()).toMatch(/^Bearer /);
  expect(reads - before).toBe(0);
});

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
  it("a token is refreshed a minute before, in one request", async () => {
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

  it("a token with a short life is not refreshed at every call", async () => {
    const { angelcam, clock, server } = setUp(resume);
    server.lifetime = 30;
    for (let index = 0; index < 5; index++) await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

/** A session on a machine whose clock is behind the server's, and what the token endpoint says of the time. */
function setUpBehind(milliseconds: number, date = (now: number) => new Date(now).toUTCString()) {
  const clock = new ManualClock();
  const serverClock = { now: () => clock.now() + milliseconds, setTimeout: clock.setTimeout.bind(clock) };
  const server = new TokenServer(serverClock);
  const statuses: number[] = [];
  const fetch: typeof globalThis.fetch = async (...request) => {
    const response = await server.fetch(...request);
    statuses.push(response.status);
    response.headers.set("Date", date(serverClock.now()));
    return response;
  };
  const store = memoryTokenStore();
  const session = new OAuthSession({ clientId: "client", grant: resume(server), refreshAhead: 60_000, store });
  const angelcam = new Angelcam({ auth: session, fetch, clock, quota: false });
  return { clock, serverClock, server, statuses, store, angelcam };
}

describe("a machine whose clock is two hours behind the server's", () => {
  it("refreshes a token a minute before the server's clock ends it: no call is rejected", async () => {
    const { angelcam, clock, server, statuses } = setUpBehind(2 * HOUR);
    await clock.drive(angelcam.me.get());
    await clock.advance(10 * HOUR - 61_000);
    await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(1);
    await clock.advance(2_000);
    await clock.drive(angelcam.me.get());
    expect(server.tokenRequests()).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("stores the expiry in the server's time, for machines whose clock is right", async () => {
    const { angelcam, clock, serverClock, store } = setUpBehind(2 * HOUR);
    await clock.drive(angelcam.me.get());
    const now = serverClock.now();
    expect(await store.read()).toMatchObject({ issuedAt: now, expiresAt: now + 10 * HOUR });
  });
});

it.each([
  ["six seconds behind: the server's time counts", -6_000, undefined, 6_000],
  ["five seconds behind: its own time counts, as `Date` has whole seconds", -5_000, undefined, 0],
  ["six seconds ahead: the server's time counts", 6_000, undefined, -6_000],
  ["behind a server whose `Date` cannot be read: its own time counts", -2 * HOUR, () => "yesterday", 0],
] as const)("a machine %s", async (_, ahead, date, correction) => {
  const { angelcam, clock, store } = setUpBehind(-ahead, date);
  const now = clock.now();
  await clock.drive(angelcam.me.get());
  expect((await store.read())?.issuedAt).toBe(now + correction);
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

  it("does not keep the tokens of another process, which it adopts then, from being refreshed ahead", async () => {
    const store = memoryTokenStore();
    const { angelcam, clock, server } = setUp(resume, { store });
    await clock.drive(angelcam.me.get());
    await clock.advance(10 * HOUR - 50_000);
    server.faults = ["hang-up-before"];
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    const another = new OAuthSession({ clientId: "client", grant: password, store });
    await clock.drive(new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false }).me.get());
    await clock.advance(50_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    const before = server.tokenRequests().length;
    await clock.advance(10 * HOUR - 90_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(before + 1);
    expect(server.reuses).toBe(0);
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
