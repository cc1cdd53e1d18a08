import { describe, expect, it } from "vitest";
import type { LockedTokenStore, TokenStore, Tokens } from "../../src/auth/token-store.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { cacheOver, deferred, never, newest, next, old, settled } from "./token-cache-fixture.ts";

/** A store that can be broken, and a cache over it that has loaded the old tokens. */
async function setUp(onTokens?: () => Promise<void>) {
  const fixture = {
    held: old as Tokens | undefined,
    writes: [] as string[],
    failures: [] as unknown[],
    broken: false,
    clock: new ManualClock(),
  };
  const store: TokenStore = {
    read: async () => fixture.held,
    write: async (tokens) => {
      fixture.writes.push(tokens.accessToken);
      if (fixture.broken) throw new Error("disk full");
      fixture.held = tokens;
    },
  };
  const onSaveFailure = (error: unknown) => void fixture.failures.push(error);
  const cache = cacheOver(store, fixture.clock, { onTokens, onSaveFailure });
  await cache.load(store, never);
  const save = (tokens: Tokens) => fixture.clock.drive(cache.save(tokens, store));
  const load = () => cache.load(store, never);
  const retrySave = () => cache.retrySave(never);
  return Object.assign(fixture, { cache, store, save, load, retrySave });
}

describe("saving that fails", () => {
  it("is retried for five seconds, ever more slowly, and reported once", async () => {
    const fixture = await setUp();
    const started = fixture.clock.monotonic();
    fixture.broken = true;
    await fixture.save(next);
    expect(fixture.writes).toHaveLength(8);
    expect(fixture.clock.monotonic() - started).toBe(4_500);
    expect(fixture.failures).toEqual([new Error("disk full")]);
    expect(fixture.cache.current).toBe(next);
    expect(fixture.clock.pending).toBe(0);
  });

  it("and comes to work again within that time is not reported", async () => {
    const fixture = await setUp();
    fixture.broken = true;
    fixture.clock.setTimeout(() => {
      fixture.broken = false;
    }, 2_000);
    await fixture.save(next);
    expect(fixture.held).toBe(next);
    expect(fixture.failures).toEqual([]);
    expect(fixture.cache.isUnsaved).toBe(false);
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

  it("and whose later try never ends either is reported once more, after another 15 seconds", async () => {
    const fixture = await setUp();
    fixture.broken = true;
    await fixture.save(next);
    fixture.store.write = () => new Promise(() => {});
    const started = fixture.clock.monotonic();
    await fixture.clock.drive(fixture.retrySave());
    expect(fixture.clock.monotonic() - started).toBe(15_000);
    expect(String(fixture.failures[1])).toContain("write() of the token store did not finish within 15000 ms");
  });
});

describe("a store that never replies", () => {
  it.each(["read", "verify"] as const)("to %s: an error names the method after 15 seconds", async (method) => {
    const clock = new ManualClock();
    const hanging: LockedTokenStore = {
      read: () => new Promise(() => {}),
      write: async () => {},
      verify: () => new Promise(() => {}),
    };
    const cache = cacheOver(hanging, clock);
    const work: Promise<unknown> = method === "read" ? cache.load(hanging, never) : cache.verify(hanging);
    await expect(clock.drive(work)).rejects.toThrow(`${method}() of the token store did not finish within 15000 ms`);
    expect(clock.monotonic()).toBe(15_000);
  });
});

describe("tokens that could not be saved", () => {
  it("are used, and are saved again at the next call, then every half minute", async () => {
    const fixture = await setUp();
    fixture.broken = true;
    await fixture.save(next);
    expect(fixture.cache.current).toBe(next);
    const before = fixture.writes.length;
    const callAfter = async (milliseconds: number) => {
      await fixture.clock.advance(milliseconds);
      await fixture.retrySave();
      return fixture.writes.length - before;
    };
    expect(await callAfter(0)).toBe(1);
    expect(await callAfter(0)).toBe(1);
    expect(await callAfter(29_999)).toBe(1);
    expect(await callAfter(1)).toBe(2);
    fixture.broken = false;
    expect(await callAfter(30_000)).toBe(3);
    expect(await callAfter(30_000)).toBe(3);
    expect(fixture.held).toBe(next);
  });

  it("come before those that the store still has, or has lost", async () => {
    const fixture = await setUp();
    fixture.broken = true;
    await fixture.save(next);
    expect(await fixture.load()).toBe(next);
    fixture.held = undefined;
    expect(await fixture.load()).toBe(next);
    fixture.broken = false;
    await fixture.retrySave();
    expect(fixture.held).toBe(next);
  });

  it.each(["before a refresh", "before the next try to save them"])(
    "are given up for newer ones of another process that are seen %s",
    async (when) => {
      const fixture = await setUp();
      fixture.broken = true;
      await fixture.save(next);
      const writes = fixture.writes.length;
      fixture.held = newest;
      fixture.broken = false;
      if (when === "before a refresh") expect(await fixture.load()).toEqual(newest);
      await fixture.retrySave();
      expect(fixture.cache.current).toEqual(newest);
      expect(fixture.held).toBe(newest);
      expect(fixture.writes).toHaveLength(writes);
    },
  );

  it("are not written a second time while the first write is under way", async () => {
    const { promise, resolve } = deferred();
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
    const fixture = await setUp();
    const late = deferred();
    fixture.broken = true;
    await fixture.save(next);
    fixture.store.write = async (tokens) => {
      fixture.writes.push(tokens.accessToken);
      await late.promise;
    };
    const retried = fixture.retrySave();
    await settled();
    fixture.store.write = () => Promise.reject(new Error("disk full"));
    await fixture.save(newest);
    late.resolve();
    await retried;
    expect(fixture.cache.current).toBe(newest);
    expect(fixture.cache.isUnsaved).toBe(true);
  });
});

describe("tokens of the store", () => {
  it("that this session has replaced already are not taken in: a replica may lag behind", async () => {
    const fixture = await setUp();
    await fixture.save(next);
    fixture.held = old;
    expect(await fixture.cache.load(fixture.store, ({ refreshToken }) => refreshToken === "old-refresh")).toBe(next);
  });

  it.each<[string, unknown, unknown]>([
    ["null", null, undefined],
    [
      "null for what is absent, and texts for numbers, as a database returns them",
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

describe("tokens that the store has and onTokens rejected", () => {
  it("are not written again: only onTokens is called once more", async () => {
    let calls = 0;
    const fixture = await setUp(async () => {
      if (++calls === 1) throw new Error("mail server away");
    });
    await fixture.save(next);
    expect(fixture.failures).toEqual([new Error("mail server away")]);
    expect(await fixture.load()).toBe(next);
    await fixture.retrySave();
    expect([calls, fixture.writes]).toEqual([2, ["next"]]);
    await fixture.clock.advance(30_000);
    await fixture.retrySave();
    expect(calls).toBe(2);
  });

  it("after a later try are not written again either", async () => {
    let calls = 0;
    const fixture = await setUp(async () => {
      if (++calls === 1) throw new Error("mail server away");
    });
    fixture.broken = true;
    await fixture.save(next);
    fixture.broken = false;
    const before = fixture.writes.length;
    for (let turn = 0; turn < 3; turn++) {
      await fixture.retrySave();
      await fixture.clock.advance(30_000);
    }
    expect([calls, fixture.writes.length - before]).toEqual([2, 1]);
  });

  it("are given up for newer ones of another process", async () => {
    const fixture = await setUp(() => Promise.reject(new Error("mail server away")));
    await fixture.save(next);
    fixture.held = newest;
    expect(await fixture.load()).toEqual(newest);
  });

  it("are used after 30 seconds where onTokens never ends", async () => {
    const fixture = await setUp(() => new Promise(() => {}));
    await fixture.save(next);
    expect(fixture.clock.monotonic()).toBe(30_000);
    expect(fixture.cache.current).toBe(next);
    expect(String(fixture.failures)).toContain("onTokens did not finish within 30000 ms");
  });
});
