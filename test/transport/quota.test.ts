import { getEventListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Angelcam, personalAccessToken, Quota, QuotaError, type QuotaOptions } from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { runs } from "../support/property-runs.ts";

const start = Date.parse("2026-11-24T12:00:00Z");
const minute = { limit: 20, seconds: 60 };
const day = { limit: 1000, seconds: 86_400 };

function setUp(options: QuotaOptions = {}) {
  const clock = new ManualClock(start);
  return { clock, quota: new Quota({ windows: [minute, day], maxWait: 3_600_000, clock, ...options }) };
}

/** The most requests that fall into any window of this length, both ends counted. */
function mostWithin(times: readonly number[], seconds: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map(
      (from, index) => sorted.filter((time, other) => other >= index && time - from <= seconds * 1000).length,
    ),
  );
}

describe("a burst of 500 requests", () => {
  it("never puts more than 20 into any minute, keeps its order, and gets through", async () => {
    const { clock, quota } = setUp();
    const sent: { index: number; at: number }[] = [];
    const fetch = recordingFetch((request) => {
      sent.push({ index: Number(new URL(request.url).pathname.split("/")[3]), at: clock.now() });
      return json({ id: 1 });
    });
    const angelcam = new Angelcam({
      auth: personalAccessToken("x".repeat(20)),
      fetch,
      clock,
      quota,
      deadline: 86_400_000,
    });
    await clock.drive(Promise.all(Array.from({ length: 500 }, (_, index) => angelcam.cameras.get(index + 1))));
    expect(sent.map(({ index }) => index)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(
      mostWithin(
        sent.map(({ at }) => at),
        60,
      ),
    ).toBe(20);
    expect(clock.now() - start).toBeLessThan(25 * 60_000);
    expect(clock.pending).toBe(0);
  });
});

describe("a request that would wait too long", () => {
  it("fails at once, with the moment at which it could go out", async () => {
    const { clock, quota } = setUp({ maxWait: 30_000 });
    for (let index = 0; index < 20; index++) (await quota.acquire()).release();
    const error = await quota.acquire().catch((reason) => reason);
    expect(error).toBeInstanceOf(QuotaError);
    expect(error).toMatchObject({ code: "quota_exceeded", retryable: true, retryAt: new Date(start + 60_001) });
    expect(clock.now()).toBe(start);
    expect(clock.pending).toBe(0);
  });

  it("names its operation, and has not been sent", async () => {
    const clock = new ManualClock(start);
    const fetch = recordingFetch(() => json(account));
    const quota = { windows: [{ limit: 1, seconds: 60 }], maxWait: 1000 };
    const angelcam = new Angelcam({ fetch, clock, quota, auth: personalAccessToken("x".repeat(20)) });
    await angelcam.me.get();
    await expect(angelcam.me.get()).rejects.toMatchObject({ operationId: "me.get", path: "/v1/me/", attempts: 0 });
    expect(fetch.requests).toHaveLength(1);
  });

  it("is the one behind those that may still wait", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }], maxWait: 130_000 });
    const outcomes = Array.from({ length: 5 }, () =>
      quota.acquire().then(
        (place) => place.release() ?? "sent",
        () => "refused",
      ),
    );
    expect(await clock.drive(Promise.all(outcomes))).toEqual(["sent", "sent", "sent", "refused", "refused"]);
  });

  it("fails when the call's own timeout or deadline is shorter than the wait", async () => {
    const clock = new ManualClock(start);
    const angelcam = new Angelcam({
      auth: personalAccessToken("x".repeat(20)),
      fetch: recordingFetch(() => json(account)),
      clock,
      quota: { windows: [{ limit: 1, seconds: 60 }], maxWait: 100_000 },
    });
    await angelcam.me.get();
    await expect(angelcam.me.get({ timeout: 5000 })).rejects.toBeInstanceOf(QuotaError);
    await expect(angelcam.me.get({ deadline: 5000 })).rejects.toBeInstanceOf(QuotaError);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
  });

  it("takes no place with it when its caller gives up on hearing that it has to wait", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }], maxWait: 600_000 });
    (await quota.acquire()).release();
    const controller = new AbortController();
    const impatient = quota.acquire({ signal: controller.signal, onWait: () => controller.abort(new Error("enough")) });
    await expect(impatient).rejects.toThrow("enough");
    for (let turn = 0; turn < 3; turn++) (await clock.drive(quota.acquire())).release();
  });

  it("leaves the line when its signal aborts, and those behind it move up", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    (await quota.acquire()).release();
    const controller = new AbortController();
    const first = quota.acquire({ signal: controller.signal });
    const second = quota.acquire();
    controller.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    (await clock.drive(second)).release();
    expect(clock.now()).toBe(start + 60_001);
    expect(clock.pending).toBe(0);
  });
});

