import { getEventListeners } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Quota, QuotaError, type QuotaOptions, type QuotaState } from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";

const start = Date.parse("2026-11-24T12:00:00Z");
const minute = { limit: 20, seconds: 60 };
const hour = { limit: 1000, seconds: 3600 };
const one = { windows: [{ limit: 1, seconds: 60 }] };
const HOUR = 3_600_000;

/** A clock that has moved on at each reading, as the one of a machine has. */
class TickingClock extends ManualClock {
  #readings = 0;

  override monotonic(): number {
    this.#readings++;
    return super.monotonic() + this.#readings / 1000;
  }
}

function setUp(options: QuotaOptions = {}) {
  const clock = new ManualClock(start);
  return { clock, quota: new Quota({ windows: [minute, hour], clock, ...options }) };
}

/** Milliseconds of the monotonic clock at which a slot is granted. The slot is released at once. */
async function grantedAt(quota: Quota, clock: ManualClock, request = {}): Promise<number> {
  const slot = await quota.acquire(request);
  slot.release();
  return clock.monotonic();
}

describe("a request that would wait longer than it may", () => {
  it("fails at once with QuotaError and retryAt", async () => {
    const { clock, quota } = setUp({ maxWait: 30_000 });
    for (let index = 0; index < 20; index++) (await quota.acquire()).release();
    const error = await quota.acquire().catch((reason) => reason);
    expect(error).toBeInstanceOf(QuotaError);
    expect(error).toMatchObject({ code: "quota_exceeded", retryable: true, retryAt: new Date(start + 60_001) });
    expect(clock.now()).toBe(start);
    expect(clock.pending).toBe(0);
  });

  it("is the one behind those that may still wait", async () => {
    const { clock, quota } = setUp({ ...one, maxWait: 130_000 });
    const outcomes = Array.from({ length: 5 }, () =>
      grantedAt(quota, clock).catch((error) => error.retryAt.getTime() - start),
    );
    expect(await clock.drive(Promise.all(outcomes))).toEqual([0, 60_001, 120_002, 180_003, 180_003]);
  });

  it("waits exactly as long as it may, to the millisecond", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const error = await quota.acquire({ maxWait: 60_000 }).catch((reason) => reason);
    expect(error.message).toContain(
      "has no free slot before 2026-11-24T12:01:00.001Z, and this attempt may wait 60000 ms",
    );
    expect(await clock.drive(grantedAt(quota, clock, { maxWait: 60_001 }))).toBe(60_001);
  });

  it("starts with no time left to wait only where a slot is free", async () => {
    const { quota } = setUp(one);
    (await quota.acquire({ maxWait: -5 })).release();
    await expect(quota.acquire({ maxWait: -5 })).rejects.toThrow("this attempt may wait 0 ms");
  });

  it("is not one that may not wait at all, while a slot is free and the clock goes on between two readings", async () => {
    const clock = new TickingClock(start);
    const quota = new Quota({ ...one, clock, maxWait: 0 });
    (await quota.acquire()).release();
    await expect(quota.acquire()).rejects.toThrow("this attempt may wait 0 ms");
  });

  it("fails as soon as a pause makes its wait too long, and those behind it move up", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const short = quota.acquire({ maxWait: 60_001 });
    const long = grantedAt(quota, clock, { maxWait: 121_000 });
    quota.pause(start + 61_000);
    await expect(short).rejects.toMatchObject({ retryAt: new Date(start + 61_000) });
    expect(clock.now()).toBe(start);
    expect(await clock.drive(long)).toBe(61_000);
  });

  it("fails as soon as a request under way takes so long that its wait gets too long", async () => {
    const { clock, quota } = setUp(one);
    const slot = await quota.acquire();
    const waiting = quota.acquire({ maxWait: 70_000 });
    await clock.advance(10_000);
    slot.release();
    await expect(waiting).rejects.toMatchObject({ retryAt: new Date(start + 70_001) });
    expect(clock.monotonic()).toBe(10_000);
  });

  it("is not reported as waiting when it fails at once", async () => {
    const { quota } = setUp(one);
    (await quota.acquire()).release();
    const onWait = vi.fn();
    await expect(quota.acquire({ maxWait: 1, onWait })).rejects.toBeInstanceOf(QuotaError);
    expect(onWait).not.toHaveBeenCalled();
  });

  it("has a valid retryAt for a window of a million years", async () => {
    const { quota } = setUp({ windows: [{ limit: 1, seconds: 1e14 }] });
    (await quota.acquire()).release();
    await expect(quota.acquire({ maxWait: 1 })).rejects.toMatchObject({ retryAt: new Date(8.64e15) });
  });
});

