import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { Angelcam, QuotaError, type QuotaSlot } from "../../src/index.ts";
import { redisQuota } from "../../src/redis/index.ts";
import { gate } from "../node/support.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { startRedis } from "./redis-server.ts";
import { clients, describeWithRedis, ioredis, newKey, startProcess, until } from "./support.ts";

const DAY = 86_400;

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (reason) => reason,
  );

describeWithRedis("redisQuota", (redis) => {
  it.each(clients)(
    "grants as many slots as the window has, to all processes together, with %s",
    async (_name, connect) => {
      const key = newKey();
      const options = { key, windows: [{ limit: 5, seconds: DAY }], maxWait: 0 };
      const quotas = [redisQuota(await connect(redis.url), options), redisQuota(await connect(redis.url), options)];
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => quotas[index % 2]?.acquire({}) ?? Promise.reject()),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
      const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      for (const reason of reasons) expect(reason).toBeInstanceOf(QuotaError);
    },
  );

  it("says when the next place comes free, and that it was not sent", async () => {
    // The clock of the process is frozen: only what Redis measures goes into the wait.
    const clock = new ManualClock();
    const windows = [{ limit: 1, seconds: 3600 }];
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows, maxWait: 5_000, clock });
    (await quota.acquire({})).release();
    const error = await failureOf(quota.acquire({ maxWait: 100 }));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error).toMatchObject({ code: "quota_exceeded", retryable: true });
    expect(error.message).toContain("this attempt may wait 100 ms. It was not sent.");
    const wait = error.retryAt.getTime() - clock.now();
    expect(wait).toBeLessThanOrEqual(3_600_002);
    expect(wait).toBeGreaterThan(3_540_000);
    expect(clock.pending).toBe(0);
  });

  it("says of a request that may not wait at all how long it may wait, and asks for no sleep of the machine", async () => {
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows: [{ limit: 1, seconds: DAY }], maxWait: 0 });
    (await quota.acquire({})).release();
    const error = await failureOf(quota.acquire({}));
    expect(error.message).toContain("this attempt may wait 0 ms. It was not sent.");
  });

  it("rejects at once a caller that would wait too long behind the queue of another process", async () => {
    const options = { key: newKey(), windows: [{ limit: 2, seconds: 60 }], maxWait: 90_000 };
    const [one, two] = [redisQuota(ioredis(redis.url), options), redisQuota(ioredis(redis.url), options)];
    await Promise.all([one.acquire({}), one.acquire({})]);
    const end = new AbortController();
    const waiting = [one, one].map((quota) => waitOf(quota, end.signal));
    await Promise.all(waiting.map(({ inLine }) => inLine));
    const error = await failureOf(two.acquire({}));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.retryAt.getTime() - Date.now()).toBeGreaterThan(100_000);
    end.abort(new Error("enough"));
    await Promise.allSettled(waiting.map(({ place }) => place));
  });

  it("hands a place that was given back to the next, and one that is over only after the window", async () => {
    const key = newKey();
    const quota = redisQuota(ioredis(redis.url), { key, windows: [{ limit: 1, seconds: DAY }], maxWait: 0 });
    (await quota.acquire({})).cancel();
    const place = await quota.acquire({});
    place.release();
    place.cancel();
    expect(await failureOf(quota.acquire({}))).toBeInstanceOf(QuotaError);
  });

  it("serves first come first served over all processes, and requests of a higher priority before all others", async () => {
    const options = { key: newKey(), windows: [{ limit: 1, seconds: 0.02 }] };
    const [one, two] = [redisQuota(ioredis(redis.url), options), redisQuota(ioredis(redis.url), options)];
    const first = await one.acquire({});
    const served: string[] = [];
    const waiting: Promise<unknown>[] = [];
    const enter = async (quota: typeof one, name: string, request = {}) => {
      const { inLine, place } = waitOf(quota, undefined, request);
      waiting.push(
        place.then((given) => {
          served.push(name);
          given.release();
        }),
      );
      await inLine;
    };
    await enter(one, "a");
    await enter(two, "b");
    await enter(one, "c");
    await enter(two, "d");
    await enter(two, "token", { priority: 2 });
    await enter(one, "another token", { priority: 2 });
    first.release();
    await Promise.all(waiting);
    expect(served).toEqual(["token", "another token", "a", "b", "c", "d"]);
  });

  it("gives a request one slot although its client sends the command again for want of a reply", async () => {
    const client = ioredis(redis.url);
    const resending = {
      async call(command: string, ...args: string[]) {
        await client.call(command, ...args);
        return client.call(command, ...args);
      },
    };
    const quota = redisQuota(resending, { key: newKey(), windows: [{ limit: 2, seconds: DAY }], maxWait: 0 });
    await Promise.all([quota.acquire({}), quota.acquire({})]);
    expect(quota.snapshot()).toMatchObject([{ used: 2, remaining: 0 }]);
    expect(await failureOf(quota.acquire({}))).toBeInstanceOf(QuotaError);
  });

  it("holds all windows at once", async () => {
    const windows = [
      { limit: 3, seconds: 0.05 },
      { limit: 4, seconds: DAY },
    ];
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows, maxWait: 1_000 });
    for (let request = 0; request < 4; request++) (await quota.acquire({})).release();
    const error = await failureOf(quota.acquire({}));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.retryAt.getTime() - Date.now()).toBeGreaterThan(DAY * 1000 - 60_000);
  });

  it("holds all processes back until the moment that a server named", async () => {
    const key = newKey();
    const [one, two] = [redisQuota(ioredis(redis.url), { key }), redisQuota(ioredis(redis.url), { key, maxWait: 0 })];
    const silence = Date.now() + 30_000;
    one.pause(silence);
    await one.refresh();
    const error = await failureOf(two.acquire({}));
    expect(error).toBeInstanceOf(QuotaError);
    expect(Math.abs(error.retryAt.getTime() - silence)).toBeLessThan(5_000);
  });

  it("reports a wait in the async context of the request that waits, such as the one of its trace", async () => {
    const trace = new AsyncLocalStorage<string>();
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows: [{ limit: 1, seconds: DAY }] });
    (await quota.acquire({})).release();
    const controller = new AbortController();
    const reported: [string, string | undefined][] = [];
    const waiting = ["first", "second", "third"].map((name) =>
      trace.run(name, () =>
        quota.acquire({ signal: controller.signal, onWait: () => reported.push([name, trace.getStore()]) }),
      ),
    );
    const settled = Promise.allSettled(waiting);
    await until(() => reported.length === 3);
    controller.abort();
    await settled;
    expect(reported.map(([name, store]) => name === store)).toEqual([true, true, true]);
  });

  it("lets a caller leave the line, and serves those behind", async () => {
    const options = { key: newKey(), windows: [{ limit: 1, seconds: DAY }], maxWait: Number.POSITIVE_INFINITY };
    const quota = redisQuota(ioredis(redis.url), options);
    expect(await failureOf(quota.acquire({ signal: AbortSignal.abort("too late") }))).toBe("too late");
    const place = await quota.acquire({});
    const caller = new AbortController();
    const { inLine, place: never } = waitOf(quota, caller.signal);
    await inLine;
    const next = quota.acquire({});
    caller.abort("gone");
    expect(await failureOf(never)).toBe("gone");
    place.cancel();
    (await next).cancel();
  });

  it("releases a slot that was granted to a caller that had just aborted", async () => {
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows: [{ limit: 1, seconds: DAY }], maxWait: 0 });
    const caller = new AbortController();
    const going = quota.acquire({ signal: caller.signal });
    caller.abort("gone");
    expect(await failureOf(going)).toBe("gone");
    await until(async () => (await quota.refresh())[0]?.used === 0);
    expect(await quota.acquire({})).toBeDefined();
  });

  it("shows the windows as Redis reported them last", async () => {
    const options = { key: newKey(), windows: [{ limit: 3, seconds: 60 }] };
    const [one, two] = [redisQuota(ioredis(redis.url), options), redisQuota(ioredis(redis.url), options)];
    const unused = { limit: 3, seconds: 60, used: 0, remaining: 3, resetsAt: undefined };
    expect(one.snapshot()).toEqual([unused]);
    await one.acquire({});
    const used = { limit: 3, seconds: 60, used: 1, remaining: 2, resetsAt: expect.any(Date) };
    expect(one.snapshot()).toEqual([used]);
    expect(two.snapshot()).toEqual([unused]);
    expect(await two.refresh()).toEqual([used]);
    expect(two.snapshot()).toEqual([used]);
  });

  it("leaves nothing in Redis that does not go by itself", async () => {
    const client = ioredis(redis.url);
    const key = newKey();
    const quota = redisQuota(client, { key, windows: [{ limit: 1, seconds: 60 }], maxWait: 90_000 });
    const end = new AbortController();
    await quota.acquire({});
    const { inLine, place } = waitOf(quota, end.signal);
    await inLine;
    quota.pause(Date.now() + 20_000);
    await quota.refresh();
    const keys = await client.keys(`*${key}*`);
    expect(keys).toHaveLength(6);
    for (const name of keys) expect(await client.pttl(name)).toBeGreaterThan(0);
    end.abort("done");
    await failureOf(place);
  });

  it("does without the place and the turn of a process that was killed", async () => {
    const options = { key: newKey(), windows: [{ limit: 1, seconds: 0.2 }], longestRequest: 1_000, maxWait: 30_000 };
    const holder = startProcess("hold-slot", { url: redis.url, ...options });
    expect(await holder.next()).toBe("holding");
    const quota = redisQuota(ioredis(redis.url), options);
    const { inLine, place } = waitOf(quota);
    await inLine;
    await holder.kill();
    expect(await place).toBeDefined();
  });

  it("works in a client, with the operation named in its errors", async () => {
    const fetch = recordingFetch(() => json(account));
    const quota = redisQuota(ioredis(redis.url), { key: newKey(), windows: [{ limit: 2, seconds: DAY }], maxWait: 0 });
    const angelcam = new Angelcam({
      auth: { schemes: [], authorization: async () => "Bearer x" } as never,
      fetch,
      quota,
    });
    await angelcam.me.get();
    await angelcam.me.get();
    expect(await failureOf(angelcam.me.get())).toMatchObject({ code: "quota_exceeded", operationId: "me.get" });
    expect(fetch.requests).toHaveLength(2);
  });

  it("rejects invalid options", () => {
    const client = { call: async () => null };
    expect(() => redisQuota(client, { key: "" })).toThrow("redisQuota needs a key");
    expect(() => redisQuota(client, undefined as never)).toThrow("redisQuota: the options must be a plain object");
    expect(() => redisQuota(client, { key: "k", windows: [{ limit: 0, seconds: 1 }] })).toThrow(RangeError);
    expect(() => redisQuota(client, { key: "k", maxWait: -1 })).toThrow(RangeError);
    expect(() => redisQuota(client, { key: "k", longestRequest: 0 })).toThrow(RangeError);
  });

  it("shows nothing of the client when it is logged", () => {
    expect(inspect(redisQuota({ call: async () => null }, { key: "k" }), { depth: 9 })).toBe(
      "SharedQuota { maxWait: Infinity }",
    );
  });
});