describe("a place in the line", () => {
  it("is not given to a caller who has given up before", async () => {
    const { quota } = setUp();
    const reason = new Error("enough");
    await expect(quota.acquire({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(quota.snapshot()[0]?.used).toBe(0);
  });

  it("comes free once, however often it is handed back", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 2, seconds: 60 }] });
    const place = await quota.acquire();
    place.cancel();
    place.cancel();
    place.release();
    expect(quota.snapshot()).toMatchObject([{ used: 0, remaining: 2, resetsAt: undefined }]);
    for (let index = 0; index < 2; index++) (await quota.acquire()).release();
    expect(quota.snapshot()).toMatchObject([{ used: 2, remaining: 0, resetsAt: new Date(start + 60_001) }]);
    await clock.drive(quota.acquire());
    expect(clock.now()).toBe(start + 60_001);
  });

  it("that was handed back unused goes to the next in line at once", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    const first = await quota.acquire();
    const second = quota.acquire();
    first.cancel();
    await second;
    expect(clock.now()).toBe(start);
    expect(clock.pending).toBe(0);
  });

  it("is kept for who had it: a ticket leads back in front of those who came later", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    const { ticket, cancel } = await quota.acquire();
    cancel();
    (await quota.acquire()).release();
    const order: string[] = [];
    const calls = [
      quota.acquire().then((place) => order.push("later") && place.release()),
      quota.acquire({ ticket }).then((place) => order.push("first") && place.release()),
      quota.acquire({ urgent: true }).then((place) => order.push("urgent") && place.release()),
    ];
    await clock.drive(Promise.all(calls));
    expect(order).toEqual(["urgent", "first", "later"]);
  });

  it("tells who has to wait until when", async () => {
    const { quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    const waits: number[] = [];
    const onWait = (until: number) => waits.push(until - start);
    (await quota.acquire({ onWait })).release();
    void quota.acquire({ onWait });
    void quota.acquire({ onWait });
    expect(waits).toEqual([60_001, 120_002]);
  });

  it("is waited for no longer than the request allows, to the millisecond", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    (await quota.acquire()).release();
    const error = await quota.acquire({ maxWait: 60_000 }).catch((reason) => reason);
    expect(error.message).toContain(
      "has no free place before 2026-11-24T12:01:00.001Z, and this request may wait 60000 ms",
    );
    (await clock.drive(quota.acquire({ maxWait: 60_001 }))).release();
    expect(clock.now()).toBe(start + 60_001);
  });

  it("is refused to a request that has no time left, unless it is free", async () => {
    const { quota } = setUp({ windows: [{ limit: 1, seconds: 60 }] });
    (await quota.acquire({ maxWait: -5 })).release();
    await expect(quota.acquire({ maxWait: -5 })).rejects.toThrow("this request may wait 0 ms");
  });

  it("is held back by the longest pause that was named, and by no shorter one", async () => {
    const { clock, quota } = setUp();
    let changes = 0;
    quota.onChange(() => changes++);
    quota.pause(start + 30_000);
    quota.pause(start + 10_000);
    quota.pause(start + 30_000);
    expect(changes).toBe(1);
    (await clock.drive(quota.acquire())).release();
    expect(clock.now()).toBe(start + 30_000);
  });
});

