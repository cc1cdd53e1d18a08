import { describe, expect, it } from "vitest";
import { TokenCache } from "../../src/auth/token-cache.ts";
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

/** A store that can be broken, and a vault over it that has loaded the old tokens. */
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
  const vault = new TokenCache(store, onTokens, (error) => world.failures.push(error));
  await vault.load();
  return Object.assign(world, { vault });
}

describe("tokens that could not be saved", () => {
  it("are used, and are saved again at the next call, then every half minute", async () => {
    const world = await setUp();
    world.broken = true;
    await world.vault.save(next);
    expect(world.vault.current).toBe(next);
    expect(world.failures).toEqual([new Error("disk full")]);
    const callAfter = async (milliseconds: number) => {
      await world.clock.advance(milliseconds);
      world.vault.retrySave(world.clock);
      await settled();
      return world.writes.length;
    };
    expect(await callAfter(0)).toBe(2);
    expect(await callAfter(0)).toBe(2);
    expect(await callAfter(29_999)).toBe(2);
    expect(await callAfter(1)).toBe(3);
    world.broken = false;
    expect(await callAfter(30_000)).toBe(4);
    expect(await callAfter(30_000)).toBe(4);
    expect(world.held).toBe(next);
  });

  it("count more than what the store still holds, or has lost", async () => {
    const world = await setUp();
    world.broken = true;
    await world.vault.save(next);
    expect(await world.vault.load()).toBe(next);
    world.held = undefined;
    expect(await world.vault.load()).toBe(next);
    world.broken = false;
    world.vault.retrySave(world.clock);
    await settled();
    expect(world.held).toBe(next);
  });

  it("give way to what a sibling has saved since, and are not written over it", async () => {
    const world = await setUp();
    world.broken = true;
    await world.vault.save(next);
    world.held = newest;
    world.broken = false;
    expect(await world.vault.load()).toBe(newest);
    world.vault.retrySave(world.clock);
    await settled();
    expect(world.held).toBe(newest);
    expect(world.writes).toEqual(["next"]);
  });

  it("are not written a second time while the first is under way", async () => {
    const { promise, resolve } = promiseToKeep();
    let writes = 0;
    const store: TokenStore = {
      read: async () => undefined,
      write: async () => {
        writes++;
        await promise;
      },
    };
    const vault = new TokenCache(store, undefined, () => {});
    const kept = vault.save(next);
    vault.retrySave(new ManualClock());
    resolve();
    await kept;
    expect(writes).toBe(1);
  });

  it("are not forgotten when an earlier save ends late", async () => {
    const late = promiseToKeep();
    const outcomes = [Promise.reject(new Error("disk full")), late.promise, Promise.reject(new Error("disk full"))];
    for (const outcome of outcomes) outcome.catch(() => {});
    const writes: string[] = [];
    const store: TokenStore = {
      read: async () => undefined,
      write: async (tokens) => {
        writes.push(tokens.accessToken);
        await outcomes.shift();
      },
    };
    const clock = new ManualClock();
    const vault = new TokenCache(store, undefined, () => {});
    await vault.save(next);
    vault.retrySave(clock);
    await vault.save(newest);
    late.resolve();
    await settled();
    vault.retrySave(clock);
    await settled();
    expect(writes).toEqual(["next", "next", "newest", "newest"]);
  });
});

describe("a renewal", () => {
  const storeOf = (lock?: TokenStore["lock"]): TokenStore => ({
    read: async () => old,
    write: async () => {},
    ...(lock && { lock }),
  });
  const vaultOver = (store: TokenStore) => new TokenCache(store, undefined, () => {});

  it("goes on under the lock of the store", async () => {
    const steps: string[] = [];
    const store = storeOf(async (work) => {
      steps.push("locked");
      const result = await work();
      steps.push("free");
      return result;
    });
    expect(await vaultOver(store).lock(async () => steps.push("renewed"))).toBe(2);
    expect(steps).toEqual(["locked", "renewed", "free"]);
  });

  it("goes on at once where the store has no lock", async () => {
    expect(await vaultOver(storeOf()).lock(async () => "renewed")).toBe("renewed");
  });
});

describe("tokens that the store has and onTokens refused", () => {
  it("are not written again: only onTokens is told once more", async () => {
    let told = 0;
    const world = await setUp(async () => {
      if (++told === 1) throw new Error("mail server away");
    });
    await world.vault.save(next);
    expect(world.failures).toEqual([new Error("mail server away")]);
    expect(await world.vault.load()).toBe(next);
    world.vault.retrySave(world.clock);
    await settled();
    expect([told, world.writes]).toEqual([2, ["next"]]);
    await world.clock.advance(30_000);
    world.vault.retrySave(world.clock);
    await settled();
    expect(told).toBe(2);
  });

  it("give way to what a sibling has saved since: their refresh token is spent", async () => {
    const world = await setUp(() => Promise.reject(new Error("mail server away")));
    await world.vault.save(next);
    world.held = newest;
    expect(await world.vault.load()).toBe(newest);
  });
});
