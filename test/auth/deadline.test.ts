import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  type Auth,
  bearerToken,
  OAuthSession,
  type OAuthSessionOptions,
  Quota,
  refreshTokenGrant,
  TimeoutError,
  type TokenStore,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const HOUR = 3_600_000;

function setUp(options: Partial<OAuthSessionOptions> = {}, client: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const grant = refreshTokenGrant({ refreshToken: server.begin() });
  const session = new OAuthSession({ clientId: "client", grant, onSaveFailure: () => {}, ...options });
  const angelcam = new Angelcam({ auth: session, fetch: server.fetch, clock, quota: false, ...client });
  return { clock, server, session, angelcam };
}

const never = () => new Promise<never>(() => {});

/** A store whose lock comes free when a test says so. */
function lockedStore() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const plain = { read: async () => undefined, write: async () => {} };
  const store: TokenStore = {
    ...plain,
    lock: async (work) => {
      await opened;
      return work(plain);
    },
  };
  return { store, open };
}

describe("a call that waits for its token ends at its deadline", () => {
  it.each<[string, Partial<OAuthSessionOptions>, number]>([
    ["when another process holds the lock", { store: lockedStore().store }, 0],
    ["when the store never reads", { store: { read: never, write: async () => {} } }, 0],
    ["when the store never writes", { store: { read: async () => undefined, write: never } }, 1],
    ["when onTokens never ends", { onTokens: never }, 1],
  ])("%s", async (_, options, tokenRequests) => {
    const { angelcam, clock, server } = setUp(options);
    const error = await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch((reason) => reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.monotonic()).toBe(2_000);
    await clock.advance(HOUR);
    expect(server.fetch.requests).toHaveLength(tokenRequests);
    expect(clock.pending).toBe(0);
  });

  it("when the token endpoint takes six seconds: its tokens are saved for the next call", async () => {
    const { angelcam, clock, server } = setUp();
    server.latency = 6_000;
    const error = await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch((reason) => reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.monotonic()).toBe(2_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(clock.monotonic()).toBe(6_000);
    expect(server.tokenRequests()).toHaveLength(1);
    expect(server.fetch.requests).toHaveLength(2);
  });

  it("when bearerToken never gets one, and the slot of the quota is free again", async () => {
    const clock = new ManualClock();
    const quota = new Quota({ windows: [{ limit: 1, seconds: 60 }], clock });
    const server = new TokenServer(clock);
    const angelcam = new Angelcam({ auth: bearerToken(never), fetch: server.fetch, clock, quota });
    const error = await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch((reason) => reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.monotonic()).toBe(2_000);
    expect(server.fetch.requests).toHaveLength(0);
  });
});

describe("an auth of the program that ignores its signal: the call ends at its deadline", () => {
  it.each<[string, Omit<Auth, "schemes">, requests: number]>([
    ["while it is asked for a header", { authorization: never }, 0],
    ["while it is asked for a header behind the quota", { authorization: never, tryAuthorization: () => undefined }, 0],
    ["while it refreshes", { authorization: async () => "Bearer old", refresh: never }, 1],
  ])("%s", async (_, auth, requests) => {
    const clock = new ManualClock();
    const fetch = recordingFetch(() => json({ title: "Unauthorized", status: 401 }, 401));
    const angelcam = new Angelcam({ auth: { schemes: [], ...auth }, fetch, clock });
    const error = await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch((reason) => reason));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ operationId: "me.get", attempts: requests });
    expect([clock.monotonic(), fetch.requests.length]).toEqual([2_000, requests]);
  });
});