describe("the line", () => {
  const one = { windows: [{ limit: 1, seconds: 60 }] };

  it("lets nobody overtake, also where the alarm for the first one is late", async () => {
    let now = start;
    const alarms: (() => void)[] = [];
    const clock = {
      now: () => now,
      monotonic: () => now,
      setTimeout: (alarm: () => void) => alarms.push(alarm),
      clearTimeout: () => {},
    };
    const quota = new Quota({ ...one, maxWait: 3_600_000, clock });
    (await quota.acquire()).release();
    const order: string[] = [];
    void quota.acquire().then(() => order.push("first"));
    now += 90_000;
    void quota.acquire().then(() => order.push("second"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(["first"]);
  });

  it("lets urgent requests go first, and each of those in its turn", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const order: string[] = [];
    const asked = ["plain", "urgent", "urgent too"].map((name) =>
      quota.acquire({ urgent: name !== "plain" }).then((place) => order.push(name) && place.release()),
    );
    await clock.drive(Promise.all(asked));
    expect(order).toEqual(["urgent", "urgent too", "plain"]);
  });

  it("leaves nothing on a signal, whether the request got its place or was turned away", async () => {
    const { clock, quota } = setUp(one);
    const { signal } = new AbortController();
    const left = () => getEventListeners(signal, "abort").length;
    (await quota.acquire({ signal })).release();
    const waiting = quota.acquire({ signal });
    expect(left()).toBe(1);
    (await clock.drive(waiting)).release();
    expect(left()).toBe(0);
    const turnedAway = quota.acquire({ signal, maxWait: 60_001 });
    quota.pause(clock.now() + 70_000);
    await expect(turnedAway).rejects.toBeInstanceOf(QuotaError);
    expect(left()).toBe(0);
    await expect(quota.acquire({ signal, maxWait: 1 })).rejects.toBeInstanceOf(QuotaError);
    expect(left()).toBe(0);
  });

  it("tells nobody to wait who is turned away at once", async () => {
    const { quota } = setUp(one);
    (await quota.acquire()).release();
    let told = 0;
    await expect(quota.acquire({ maxWait: 1, onWait: () => told++ })).rejects.toBeInstanceOf(QuotaError);
    expect(told).toBe(0);
  });

  it("turns away at once whom a pause would keep too long, and lets those behind move up", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const short = quota.acquire({ maxWait: 60_001 });
    const long = quota.acquire({ maxWait: 121_000 });
    quota.pause(start + 61_000);
    await expect(short).rejects.toMatchObject({ retryAt: new Date(start + 61_000) });
    expect(clock.now()).toBe(start);
    (await clock.drive(long)).release();
    expect(clock.now()).toBe(start + 61_000);
  });

  it("keeps its alarm for those behind one that has left", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const waits = [quota.acquire({ signal: controller.signal }).catch((error) => error), quota.acquire()];
    controller.abort();
    expect(clock.pending).toBe(1);
    await clock.drive(Promise.all(waits));
    expect(clock.now()).toBe(start + 60_001);
  });

  it("sets no alarm when the last one has left it", async () => {
    const { clock, quota } = setUp(one);
    (await quota.acquire()).release();
    const controller = new AbortController();
    const only = quota.acquire({ signal: controller.signal });
    expect(clock.pending).toBe(1);
    controller.abort(new Error("enough"));
    await expect(only).rejects.toThrow("enough");
    expect(clock.pending).toBe(0);
  });
});

describe("a clock that is set back", () => {
  it("puts nothing out of order: a place comes free by the later time", async () => {
    let now = start;
    const clock = { now: () => now, monotonic: () => now, setTimeout: () => 0, clearTimeout: () => {} };
    const quota = new Quota({ windows: [{ limit: 2, seconds: 60 }], clock });
    (await quota.acquire()).release();
    now -= 3_600_000;
    (await quota.acquire()).release();
    expect(quota.toJSON().times).toEqual([start, start]);
  });
});

describe("a quota that has seen 5,000 requests", () => {
  it("forgets those that no window counts any more", async () => {
    const { clock, quota } = setUp({ windows: [{ limit: 10_000, seconds: 1 }] });
    for (let index = 0; index < 5_000; index++) (await quota.acquire()).release();
    expect(quota.toJSON().times).toHaveLength(5_000);
    await clock.advance(1_001);
    (await quota.acquire()).release();
    expect(quota.toJSON().times).toEqual([start + 1_001]);
    expect(quota.snapshot()).toMatchObject([{ used: 1, remaining: 9_999, resetsAt: new Date(start + 2_002) }]);
  });
});

describe("a 429 that comes all the same", () => {
  it("holds the whole line back until the moment that the server names", async () => {
    const clock = new ManualClock(start);
    const sent: number[] = [];
    const fetch = recordingFetch((_, index) => {
      sent.push(clock.now() - start);
      return index === 0 ? envelope(429, "throttled", "Wait 30 seconds.") : json(account);
    });
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, clock });
    const first = angelcam.me.get();
    await clock.drive(new Promise((resolve) => setImmediate(resolve)));
    const others = [angelcam.me.get(), angelcam.me.get()];
    await clock.drive(Promise.all([first, ...others]));
    expect(sent).toEqual([0, 30_000, 30_000, 30_000]);
  });
});

describe("the snapshot", () => {
  it("tells what is used, what is left, and when the next place comes free", async () => {
    const { clock, quota } = setUp();
    (await quota.acquire()).release();
    await clock.advance(10_000);
    (await quota.acquire()).release();
    expect(quota.snapshot()).toEqual([
      { ...minute, used: 2, remaining: 18, resetsAt: new Date(start + 60_001) },
      { ...day, used: 2, remaining: 998, resetsAt: new Date(start + 86_400_001) },
    ]);
    await clock.advance(60_001);
    expect(quota.snapshot()[0]).toMatchObject({ used: 0, remaining: 20, resetsAt: undefined });
  });

  it("counts what is under way, whose place comes free a window from now at the earliest", async () => {
    const { clock, quota } = setUp();
    await quota.acquire();
    await clock.advance(5_000);
    expect(quota.snapshot()[0]).toEqual({ ...minute, used: 1, remaining: 19, resetsAt: new Date(start + 65_001) });
  });

  it("is on the client, and empty where the quota is switched off", async () => {
    const options = { auth: personalAccessToken("x".repeat(20)), fetch: recordingFetch(() => json(account)) };
    const angelcam = new Angelcam(options);
    await angelcam.me.get();
    expect(angelcam.quota.snapshot().map(({ used }) => used)).toEqual([1, 1]);
    expect(new Angelcam({ ...options, quota: false }).quota.snapshot()).toEqual([]);
  });

  it("can be followed, until one has seen enough", async () => {
    const { quota } = setUp();
    const used: (number | undefined)[] = [];
    const stop = quota.onChange(() => used.push(quota.snapshot()[0]?.used));
    (await quota.acquire()).release();
    (await quota.acquire()).cancel();
    stop();
    (await quota.acquire()).release();
    expect(used).toEqual([1, 1, 2, 1]);
  });
});

