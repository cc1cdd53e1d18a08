import { expect, it } from "vitest";
import { QuotaError } from "../../src/index.ts";
import { redisQuota } from "../../src/redis/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { describeWithRedis, ioredis, newKey } from "./support.ts";

// The clock of a Redis server cannot be set from a test. What a server with another clock has written can: the times that
// it stored are moved.

const HOUR = 3_600_000;
const WINDOW = { limit: 2, seconds: 60 };

describeWithRedis("redisQuota after a change of the clock of Redis", (redis) => {
  async function used() {
    const client = ioredis(redis.url);
    const key = newKey();
    const options = { key, windows: [WINDOW], maxWait: 0, clock: new ManualClock() };
    const quota = redisQuota(client, options);
    for (let index = 0; index < 2; index++) (await quota.acquire()).release();
    await quota.refresh();
    const beside = (name: string) => `{${key}}:${name}`;
    return { client, key, quota, options, beside };
  }

  const waitOf = async (quota: ReturnType<typeof redisQuota>, clock: ManualClock) => {
    const error = await quota.acquire().catch((reason) => reason);
    expect(error).toBeInstanceOf(QuotaError);
    return error.retryAt.getTime() - clock.now();
  };

  /** Makes everything stored look as if a server whose clock was ahead had written it. */
  async function moveIntoFuture({ client, key, beside }: Awaited<ReturnType<typeof used>>, milliseconds: number) {
    for (const name of [key, beside("seen")]) {
      const members = await client.zrange(name, "0", "-1");
      for (const member of members) await client.zincrby(name, milliseconds, member);
    }
    await client.incrby(beside("latest"), milliseconds);
    const pause = await client.get(beside("paused"));
    if (pause) {
      const [end, length] = pause.split(" ").map(Number);
      await client.set(beside("paused"), `${(end ?? 0) + milliseconds} ${length}`);
    }
  }

  it.each([1, 24, 10_000])("set back by %i hours, no request waits longer than before", async (hours) => {
    const state = await used();
    const before = await waitOf(state.quota, state.options.clock);
    await moveIntoFuture(state, hours * HOUR);
    const after = await waitOf(state.quota, state.options.clock);
    expect(after).toBeLessThanOrEqual(before);
    expect(after).toBeGreaterThan(before - 20_000);
    // After a rewrite, the times stay right.
    expect(await waitOf(state.quota, state.options.clock)).toBeLessThanOrEqual(after);
  });

  it("set back by 24 hours during a pause, the pause is not longer than before", async () => {
    const state = await used();
    state.quota.pause(state.options.clock.now() + 90_000);
    const before = await waitOf(state.quota, state.options.clock);
    expect(before).toBeGreaterThan(70_000);
    await moveIntoFuture(state, 24 * HOUR);
    const after = await waitOf(state.quota, state.options.clock);
    expect(after).toBeLessThanOrEqual(before);
    expect(after).toBeGreaterThan(before - 20_000);
  });

  it("times in the far future, and no note of the clock, delay no request longer than one window", async () => {
    const { client, key, quota, options, beside } = await used();
    await client.del(key, beside("latest"));
    const future = Date.now() + 10_000 * HOUR;
    for (let index = 0; index < 5; index++) await client.zadd(key, future + index, `other:${index}`);
    await client.set(beside("paused"), String(future));
    await client.zadd(beside("queue"), 1, "dead:1");
    await client.zadd(beside("seen"), future, "dead:1");
    expect(await waitOf(quota, options.clock)).toBeLessThanOrEqual(60_002);
  });

  it("set forward by 24 hours, requests start at once: nothing of the last minute is left", async () => {
    const state = await used();
    await moveIntoFuture(state, -24 * HOUR);
    (await state.quota.acquire()).release();
    expect(state.quota.snapshot()).toMatchObject([{ used: 1, remaining: 1 }]);
  });
});

describeWithRedis("redisQuota and the clock of the process", (redis) => {
  it.each([-24, -1, 1, 24])("a wall clock that jumps by %i hours changes no wait", async (hours) => {
    const clock = new ManualClock();
    const options = { key: newKey(), windows: [{ limit: 1, seconds: 0.5 }], clock };
    const quota = redisQuota(ioredis(redis.url), options);
    const first = await quota.acquire();
    const waiting = quota.acquire({ maxWait: 600_000 });
    clock.jump(hours * HOUR);
    first.cancel();
    expect(await waiting).toBeDefined();
    clock.jump(-hours * HOUR);
    quota.pause(clock.now() + 30_000);
    clock.jump(hours * HOUR);
    await quota.refresh();
    const error = await quota.acquire({ maxWait: 0 }).catch((reason) => reason);
    expect(error.retryAt.getTime() - clock.now()).toBeLessThanOrEqual(30_000);
  });

  it("a machine that slept for 9 hours sends nothing for a request that has waited too long", async () => {
    const clock = new ManualClock();
    const timers = new Set<() => void>();
    const sleepy = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimeout(callback: () => void) {
        timers.add(callback);
        return callback;
      },
      clearTimeout: (timer: unknown) => timers.delete(timer as () => void),
    };
    const quota = redisQuota(ioredis(redis.url), {
      key: newKey(),
      windows: [{ limit: 1, seconds: 60 }],
      clock: sleepy,
    });
    const first = await quota.acquire();
    let queued = () => {};
    const inQueue = new Promise<void>((resolve) => {
      queued = resolve;
    });
    const waiting = quota.acquire({ maxWait: 180_000, onWait: queued });
    waiting.catch(() => {});
    await inQueue;
    await clock.advance(9 * HOUR);
    first.cancel();
    await expect(waiting).rejects.toThrow("has waited longer for the quota than it may");
    // Its slot was not taken.
    expect(await quota.acquire({ maxWait: 0 })).toBeDefined();
  });
});

it("a foreign error of a Redis client leaves nothing but its message", async () => {
  const error = Object.assign(new Error("connection lost to redis://me:secret-1@host"), {
    command: { name: "eval", args: ["secret-1"] },
  });
  const quota = redisQuota({ call: () => Promise.reject(error) }, { key: "angelcam:quota" });
  const failure = await quota.acquire().catch((reason) => reason);
  expect(failure.message).toContain("connection lost to redis://[secret]@host");
  expect(JSON.stringify([failure, failure.cause, failure.cause.stack, { ...failure.cause }])).not.toContain("secret-1");
});