describe("a refresh without waiting callers", () => {
  it("sends nothing when the lock comes free at last", async () => {
    const { store, open } = lockedStore();
    const { angelcam, clock, server } = setUp({ store });
    await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch(() => {}));
    open();
    await clock.advance(HOUR);
    expect(server.fetch.requests).toHaveLength(0);
  });

  it("does not keep a later caller from its token", async () => {
    const { store, open } = lockedStore();
    const { angelcam, clock, server } = setUp({ store });
    await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch(() => {}));
    const later = angelcam.me.get();
    open();
    expect(await clock.drive(later)).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
  });

  it("is not followed by a second request with the same refresh token while its own is on the way", async () => {
    const { angelcam, clock, server } = setUp();
    server.latency = 6_000;
    await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch(() => {}));
    const calls = [angelcam.me.get(), angelcam.me.get()];
    expect(await clock.drive(Promise.all(calls))).toEqual([account, account]);
    expect(server.tokenRequests()).toHaveLength(1);
    expect(server.reuses).toBe(0);
  });

  it("does not send its request again after a 503 that came when the last caller had gone", async () => {
    const { angelcam, clock, server } = setUp();
    server.latency = 6_000;
    server.faults = ["unavailable"];
    await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch(() => {}));
    await clock.advance(HOUR);
    expect(server.tokenRequests()).toHaveLength(1);
    server.latency = 0;
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
  });

  it("goes on for the other callers", async () => {
    const { store, open } = lockedStore();
    const { angelcam, clock, server } = setUp({ store });
    const patient = angelcam.me.get();
    await clock.drive(angelcam.me.get({ deadline: 2_000 }).catch(() => {}));
    open();
    expect(await clock.drive(patient)).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

describe("a store that hangs once", () => {
  it("costs the calls of that time, and no call after it", async () => {
    let hangs = true;
    const store: TokenStore = { read: () => (hangs ? never() : Promise.resolve(undefined)), write: async () => {} };
    const { angelcam, clock } = setUp({ store });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "token_store_failed" });
    expect(clock.monotonic()).toBe(15_000);
    hangs = false;
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
  });
});

describe("session.authorization", () => {
  it("ends at the signal of its caller, and requests nothing when that has aborted before", async () => {
    const { session, server } = setUp({ store: lockedStore().store });
    const controller = new AbortController();
    const waiting = session.authorization(controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await expect(session.authorization(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
    expect(server.fetch.requests).toHaveLength(0);
  });
});

describe("200 calls with one AbortSignal", () => {
  it("cause no MaxListenersExceededWarning, and leave no listener", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on("warning", onWarning);
    const { angelcam, clock } = setUp();
    const { signal } = new AbortController();
    const calls = Array.from({ length: 200 }, () => angelcam.me.get({ signal }));
    await clock.drive(Promise.all(calls));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

it("a refresh whose lock never comes ends after three minutes, for a call that has more time too", async () => {
  const { angelcam, clock, server } = setUp({
    store: { read: async () => undefined, write: async () => {}, lock: never },
  });
  const error = await clock.drive(angelcam.me.get({ deadline: HOUR, retry: false }).catch((reason) => reason));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "timeout",
    retryable: true,
    message:
      "The tokens were not refreshed within 180000 ms: their lock, their store or the quota took too long. Nothing was sent. Try again.",
  });
  expect(clock.monotonic()).toBe(180_000);
  expect(server.fetch.requests).toEqual([]);
});

it("a token that waits twenty minutes for the quota is waited for where the deadline of the client allows it", async () => {
  const quota = { windows: [{ limit: 3, seconds: 1_800 }] };
  const { angelcam, clock, server } = setUp({}, { quota, deadline: HOUR });
  server.lifetime = 600;
  await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]));
  await clock.advance(600_000);
  expect(await clock.drive(angelcam.me.get())).toEqual(account);
  expect(clock.monotonic()).toBe(1_800_001);
});

it("a lock that never came, as of a store that lost its server, is not waited for by the next call", async () => {
  const plain = { read: async () => undefined, write: async () => {} };
  let locks = 0;
  const lock: TokenStore["lock"] = (work) => (++locks === 1 ? never() : work(plain));
  const { angelcam, clock, server } = setUp({ store: { ...plain, lock } });
  await expect(clock.drive(angelcam.me.get({ deadline: 2_000 }))).rejects.toBeInstanceOf(TimeoutError);
  expect(await clock.drive(angelcam.me.get())).toEqual(account);
  expect(server.fetch.requests.filter(({ url }) => url.includes("/oauth/"))).toHaveLength(1);
});