describe("a restart in the middle of the day", () => {
  it("forgets no request, neither finished nor under way, and no pause", async () => {
    const { clock, quota } = setUp();
    for (let index = 0; index < 19; index++) (await quota.acquire()).release();
    await quota.acquire();
    quota.pause(start + 90_000);
    const state = JSON.parse(JSON.stringify(quota));
    const again = new Quota({ windows: [minute, day], maxWait: 3_600_000, clock, state });
    expect(again.snapshot().map(({ used }) => used)).toEqual([20, 20]);
    await clock.drive(again.acquire());
    expect(clock.now()).toBe(start + 90_000);
  });

  it("refuses a state that no quota has saved", () => {
    const broken = { times: ["yesterday"], pausedUntil: 0 } as unknown as ReturnType<Quota["toJSON"]>;
    expect(() => new Quota({ state: broken })).toThrow(TypeError);
  });
});

describe("one quota for several clients", () => {
  it("counts the requests of all of them", async () => {
    const { clock, quota } = setUp();
    const options = {
      auth: personalAccessToken("x".repeat(20)),
      fetch: recordingFetch(() => json(account)),
      clock,
      quota,
    };
    await Promise.all([new Angelcam(options).me.get(), new Angelcam(options).me.get()]);
    expect(quota.snapshot()[0]?.used).toBe(2);
  });
});

describe("options that make no sense", () => {
  it.each([
    [{ windows: [{ limit: 0, seconds: 60 }] }, "quota.windows[0].limit"],
    [{ windows: [{ limit: 1.5, seconds: 60 }] }, "quota.windows[0].limit"],
    [{ windows: [{ limit: 1, seconds: 0 }] }, "quota.windows[0].seconds"],
    [{ windows: [minute, { limit: 1, seconds: Number.POSITIVE_INFINITY }] }, "quota.windows[1].seconds"],
    [{ windows: [{ limit: 1, seconds: Number.NaN }] }, "quota.windows[0].seconds"],
    [{ maxWait: -1 }, "quota.maxWait"],
    [{ maxWait: Number.NaN }, "quota.maxWait"],
  ])("are refused by name: %o", (options, name) => {
    expect(() => new Quota(options)).toThrow(RangeError);
    expect(() => new Quota(options)).toThrow(name);
  });
});

describe("whatever comes", () => {
  it("no window is ever overfull, nobody is overtaken, and everybody gets an answer", { timeout: 60_000 }, async () => {
    const windows = fc.array(
      fc.record({ limit: fc.integer({ min: 1, max: 6 }), seconds: fc.integer({ min: 1, max: 30 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const steps = fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 9000 }),
        travel: fc.integer({ min: 0, max: 4000 }),
        aborts: fc.boolean(),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(windows, steps, fc.integer({ min: 0, max: 60_000 }), async (limits, requests, maxWait) => {
        const clock = new ManualClock(start);
        const quota = new Quota({ windows: limits, maxWait, clock });
        const counted: number[] = [];
        const order: number[] = [];
        const calls: Promise<unknown>[] = [];
        for (const [index, { pause, travel, aborts }] of requests.entries()) {
          await clock.advance(pause);
          const controller = new AbortController();
          const asked = clock.now();
          const call = quota.acquire({ signal: controller.signal }).then(
            (place) => {
              order.push(index);
              expect(clock.now() - asked).toBeLessThanOrEqual(maxWait);
              // The server counts the request somewhere on its way.
              clock.setTimeout(() => counted.push(clock.now()), travel / 2);
              clock.setTimeout(() => place.release(), travel);
            },
            () => {},
          );
          if (aborts && index % 3 === 0) clock.setTimeout(() => controller.abort(), 500);
          calls.push(call);
          await Promise.resolve();
        }
        await clock.drive(Promise.all(calls));
        await clock.advance(10_000);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const { limit, seconds } of limits) expect(mostWithin(counted, seconds)).toBeLessThanOrEqual(limit);
        expect(clock.pending).toBe(0);
      }),
      runs("quota windows"),
    );
  });
});