describe("tryAcquire", () => {
  it("takes a free slot, which counts like any other, and tells the listeners", async () => {
    const { clock, quota } = setUp(one);
    let changes = 0;
    quota.onChange(() => changes++);
    const slot = quota.tryAcquire();
    expect([slot === undefined, changes]).toEqual([false, 1]);
    slot?.release();
    expect(await clock.drive(grantedAt(quota, clock))).toBe(60_001);
  });

  it("takes none in a pause, behind a queue, or when the window is full, and leaves no timer", async () => {
    const { clock, quota } = setUp(one);
    quota.pause(start + 1_000);
    expect(quota.tryAcquire()).toBeUndefined();
    await clock.advance(1_000);
    quota.tryAcquire()?.release();
    expect(quota.tryAcquire()).toBeUndefined();
    expect(clock.pending).toBe(0);
    const waiting = grantedAt(quota, clock);
    expect(quota.tryAcquire()).toBeUndefined();
    expect(await clock.drive(waiting)).toBe(61_001);
  });
});

describe("a signal that aborts", () => {
  it("before the request rejects it without taking a slot", async () => {
    const { quota } = setUp();
    const reason = new Error("enough");
    await expect(quota.acquire({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(quota.snapshot()[0]?.used).toBe(0);
  });

  it("removes the request from the queue, and those behind it move up", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const first = quota.acquire({ signal: controller.signal });
    const second = grantedAt(quota, clock);
    controller.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    expect(clock.pending).toBe(1);
    expect(await clock.drive(second)).toBe(60_001);
    expect(clock.pending).toBe(0);
  });

  it("leaves its time to the request behind it, also for the forecast of one that comes later", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const waits: number[] = [];
    const onWait = (until: number) => waits.push(until - start);
    const { signal } = controller;
    const gone = Promise.allSettled([quota.acquire({ signal, onWait }), quota.acquire({ signal, onWait })]);
    const stays = grantedAt(quota, clock, { onWait });
    controller.abort(new Error("enough"));
    const last = grantedAt(quota, clock, { onWait, maxWait: 120_002 });
    expect(waits).toEqual([60_001, 120_002, 180_003, 120_002]);
    expect(await clock.drive(Promise.all([stays, last]))).toEqual([60_001, 120_002]);
    expect((await gone).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("as 1,000 in the queue abort one after the other decides nothing again for those that wait", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controllers = Array.from({ length: 1_000 }, () => new AbortController());
    const settled = Promise.allSettled(controllers.map(({ signal }) => quota.acquire({ signal })));
    // Each decision sets the timer for the first in the queue.
    const timers = vi.spyOn(clock, "setTimeout");
    for (const controller of controllers) controller.abort();
    await settled;
    expect(timers).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("as the last one in the queue leaves no timer", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const only = quota.acquire({ signal: controller.signal });
    expect(clock.pending).toBe(1);
    controller.abort(new Error("enough"));
    await expect(only).rejects.toThrow("enough");
    expect(clock.pending).toBe(0);
  });

  it("inside onWait takes no slot", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const impatient = quota.acquire({ signal: controller.signal, onWait: () => controller.abort(new Error("enough")) });
    await expect(impatient).rejects.toThrow("enough");
    expect(await clock.drive(grantedAt(quota, clock))).toBe(60_001);
  });

  it("has no listener left once the request was granted or rejected", async () => {
    const { clock, quota } = setUp(one);
    const { signal } = new AbortController();
    const left = () => getEventListeners(signal, "abort").length;
    (await quota.acquire({ signal })).release();
    const waiting = quota.acquire({ signal });
    expect(left()).toBe(1);
    (await clock.drive(waiting)).release();
    expect(left()).toBe(0);
    const rejected = quota.acquire({ signal, maxWait: 60_001 });
    quota.pause(clock.now() + 70_000);
    await expect(rejected).rejects.toBeInstanceOf(QuotaError);
    expect(left()).toBe(0);
    await expect(quota.acquire({ signal, maxWait: 1 })).rejects.toBeInstanceOf(QuotaError);
    expect(left()).toBe(0);
  });
});

describe("a slot", () => {
  it("is closed once, however often release and cancel are called", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 2, seconds: 60 }] });
    const slot = await quota.acquire();
    slot.cancel();
    slot.cancel();
    slot.release();
    expect(quota.snapshot()).toMatchObject([{ used: 0, remaining: 2, resetsAt: undefined }]);
    for (let index = 0; index < 2; index++) (await quota.acquire()).release();
    expect(quota.snapshot()).toMatchObject([{ used: 2, remaining: 0, resetsAt: new Date(start + 60_001) }]);
    expect(await clock.drive(grantedAt(quota, clock))).toBe(60_001);
  });

  it("that was cancelled goes to the next in the queue at once", async () => {
    const { clock, quota } = setUp(one);
    const first = await quota.acquire();
    const second = quota.acquire();
    first.cancel();
    await second;
    expect(clock.now()).toBe(start);
    expect(clock.pending).toBe(0);
  });

  it("comes free one window after the end of its request, not after its start", async () => {
    const { clock, quota } = setUp(one);
    const slot = await quota.acquire();
    await clock.advance(45_000);
    slot.release();
    expect(await clock.drive(grantedAt(quota, clock))).toBe(105_001);
  });
});

