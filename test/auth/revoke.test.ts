import { describe, expect, it } from "vitest";
import {
  type Grant,
  type LockedTokenStore,
  memoryTokenStore,
  type OAuthSession,
  type OAuthSessionOptions,
  type TokenStore,
  TokenStoreError,
  type Tokens,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import type { TokenServer } from "../support/token-server.ts";
import { HOUR, password, resume, setUp } from "./session-fixture.ts";
import { settled } from "./token-cache-fixture.ts";

const MESSAGE =
  "The session has ended. It was revoked by this program. Sign in again: make a new OAuthSession with a fresh grant.";

/** A session that has signed in, at a server that takes a second to revoke a token. */
async function signedIn(
  grant: (server: TokenServer) => Grant = () => password,
  options: Partial<OAuthSessionOptions> = {},
) {
  const store = options.store ?? memoryTokenStore();
  const faults: (() => void)[] = [];
  const fetch: typeof globalThis.fetch = async (...request) => {
    if (String(request[0]).endsWith("/oauth/token-revoke/")) {
      await new Promise((resolve) => fixture.clock.setTimeout(() => resolve(undefined), 1_000));
      faults.shift()?.();
    }
    return fixture.server.fetch(...request);
  };
  const fixture = setUp(grant, { ...options, store }, { fetch, retry: false });
  const { clock, server, angelcam } = fixture;
  expect(await clock.drive(angelcam.me.get())).toEqual(account);
  /** The refresh tokens that were revoked. */
  const revoked = () =>
    server.fetch.requests
      .filter(({ url }) => url.endsWith("/oauth/token-revoke/"))
      .map(({ body }) => new URLSearchParams(body).get("token"));
  const outcome = () => clock.drive(angelcam.me.get().catch((error) => error.message));
  return { ...fixture, store, faults, revoked, outcome };
}

/** A store in memory with a lock that is granted in order. */
function lockingStore(): TokenStore {
  const inner = memoryTokenStore();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...inner,
    lock<T>(work: (locked: LockedTokenStore) => Promise<T>) {
      const result = last.then(() => work(inner));
      last = result.catch(() => {});
      return result;
    },
  };
}

const stores: [string, () => TokenStore][] = [
  ["a store with a lock", lockingStore],
  ["a store without a lock", () => memoryTokenStore()],
];

describe.each(stores)("revoke() with %s", (_, makeStore) => {
  it("and a call that needs a new token meanwhile: the call fails with session_ended, and none succeeds later", async () => {
    const { angelcam, session, clock, server, store, revoked, outcome } = await signedIn(undefined, {
      store: makeStore(),
    });
    await clock.advance(11 * HOUR);
    const revocation = session.revoke();
    const call = angelcam.me.get().catch((error) => error.message);
    await clock.drive(revocation);
    expect([await call, await outcome()]).toEqual([MESSAGE, MESSAGE]);
    expect([revoked(), server.tokenRequests().length]).toEqual([["refresh-token-1"], 1]);
    expect(await store.read()).toMatchObject({ accessToken: "", refreshToken: undefined });
  });

  it("while a refresh is on the way: its new tokens are revoked, and none is left in the store", async () => {
    const { angelcam, session, clock, server, store, revoked, outcome } = await signedIn(resume, {
      store: makeStore(),
    });
    server.latency = 1_000;
    await clock.advance(11 * HOUR);
    const call = angelcam.me.get().catch((error) => error.message);
    await settled();
    const revocation = session.revoke();
    expect(server.tokenRequests()).toHaveLength(2);
    await clock.drive(Promise.all([call, revocation]));
    expect(await outcome()).toBe(MESSAGE);
    expect([revoked(), server.tokenRequests().length]).toEqual([["refresh-token-3"], 2]);
    expect(await store.read()).toMatchObject({ accessToken: "", refreshToken: undefined });
  });

  it("while a refresh() waits for another one: it does not begin", async () => {
    const { session, clock, server, outcome } = await signedIn(undefined, { store: makeStore() });
    const [revocation, refreshed] = [session.revoke(), session.refresh().catch((error) => error.message)];
    expect(await clock.drive(refreshed)).toBe(MESSAGE);
    await clock.drive(revocation);
    expect([await outcome(), server.tokenRequests().length]).toEqual([MESSAGE, 1]);
  });

  it("twice at once: one request, and onTokens is notified once", async () => {
    const seen: string[] = [];
    const onTokens = (next: Tokens) => void seen.push(next.accessToken);
    const { session, clock, revoked } = await signedIn(resume, { store: makeStore(), onTokens });
    await clock.drive(Promise.all([session.revoke(), session.revoke()]));
    expect([revoked(), seen]).toEqual([["refresh-token-2"], ["access-token-2", ""]]);
  });

  it("without a server that can be reached: it rejects, and the session goes on with a refresh", async () => {
    const { session, clock, server, faults, outcome } = await signedIn(resume, { store: makeStore() });
    await clock.advance(11 * HOUR);
    faults.push(() => {
      throw new TypeError("fetch failed");
    });
    const revocation = session.revoke().catch((error) => error.code);
    const waiting = session.authorization().catch((error) => error.message);
    expect(await clock.drive(revocation)).toBe("connection_failed");
    expect(await waiting).toBe(MESSAGE);
    expect([await outcome(), server.tokenRequests().length, server.reuses]).toEqual([account, 2, 0]);
  });

  it("in onTokens: it is done before the call that waits for the tokens fails with session_ended", async () => {
    let isUnwanted = false;
    let session: OAuthSession | undefined;
    const log: unknown[] = [];
    const onTokens = async (next: Tokens, previous: Tokens | undefined) => {
      log.push([previous?.accessToken, next.accessToken]);
      if (isUnwanted) await session?.revoke();
      log.push("revoked");
    };
    const fixture = await signedIn(resume, { store: makeStore(), onTokens });
    session = fixture.session;
    isUnwanted = true;
    log.length = 0;
    await fixture.clock.advance(11 * HOUR);
    const started = fixture.clock.monotonic();
    expect(await fixture.outcome()).toBe(MESSAGE);
    expect(fixture.clock.monotonic() - started).toBe(1_000);
    expect(fixture.revoked()).toEqual(["refresh-token-3"]);
    expect(log).toEqual([["access-token-2", "access-token-3"], ["access-token-3", ""], "revoked", "revoked"]);
    expect(await fixture.store.read()).toMatchObject({ accessToken: "", refreshToken: undefined });
    expect(await fixture.outcome()).toBe(MESSAGE);
    expect(fixture.clock.pending).toBe(0);
  });
});

