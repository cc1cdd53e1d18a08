import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { TokenStore } from "../../src/auth/token-store.ts";
import { TokenStoreError } from "../../src/errors/client-errors.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { cacheOver, never, next, old } from "./token-cache-fixture.ts";

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

  it("goes on without a lock for which there is no room, when the error is of another realm, as in Jest", async () => {
    const error = runInNewContext("Object.assign(new Error('full'), { code: 'ENOSPC' })");
    const lock = () => Promise.reject(error);
    const cache = cacheOver(storeOf(lock), undefined, { onSaveFailure: () => {} });
    expect(await cache.lock(async () => "refreshed")).toBe("refreshed");
  });

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

describe("a lock of a store", () => {
  const storeOf = (lock: unknown): TokenStore =>
    ({ read: async () => old, write: async () => {}, lock }) as unknown as TokenStore;
  type Work = () => Promise<unknown>;

  function setUpLock(lock: (work: Work) => unknown) {
    const clock = new ManualClock();
    const failures: unknown[] = [];
    const store = storeOf(lock);
    const cache = cacheOver(store, clock, { onSaveFailure: (failure) => void failures.push(failure) });
    return { cache, clock, failures };
  }

  const broken = new Error("broken work");

  it.each<[string, (work: Work) => Promise<void>]>([
    [
      "returns nothing and catches errors",
      async (work) => {
        await work().catch(() => {});
      },
    ],
    ["passes errors on", async (work) => void (await work())],
    [
      "does not wait for its work",
      async (work) => {
        work().catch(() => {});
      },
    ],
    [
      "calls its work twice",
      async (work) => {
        await work().catch(() => {});
        await work().catch(() => {});
      },
    ],
  ])("that %s: the result and the error are those of the work, which ran once", async (_, lock) => {
    const { cache, failures } = setUpLock(lock);
    let runs = 0;
    expect(await cache.lock(async () => ++runs)).toBe(1);
    await expect(cache.lock(() => Promise.reject(broken))).rejects.toBe(broken);
    expect(runs).toBe(1);
    expect(failures).toEqual([]);
  });

  it("that ends without its work: a TokenStoreError, and not the end of the session", async () => {
    const { cache } = setUpLock(async () => false);
    const error = await cache.lock(async () => 1).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({
      retryable: true,
      message: expect.stringMatching(/^lock\(\) of the token store ended/),
    });
  });

  it("that cannot be released: the work counts, and the error is reported", async () => {
    const { cache, failures } = setUpLock(async (work) => {
      await work();
      throw broken;
    });
    expect(await cache.lock(async () => 1)).toBe(1);
    expect(failures).toEqual([broken]);
  });

  it("that is never released: the work counts after 15 seconds", async () => {
    const { cache, clock, failures } = setUpLock(async (work) => {
      await work();
      await new Promise(() => {});
    });
    expect(await clock.drive(cache.lock(async () => 1))).toBe(1);
    expect(clock.monotonic()).toBe(15_000);
    expect(String(failures)).toContain("The release of the token store did not finish within 15000 ms");
    expect(failures).toMatchObject([{ code: "token_store_failed", retryable: true }]);
  });

  it("that never comes and ignores its signal: the wait ends with it, and work is not begun later", async () => {
    let grant = () => {};
    let late: Promise<unknown> | undefined;
    const { cache } = setUpLock(
      (work) =>
        new Promise(() => {
          grant = () => {
            late = work();
          };
        }),
    );
    const controller = new AbortController();
    let runs = 0;
    const locked = cache.lock(async () => ++runs, controller.signal);
    controller.abort(broken);
    await expect(locked).rejects.toBe(broken);
    grant();
    await expect(late).rejects.toBe(broken);
    expect(runs).toBe(0);
  });

  it("is given the signal of the refresh, and its work counts when it has begun, also where that aborts", async () => {
    const seen: unknown[] = [];
    const { cache } = setUpLock(((work: Work, options: unknown) => {
      seen.push(options);
      return work();
    }) as (work: Work) => unknown);
    const controller = new AbortController();
    const { signal } = controller;
    const locked = cache.lock(async () => {
      controller.abort(broken);
      return "saved";
    }, signal);
    expect(await locked).toBe("saved");
    expect(seen).toEqual([{ signal }]);
  });

  it("that never comes: tokens are saved again half a minute later", async () => {
    let hangs = false;
    const { cache, clock, failures } = setUpLock((work) => (hangs ? new Promise(() => {}) : work()));
    const full = { read: async () => undefined, write: () => Promise.reject(new Error("disk full")) };
    await clock.drive(cache.save(next, full));
    hangs = true;
    await clock.drive(cache.retrySave(never));
    expect(String(failures.at(-1))).toContain("lock() of the token store did not finish within 30000 ms");
    hangs = false;
    await clock.drive(cache.retrySave(never));
    expect(cache.isUnsaved).toBe(false);
  });
});