describe("the queue", () => {
  it("reports to each request that waits until when", async () => {
    const { quota } = setUp(one);
    const waits: number[] = [];
    const onWait = (until: number) => waits.push(until - start);
    (await quota.acquire({ onWait })).release();
    void quota.acquire({ onWait });
    void quota.acquire({ onWait });
    expect(waits).toEqual([60_001, 120_002]);
  });

  it("is first in, first out, also where the timer for the first is late", async () => {
    const clock = new ManualClock(start);
    const late = { now: () => clock.now(), monotonic: () => clock.monotonic(), setTimeout: () => 0, clearTimeout() {} };
    const quota = new Quota({ windows: [{ limit: 2, seconds: 60 }], clock: late });
    for (let index = 0; index < 2; index++) (await quota.acquire()).release();
    const order: string[] = [];
    const controller = new AbortController();
    void quota.acquire().then(() => order.push("first"));
    void quota.acquire({ signal: controller.signal }).catch(() => order.push("gone"));
    await clock.advance(90_000);
    controller.abort();
    void quota.acquire().then(() => order.push("third"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(["gone", "first", "third"]);
  });

  it("grants requests by their priority, and those of one priority in the order in which they came", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const order: number[] = [];
    const requests = ([0, 1, 2, 1, 0, 2] as const).map((priority, index) =>
      quota.acquire({ priority }).then((slot) => order.push(index) && slot.release()),
    );
    await clock.drive(Promise.all(requests));
    expect(order).toEqual([2, 5, 1, 3, 0, 4]);
  });

  it("survives an onWait that throws: that request fails and takes no slot", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const failing = quota.acquire({
      onWait: () => {
        throw new Error("listener");
      },
    });
    await expect(failing).rejects.toThrow("listener");
    expect(await clock.drive(grantedAt(quota, clock))).toBe(60_001);
    expect(clock.pending).toBe(0);
  });
});

describe("pause", () => {
  it("holds requests back until the latest moment that was named", async () => {
    const { clock, quota } = setUp();
    let changes = 0;
    quota.onChange(() => changes++);
    quota.pause(start + 30_000);
    quota.pause(start + 10_000);
    quota.pause(start + 30_000);
    quota.pause(Number.NaN);
    expect(changes).toBe(1);
    expect(await clock.drive(grantedAt(quota, clock))).toBe(30_000);
  });
});