it("revoke() while another process holds the lock, for which a refresh waits: the refresh ends at once, and sends nothing", async () => {
  const inner = memoryTokenStore();
  let open = () => {};
  let opened: Promise<void> | undefined;
  const lock: TokenStore["lock"] = async (work) => {
    await opened;
    return work(inner);
  };
  const { session, clock, server, revoked } = await signedIn(undefined, { store: { ...inner, lock } });
  await clock.advance(11 * HOUR);
  opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const waiting = session.authorization().catch((error) => error.message);
  const revocation = session.revoke();
  expect(await waiting).toBe(MESSAGE);
  open();
  await clock.drive(revocation);
  expect([revoked(), server.tokenRequests().length]).toEqual([["refresh-token-1"], 1]);
});

it("revoke() between the tries of a token request, whose server is unavailable: the refresh token was not used, and is revoked", async () => {
  const fixture = setUp(resume);
  const { angelcam, session, clock, server } = fixture;
  await clock.drive(angelcam.me.get());
  await clock.advance(11 * HOUR);
  server.faults = ["unavailable"];
  const call = angelcam.me.get().catch((error) => error.message);
  await settled();
  expect(server.tokenRequests()).toHaveLength(2);
  await clock.drive(session.revoke());
  expect(await call).toBe(MESSAGE);
  expect(server.fetch.requests.at(-1)?.body).toContain("token=refresh-token-2");
});

describe("revoke() whose empty tokens cannot be saved", () => {
  it("by the store: it rejects with a TokenStoreError, the session is over, and another revoke() empties the store", async () => {
    const inner = memoryTokenStore();
    const full = Object.assign(new Error("disk full"), { code: "ENOSPC" });
    let isFull = false;
    const write = (tokens: Tokens) => (isFull ? Promise.reject(full) : inner.write(tokens));
    const failures: unknown[] = [];
    const { session, clock, revoked, outcome } = await signedIn(resume, {
      store: { read: inner.read, write },
      onSaveFailure: (error) => failures.push(error),
    });
    isFull = true;
    const error = await clock.drive(session.revoke().catch((reason) => reason));
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({ code: "token_store_failed", retryable: true, cause: full });
    expect(error.message).toMatch(/^The session was revoked at Angelcam, but .* Call revoke\(\) once more/);
    expect(await outcome()).toBe(MESSAGE);
    isFull = false;
    await clock.drive(session.revoke());
    expect(await inner.read()).toMatchObject({ accessToken: "", refreshToken: undefined });
    expect([revoked(), failures]).toEqual([["refresh-token-2"], []]);
  });

  it("by onTokens: it rejects with a TokenStoreError, and another revoke() calls onTokens once more", async () => {
    let isAway = true;
    const emptied: Tokens[] = [];
    const onTokens = (next: Tokens) => {
      if (next.accessToken !== "") return;
      if (isAway) throw new Error("vault away");
      emptied.push(next);
    };
    const { session, clock, revoked } = await signedIn(resume, { onTokens });
    await expect(clock.drive(session.revoke())).rejects.toMatchObject({ cause: new Error("vault away") });
    isAway = false;
    await clock.drive(session.revoke());
    expect([revoked(), emptied.length]).toEqual([["refresh-token-2"], 1]);
  });
});
