import { describe, expect, it } from "vitest";
import { TokenCache, type TokenCacheSettings } from "../../src/auth/token-cache.ts";
import type { TokenStore, Tokens } from "../../src/auth/token-store.ts";
import { ManualClock } from "../support/manual-clock.ts";

function tokensNamed(name: string): Tokens {
  return { accessToken: name, refreshToken: `${name}-refresh`, issuedAt: 0, expiresAt: 1, scope: undefined };
}

const [old, next, newest] = [tokensNamed("old"), tokensNamed("next"), tokensNamed("newest")];

const settled = () => new Promise((resolve) => setImmediate(resolve));

function promiseToKeep(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

const never = () => false;

const cacheOver = (store: TokenStore, clock = new ManualClock(), facts: Partial<TokenCacheSettings> = {}) =>
  new TokenCache({ store, onTokens: undefined, onSaveFailure: () => {}, clock: () => clock, ...facts });

/** A store that can be broken, and a cache over it that has loaded the old tokens. */
async function setUp(onTokens?: () => Promise<void>) {
  const world = {
    held: old as Tokens | undefined,
    writes: [] as string[],
    failures: [] as unknown[],
    broken: false,
    clock: new ManualClock(),
  };
  const store: TokenStore = {
    read: async () => world.held,
    write: async (tokens) => {
      world.writes.push(tokens.accessToken);
      if (world.broken) throw new Error("disk full");
      world.held = tokens;
    },
  };
  const onSaveFailure = (error: unknown) => void world.failures.push(error);
  const cache = cacheOver(store, world.clock, { onTokens, onSaveFailure });
  await cache.load(store, never);
  const save = (tokens: Tokens) => world.clock.drive(cache.save(tokens, store));
  const load = () => cache.load(store, never);
  const retrySave = () => cache.retrySave(never);
  return Object.assign(world, { cache, store, save, load, retrySave });
}

describe("saving that fails", () => {
  it("is retried for five seconds, ever more slowly, and reported once", async () => {
    const world = await setUp();
    const started = world.clock.monotonic();
    world.broken = true;
    await world.save(next);
    expect(world.writes).toHaveLength(8);
    expect(world.clock.monotonic() - started).toBe(4_500);
    expect(world.failures).toEqual([new Error("disk full")]);
    expect(world.cache.current).toBe(next);
    expect(world.clock.pending).toBe(0);
  });

  it("and comes to work again within that time is not reported", async () => {
    const world = await setUp();
    world.broken = true;
    world.clock.setTimeout(() => {
      world.broken = false;
    }, 2_000);
    await world.save(next);
    expect(world.held).toBe(next);
    expect(world.failures).toEqual([]);
    expect(world.cache.isUnsaved).toBe(false);
  });

  it.each(["ENOSPC", "EDQUOT", "EROFS"])("with %s is not retried at once", async (code) => {
    const clock = new ManualClock();
    const failures: unknown[] = [];
    const error = new Error("no room", { cause: Object.assign(new Error(code), { code }) });
    const store: TokenStore = { read: async () => undefined, write: () => Promise.reject(error) };
    const cache = cacheOver(store, clock, { onSaveFailure: (failure) => void failures.push(failure) });
    await cache.save(next, store);
    expect(failures).toEqual([error]);
    expect(cache.current).toBe(next);
  });

  it("because a store never replies ends after 15 seconds a try", async () => {
    const clock = new ManualClock();
    const failures: unknown[] = [];
    const store: TokenStore = { read: async () => undefined, write: () => new Promise(() => {}) };
    const cache = cacheOver(store, clock, { onSaveFailure: (error) => void failures.push(error) });
    await clock.drive(cache.save(next, store));
    expect(clock.monotonic()).toBe(15_000);
    expect(String(failures)).toContain("write() of the token store did not finish within 15000 ms");
  });
});

describe("tokens that could not be saved", () => {
  it("are used, and are saved again at the next call, then every half minute", async () => {
    const world = await setUp();
    world.broken = true;
    await world.save(next);
    expect(world.cache.current).toBe(next);
    const before = world.writes.length;
    const callAfter = async (milliseconds: number) => {
      await world.clock.advance(milliseconds);
      await world.retrySave();
      return world.writes.length - before;
    };
    expect(await callAfter(0)).toBe(1);
    expect(await callAfter(0)).toBe(1);
    expect(await callAfter(29_999)).toBe(1);
    expect(await callAfter(1)).toBe(2);
    world.broken = false;
    expect(await callAfter(30_000)).toBe(3);
    expect(await callAfter(30_000)).toBe(3);
    expect(world.held).toBe(next);
  });

  it("come before those that the store still has, or has lost", async () => {
    const world = await setUp();
    world.broken = true;
    await world.save(next);
    expect(await world.load()).toBe(next);
    world.held = undefined;
    expect(await world.load()).toBe(next);
    world.broken = false;
    await world.retrySave();
    expect(world.held).toBe(next);
  });

  it.each(["before a refresh", "before the next try to save them"])(
    "are given up for newer ones of another process that are seen %s",
    async (when) => {
      const world = await setUp();
      world.broken = true;
      await world.save(next);
      const writes = world.writes.length;
      world.held = newest;
      world.broken = false;
      if (when === "before a refresh") expect(await world.load()).toEqual(newest);
      await world.retrySave();
      expect(world.cache.current).toEqual(newest);
      expect(world.held).toBe(newest);
      expect(world.writes).toHaveLength(writes);
    },
  );

  it("are not written a second time while the first write is under way", async () => {
    const { promise, resolve } = promiseToKeep();
    let writes = 0;
    const store: TokenStore = {
      read: async () => undefined,
      write: async () => {
        writes++;
        await promise;
      },
    };
    const cache = cacheOver(store);
    const saved = cache.save(next, store);
    await cache.retrySave(never);
    resolve();
    await saved;
    expect(writes).toBe(1);
  });

  it("are not forgotten when an earlier save ends late", async () => {
    const world = await setUp();
    const late = promiseToKeep();
    world.broken = true;
    await world.save(next);
    world.store.write = async (tokens) => {
      world.writes.push(tokens.accessToken);
      await late.promise;
    };
    const retried = world.retrySave();
    await settled();
    world.store.write = () => Promise.reject(new Error("disk full"));
    await world.save(newest);
    late.resolve();
    await retried;
    expect(world.cache.current).toBe(newest);
    expect(world.cache.isUnsaved).toBe(true);
  });
});

describe("tokens of the store", () => {
  it("that this session has replaced already are not taken in: a replica may lag behind", async () => {
    const world = await setUp();
    await world.save(next);
    world.held = old;
    expect(await world.cache.load(world.store, ({ refreshToken }) => refreshToken === "old-refresh")).toBe(next);
  });

  it.each<[string, unknown, unknown]>([
    ["null", null, undefined],
    [
      "null for what is absent, and texts for numbers, as a database gives them",
      { ...old, refreshToken: null, scope: null, issuedAt: "5", expiresAt: new Date(7), id: 3 },
      { ...old, refreshToken: undefined, issuedAt: 5, expiresAt: 7 },
    ],
  ])("may be %s", async (_, value, tokens) => {
    const store = { read: async () => value as Tokens, write: async () => {} };
    expect(await cacheOver(store).load(store, never)).toEqual(tokens);
  });

  it.each<[string, unknown]>([
    ["a text", "secret-token"],
    ["a list", []],
    ["an empty object", {}],
    ["a number for a token", { ...old, accessToken: 7 }],
    ["a line break in a token", { ...old, refreshToken: "secret-token\r\n" }],
    ["no time of expiry", { ...old, expiresAt: undefined }],
    ["a time that is none", { ...old, expiresAt: "soon" }],
  ])("are an error of the store, which shows nothing of them, when they are or have %s", async (_, value) => {
    const store = { read: async () => value as Tokens, write: async () => {} };
    const error = await cacheOver(store)
      .load(store, never)
      .catch((reason) => reason);
    expect(error).toMatchObject({ code: "token_store_failed", retryable: false });
    expect(String(error)).toContain("The token store read something else than tokens");
    expect(String(error)).not.toContain("secret-token");
  });
});

describe("a refresh", () => {
  const storeOf = (lock?: TokenStore["lock"]): TokenStore => ({
    read: async () => old,
    write: async () => {},
    ...(lock && { lock }),
  });

  it("runs under the lock of the store, with the read and write that come with it", async () => {
    const steps: string[] = [];
    const locked = { read: async () => next, write: async () => {} };
    const store = storeOf(async (work) => {
      steps.push("locked");
      const result = await work(locked);
      steps.push("free");
      return result;
    });
    expect(await cacheOver(store).lock(async (given) => [given, steps.push("refreshed")])).toEqual([locked, 2]);
    expect(steps).toEqual(["locked", "refreshed", "free"]);
  });

  it("uses the store itself where its lock passes nothing, or where it has none", async () => {
    const passesNothing = storeOf(((work: () => unknown) => work()) as unknown as NonNullable<TokenStore["lock"]>);
    for (const store of [passesNothing, storeOf()]) {
      expect(await cacheOver(store).lock(async (given) => given)).toBe(store);
    }
  });

  it.each(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"])(
    "goes on without a lock that %s does not allow, and reports it",
    async (code) => {
      const error = new Error("no lock", { cause: Object.assign(new Error(code), { code }) });
      const failures: unknown[] = [];
      const cache = cacheOver(
        storeOf(() => Promise.reject(error)),
        undefined,
        { onSaveFailure: (failure) => void failures.push(failure) },
      );
      expect(await cache.lock(async () => "refreshed")).toBe("refreshed");
      expect(failures).toEqual([error]);
    },
  );

  it("fails with any other error of the lock, and with its own ones, without a second run", async () => {
    const other = new Error("lock timeout");
    await expect(cacheOver(storeOf(() => Promise.reject(other))).lock(async () => 1)).rejects.toBe(other);
    let runs = 0;
    const full = Object.assign(new Error("full"), { code: "ENOSPC" });
    const cache = cacheOver(storeOf(async (work) => work(storeOf())));
    await expect(
      cache.lock(async () => {
        runs++;
        throw full;
      }),
    ).rejects.toBe(full);
    expect(runs).toBe(1);
  });
});

describe("tokens that the store has and onTokens rejected", () => {
  it("are not written again: only onTokens is called once more", async () => {
    let calls = 0;
    const world = await setUp(async () => {
      if (++calls === 1) throw new Error("mail server away");
    });
    await world.save(next);
    expect(world.failures).toEqual([new Error("mail server away")]);
    expect(await world.load()).toBe(next);
    await world.retrySave();
    expect([calls, world.writes]).toEqual([2, ["next"]]);
    await world.clock.advance(30_000);
    await world.retrySave();
    expect(calls).toBe(2);
  });

  it("are given up for newer ones of another process", async () => {
    const world = await setUp(() => Promise.reject(new Error("mail server away")));
    await world.save(next);
    world.held = newest;
    expect(await world.load()).toEqual(newest);
  });

  it("are used after 30 seconds where onTokens never ends", async () => {
    const world = await setUp(() => new Promise(() => {}));
    await world.save(next);
    expect(world.clock.monotonic()).toBe(30_000);
    expect(world.cache.current).toBe(next);
    expect(String(world.failures)).toContain("onTokens did not finish within 30000 ms");
  });
});