describe("a wall clock that jumps", () => {
  const hours = [-100_000, -24, -1, 1, 24, 100_000];

  it.each(hours)("by %i hours during a wait delays no request", async (jump) => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const waiting = [grantedAt(quota, clock), grantedAt(quota, clock)];
    await clock.advance(10_000);
    clock.jump(jump * HOUR);
    expect(await clock.drive(Promise.all(waiting))).toEqual([60_001, 120_002]);
  });

  it.each(hours)("by %i hours between requests delays no request, and hides none", async (jump) => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    clock.jump(jump * HOUR);
    expect(quota.snapshot()).toMatchObject([{ used: 1, resetsAt: new Date(clock.now() + 60_001) }]);
    expect(await clock.drive(grantedAt(quota, clock))).toBe(60_001);
  });

  it.each(hours)("by %i hours during a pause does not change the pause", async (jump) => {
    const { clock, quota } = setUp();
    quota.pause(start + 30_000);
    clock.jump(jump * HOUR);
    expect(await clock.drive(grantedAt(quota, clock))).toBe(30_000);
  });
});

describe("a machine that slept for 9 hours", () => {
  it("rejects the requests that have waited too long, and grants the others", async () => {
    const timers: (() => void)[] = [];
    const clock = new ManualClock(start);
    const sleepy = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimeout: (callback: () => void) => timers.push(callback),
      clearTimeout() {},
    };
    const quota = new Quota({ ...one, clock: sleepy });
    (await quota.acquire()).release();
    const [late, patient] = [quota.acquire({ maxWait: 180_000 }), quota.acquire()];
    await clock.advance(9 * HOUR);
    timers.at(-1)?.();
    await expect(late).rejects.toThrow("has waited longer for the quota than it may");
    await expect(late).rejects.toMatchObject({ code: "quota_exceeded", retryAt: new Date(clock.now()) });
    expect(await patient).toBeDefined();
  });
});

describe("snapshot", () => {
  it("returns used and remaining slots, and when the next comes free", async () => {
    const { clock, quota } = setUp();
    (await quota.acquire()).release();
    await clock.advance(10_000);
    (await quota.acquire()).release();
    expect(quota.snapshot()).toEqual([
      { ...minute, used: 2, remaining: 18, resetsAt: new Date(start + 60_001) },
      { ...hour, used: 2, remaining: 998, resetsAt: new Date(start + 3_600_001) },
    ]);
    await clock.advance(60_001);
    expect(quota.snapshot()[0]).toMatchObject({ used: 0, remaining: 20, resetsAt: undefined });
  });

  it("says nothing of a pause, which holds requests back although slots are left", () => {
    const { quota } = setUp();
    quota.pause(start + 30_000);
    expect(quota.snapshot()[0]).toEqual({ ...minute, used: 0, remaining: 20, resetsAt: undefined });
    expect(quota.tryAcquire()).toBeUndefined();
    expect(quota.toJSON().pausedUntil).toBe(start + 30_000);
  });

  it("counts a request under way, whose slot comes free one window from now at the earliest", async () => {
    const { clock, quota } = setUp();
    await quota.acquire();
    await clock.advance(5_000);
    expect(quota.snapshot()[0]).toEqual({ ...minute, used: 1, remaining: 19, resetsAt: new Date(start + 65_001) });
  });

  it("forgets requests that no window counts any more", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 10_000, seconds: 1 }] });
    for (let index = 0; index < 5_000; index++) (await quota.acquire()).release();
    expect(quota.toJSON().times).toHaveLength(5_000);
    await clock.advance(1_001);
    (await quota.acquire()).release();
    expect(quota.toJSON().times).toEqual([start + 1_001]);
    expect(quota.snapshot()).toMatchObject([{ used: 1, remaining: 9_999, resetsAt: new Date(start + 2_002) }]);
  });

  it("can be followed with onChange until the listener is removed", async () => {
    const { quota } = setUp();
    const used: (number | undefined)[] = [];
    const stop = quota.onChange(() => used.push(quota.snapshot()[0]?.used));
    (await quota.acquire()).release();
    (await quota.acquire()).cancel();
    stop();
    (await quota.acquire()).release();
    expect(used).toEqual([1, 1, 2, 1]);
  });

  it("survives a listener of onChange that throws, which is logged without secrets", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    const { quota } = setUp();
    quota.onChange(() => {
      throw Object.assign(new Error("token=abc"), { config: "abc" });
    });
    (await quota.acquire()).release();
    expect(quota.snapshot()[0]?.used).toBe(1);
    const [, error] = log.mock.calls[0] ?? [];
    expect({ ...error, message: error.message }).toEqual({ message: "token=[secret]" });
  });
});