describeWithRedis("redisQuota without its Redis", () => {
  it.each(clients)("sends nothing, says so, and goes on when Redis is back, with %s", async (_name, connect) => {
    const server = await startRedis();
    const clock = new ManualClock();
    const options = { key: newKey(), windows: [{ limit: 2, seconds: DAY }], clock };
    const quota = redisQuota(await connect(server.url), options);
    await quota.refresh();
    await server.stop();
    const error = await clock.drive(failureOf(quota.acquire({})));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error).toMatchObject({ code: "quota_exceeded", retryable: true });
    expect(error.message).toContain("could not be read from Redis");
    expect(await clock.drive(failureOf(quota.refresh()))).toBeInstanceOf(QuotaError);
    const again = await startRedis(server.port);
    onTestFinished(again.stop);
    // Also the commands that the client has kept back meanwhile leave no place taken.
    await Promise.all([quota.acquire({}), quota.acquire({})]);
    expect(quota.snapshot()).toMatchObject([{ used: 2, remaining: 0 }]);
  });
});

describe("redisQuota while a replica takes over", () => {
  const READONLY = "READONLY You can't write against a read only replica.";
  const granted = [[["1", "0", "0"]], [["1", "-1"]]];
  const options = { key: "k", windows: [{ limit: 2, seconds: 60 }] };

  it("keeps its requests waiting, and grants their slots afterwards", async () => {
    const clock = new ManualClock();
    let failures = 20;
    const call = async () => {
      if (failures-- > 0) throw new Error(READONLY);
      return granted;
    };
    await clock.drive(redisQuota({ call }, { ...options, clock }).acquire({}));
    expect(clock.monotonic()).toBe(2_000);
  });

  it("gives up after five seconds", async () => {
    const clock = new ManualClock();
    const call = () => Promise.reject(new Error(READONLY));
    const error = await clock.drive(failureOf(redisQuota({ call }, { ...options, clock }).acquire({})));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.message).toContain(READONLY);
    expect(clock.monotonic()).toBe(5_000);
  });

  it("lets a request go at once that aborts meanwhile", async () => {
    const clock = new ManualClock();
    const call = () => Promise.reject(new Error(READONLY));
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("gone"), 250);
    const quota = redisQuota({ call }, { ...options, clock });
    expect(await clock.drive(failureOf(quota.acquire({ signal: controller.signal })))).toBe("gone");
    expect(clock.monotonic()).toBe(250);
  });

  it("sends nothing again after a lost connection: the slot may have been granted", async () => {
    const clock = new ManualClock();
    const call = () => Promise.reject(new Error("Connection is closed."));
    const error = await clock.drive(failureOf(redisQuota({ call }, { ...options, clock }).acquire({})));
    expect(error.message).toContain("Connection is closed.");
    expect(clock.monotonic()).toBe(0);
  });
});

