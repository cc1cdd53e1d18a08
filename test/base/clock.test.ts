import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { pause, systemClock } from "../../src/base/clock.ts";
import { Angelcam, personalAccessToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

const auth = personalAccessToken("x".repeat(20));

/** A clock module of its own, which finds the functions of the runtime as they are now. */
async function loadClock(): Promise<typeof import("../../src/base/clock.ts")> {
  vi.resetModules();
  return import("../../src/base/clock.ts");
}

describe("with the fake timers of Vitest", () => {
  const fake = () => vi.useFakeTimers({ now: 0 });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("a call is retried after its delay", async () => {
    fake();
    expect(Date.now()).toBe(0);
    const fetch = recordingFetch((_, index) => (index === 0 ? envelope(503, "bad_gateway", "x") : json(account)));
    const angelcam = new Angelcam({ auth, fetch, retry: { baseDelay: 1 } });
    expect(await angelcam.me.get()).toEqual(account);
    expect(fetch.requests).toHaveLength(2);
  });

  it("a call gets its slot when the window of the quota has passed", async () => {
    fake();
    const fetch = recordingFetch(() => json(account));
    const angelcam = new Angelcam({ auth, fetch, quota: { windows: [{ limit: 1, seconds: 0.02 }] } });
    expect(await Promise.all([1, 2, 3].map(() => angelcam.me.get()))).toHaveLength(3);
  });

  it("a call without a response ends at its timeout", async () => {
    fake();
    const angelcam = new Angelcam({ auth, fetch: () => new Promise(() => {}), timeout: 10, retry: false });
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "timeout" });
  });

  it("a sandbox with a latency responds", async () => {
    fake();
    const sandbox = createSandbox({ latency: 5 });
    const angelcam = new Angelcam({
      auth: personalAccessToken(sandbox.tokens.personalAccessToken()),
      fetch: sandbox.fetch,
    });
    expect(await angelcam.me.get()).toHaveProperty("email");
  });

  it("the date is the one that the test has set", () => {
    fake();
    expect(systemClock.now()).toBe(0);
    const before = systemClock.monotonic();
    while (systemClock.monotonic() === before);
    expect(systemClock.now()).toBe(0);
  });

  it("that are installed before the package is loaded, a wait ends all the same", async () => {
    fake();
    const { systemClock: clock, pause } = await loadClock();
    const before = clock.monotonic();
    await pause(clock, 5, undefined);
    expect(clock.monotonic()).toBeGreaterThan(before);
  });
});

test("with the fake timers of Jest, waits, retries, timeouts and a sandbox with a latency end", async () => {
  const fixture = fileURLToPath(new URL("fixtures/jest-fake-timers.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [fixture]);
  expect(JSON.parse(stdout)).toEqual({ date: 0, moved: true, requests: 3, error: "timeout" });
});

describe("systemClock", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("waits longer than 2³¹ - 1 ms by setting its timer again", async () => {
    const delays: number[] = [];
    const callbacks: (() => void)[] = [];
    const cleared: unknown[] = [];
    vi.stubGlobal("setTimeout", (callback: () => void, delay: number) => {
      delays.push(delay);
      return callbacks.push(callback);
    });
    vi.stubGlobal("clearTimeout", (timer: unknown) => cleared.push(timer));
    const { systemClock: clock } = await loadClock();
    const callback = vi.fn();
    const timer = clock.setTimeout(callback, 2 ** 32);
    callbacks[0]?.();
    callbacks[1]?.();
    expect(delays).toEqual([2 ** 31 - 1, 2 ** 31 - 1, 2]);
    clock.clearTimeout(timer);
    expect(cleared).toEqual([3]);
    expect(callback).not.toHaveBeenCalled();
    callbacks[2]?.();
    expect(callback).toHaveBeenCalledOnce();
    clock.setTimeout(callback, Number.POSITIVE_INFINITY);
    expect(delays.at(-1)).toBe(2 ** 31 - 1);
  });

  it("calls the functions of the runtime as browsers demand it: not as methods of another object", async () => {
    const receivers: unknown[] = [];
    vi.stubGlobal("setTimeout", function (this: unknown) {
      receivers.push(this);
    });
    vi.stubGlobal("clearTimeout", function (this: unknown) {
      receivers.push(this);
    });
    const { systemClock: clock } = await loadClock();
    clock.clearTimeout(clock.setTimeout(() => {}, 1));
    expect(receivers).toEqual([globalThis, globalThis]);
  });
});

describe("pause", () => {
  it("ends after its time, and at once when the signal aborts", async () => {
    const clock = new ManualClock();
    await clock.drive(pause(clock, 1_000, undefined));
    expect(clock.monotonic()).toBe(1_000);
    const controller = new AbortController();
    const paused = pause(clock, 1_000, controller.signal);
    controller.abort("enough");
    await expect(paused).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });
});