describe("a saved state", () => {
  const again = (clock: ManualClock, state: QuotaState) => new Quota({ windows: [minute, hour], clock, state });

  it("holds the requests that have ended and those under way, and the pause", async () => {
    const { clock, quota } = setUp();
    for (let index = 0; index < 19; index++) (await quota.acquire()).release();
    await quota.acquire();
    quota.pause(start + 90_000);
    const restarted = again(clock, JSON.parse(JSON.stringify(quota)));
    expect(restarted.snapshot().map(({ used }) => used)).toEqual([20, 20]);
    expect(await clock.drive(grantedAt(restarted, clock))).toBe(90_000);
  });

  it("counts the time that passes until it is used again", async () => {
    const { clock, quota } = setUp();
    for (let index = 0; index < 20; index++) (await quota.acquire()).release();
    const state = JSON.parse(JSON.stringify(quota));
    await clock.advance(45_000);
    const other = new ManualClock(clock.now());
    expect(await other.drive(grantedAt(again(other, state), other))).toBe(15_001);
  });

  it.each([1, 24, 100_000])("from %i hours in the future delays no request longer than a window", async (hours) => {
    const { clock, quota } = setUp();
    for (let index = 0; index < 20; index++) (await quota.acquire()).release();
    const state = JSON.parse(JSON.stringify(quota));
    clock.jump(-hours * HOUR);
    const restarted = again(clock, state);
    expect(await clock.drive(grantedAt(restarted, clock))).toBe(60_001);
  });

  it("with a pause in the far future delays no request longer than the longest window", async () => {
    const { clock, quota } = setUp();
    quota.pause(start + 30_000);
    const state = JSON.parse(JSON.stringify(quota));
    clock.jump(-1_000 * HOUR);
    expect(await clock.drive(grantedAt(again(clock, state), clock))).toBe(3_600_000);
  });

  it.each([
    { times: ["yesterday"], pausedUntil: 0 },
    { times: [Number.NaN], pausedUntil: 0 },
    { times: [], pausedUntil: null },
    { times: 5, pausedUntil: 0 },
    {},
    null,
    5,
  ])("that no quota has saved is a TypeError: %j", (state) => {
    expect(() => new Quota({ state: state as unknown as QuotaState })).toThrow(
      new TypeError("quota.state must be the result of JSON.stringify(quota), parsed"),
    );
  });
});

describe("invalid options", () => {
  it.each([
    [{ windows: [{ limit: 0, seconds: 60 }] }, "quota.windows[0].limit"],
    [{ windows: [{ limit: 1.5, seconds: 60 }] }, "quota.windows[0].limit"],
    [{ windows: [{ limit: 1, seconds: 0 }] }, "quota.windows[0].seconds"],
    [{ windows: [minute, { limit: 1, seconds: Number.POSITIVE_INFINITY }] }, "quota.windows[1].seconds"],
    [{ windows: [{ limit: 1, seconds: Number.NaN }] }, "quota.windows[0].seconds"],
    [{ maxWait: -1 }, "quota.maxWait"],
    [{ maxWait: Number.NaN }, "quota.maxWait"],
  ])("are rejected by name: %o", (options, name) => {
    expect(() => new Quota(options)).toThrow(RangeError);
    expect(() => new Quota(options)).toThrow(name);
  });
});