describe("redisQuota during a request to Redis", () => {
  it("sends no further command for a pause that ends no later than the reported one", async () => {
    const clock = new ManualClock();
    let questions = 0;
    const call = async () => {
      questions++;
      throw new Error("away");
    };
    const quota = redisQuota({ call }, { key: "angelcam:quota", clock });
    const commandsOf = async (until: number) => {
      quota.pause(clock.now() + until);
      await new Promise((resolve) => setImmediate(resolve));
      return questions;
    };
    expect([
      await commandsOf(30_000),
      await commandsOf(10_000),
      await commandsOf(30_000),
      await commandsOf(40_000),
    ]).toEqual([1, 1, 1, 2]);
  });

  it("ends the wait of a caller who goes with the caller's own reason, also when Redis fails then", async () => {
    const clock = new ManualClock();
    const requested = gate();
    const call = () => requested.opened.then(() => Promise.reject(new Error("connection lost")));
    const quota = redisQuota({ call }, { key: "angelcam:quota", clock });
    const caller = new AbortController();
    const [going, staying] = [quota.acquire({ signal: caller.signal }), quota.acquire({})].map(failureOf);
    const refreshed = failureOf(quota.refresh());
    caller.abort("gone");
    requested.open();
    expect(await going).toBe("gone");
    expect(await staying).toMatchObject({
      code: "quota_exceeded",
      message: expect.stringContaining("connection lost"),
    });
    expect(await refreshed).toBeInstanceOf(QuotaError);
    expect(clock.pending).toBe(0);
  });
});

/** A request that has to wait: when it is queued, and its slot. */
function waitOf(quota: ReturnType<typeof redisQuota>, signal?: AbortSignal, request = {}) {
  let place: Promise<QuotaSlot> = Promise.reject();
  place.catch(() => {});
  const inLine = new Promise<void>((enter) => {
    place = quota.acquire({ ...request, ...(signal && { signal }), onWait: () => enter() });
    place.catch(() => {});
  });
  return { inLine, place };
}
