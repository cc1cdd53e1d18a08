import { describe, expect, it, vi } from "vitest";
import { SharedTimer } from "../../src/base/shared-timer.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A clock whose timers can be detached, as those of Node. */
class DetachableClock extends ManualClock {
  readonly log: string[] = [];

  override setTimeout(callback: () => void, milliseconds: number): never {
    const id = super.setTimeout(callback, milliseconds);
    this.log.push("set");
    // Those of the machine's clock consist of several ones then.
    if (milliseconds >= 2 ** 31) return { id } as never;
    return { id, ref: () => this.log.push("ref"), unref: () => this.log.push("unref") } as never;
  }

  override clearTimeout(timer: unknown): void {
    super.clearTimeout((timer as { id: number }).id);
  }
}

function setUp() {
  const clock = new DetachableClock();
  const timer = new SharedTimer(clock);
  const fired: string[] = [];
  const start = (name: string, milliseconds: number) =>
    timer.callAt(clock.monotonic() + milliseconds, () => fired.push(name));
  return { clock, timer, fired, start };
}

describe("a timer that several limits share", () => {
  it("calls each at its time, whatever the order in which they were started", async () => {
    const { clock, fired, start } = setUp();
    start("third", 300);
    start("first", 100);
    start("second", 200);
    expect(clock.pending).toBe(1);
    await clock.advance(99);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual(["first"]);
    await clock.advance(200);
    expect(fired).toEqual(["first", "second", "third"]);
    expect(clock.pending).toBe(0);
  });

  it("is detached when all are cancelled, and a cancelled one is never called", async () => {
    const { clock, fired, start } = setUp();
    const cancels = [start("a", 100), start("b", 50)];
    for (const cancel of cancels) cancel();
    expect(clock.log.at(-1)).toBe("unref");
    await clock.advance(1000);
    expect(fired).toEqual([]);
  });

  it("goes on with a later one when the earlier one, for which the timer is set, was cancelled", async () => {
    const { clock, fired, start } = setUp();
    start("late", 500);
    start("early", 100)();
    await clock.advance(499);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual(["late"]);
  });

  it("does not call one that another has cancelled at the same moment", async () => {
    const { clock, timer, fired } = setUp();
    const cancels: (() => void)[] = [];
    const time = clock.monotonic() + 100;
    timer.callAt(time, () => {
      fired.push("first");
      cancels[0]?.();
    });
    cancels.push(timer.callAt(time, () => fired.push("second")));
    await clock.advance(100);
    expect(fired).toEqual(["first"]);
  });

  it("still calls a later one when one throws", async () => {
    const { clock, timer, fired, start } = setUp();
    timer.callAt(clock.monotonic() + 100, () => {
      throw new Error("listener");
    });
    start("later", 200);
    await expect(clock.advance(100)).rejects.toThrow("listener");
    await clock.advance(100);
    expect(fired).toEqual(["later"]);
  });

  it("has no timer for a limit without an end", () => {
    const { clock, start } = setUp();
    start("never", Number.POSITIVE_INFINITY);
    expect(clock.pending).toBe(0);
  });

  it("calls one that a timer reports a little early, as those of Node do", async () => {
    const { clock, fired, start } = setUp();
    const real = clock.setTimeout.bind(clock);
    clock.setTimeout = ((callback: () => void, milliseconds: number) => real(callback, milliseconds - 0.7)) as never;
    start("early", 100);
    await clock.advance(99.5);
    expect(fired).toEqual(["early"]);
  });
});

describe("a timer that is shared", () => {
  it("stays set between two limits, and keeps the process alive only while there is one", () => {
    const { clock, start } = setUp();
    start("a", 100)();
    expect(clock.log).toEqual(["set", "unref"]);
    start("b", 200);
    expect(clock.log).toEqual(["set", "unref", "ref"]);
    start("c", 50);
    expect(clock.log).toEqual(["set", "unref", "ref", "set"]);
  });
});

describe("a limit of 30 days, which is longer than a timer can be", () => {
  const LONG = 30 * 86_400_000;

  it("that is cancelled lets the process end: its timer is detached", async () => {
    const { clock, start } = setUp();
    start("first", 100);
    await clock.advance(100);
    start("long", LONG)();
    expect(clock.log).toEqual(["set", "set", "unref"]);
  });

  it("is called at its time, by a timer that is set twice", async () => {
    const { clock, fired, start } = setUp();
    start("long", LONG);
    await clock.advance(LONG - 1);
    expect([clock.log, fired]).toEqual([["set", "set"], []]);
    await clock.advance(1);
    expect(fired).toEqual(["long"]);
    expect(clock.pending).toBe(0);
  });
});

describe("a timer that is not shared", () => {
  const limitsOf = (clock: ManualClock) => {
    const timer = new SharedTimer(clock);
    return [100, 200, 300].map((milliseconds) => timer.callAt(clock.monotonic() + milliseconds, () => {}));
  };

  it("is set for each limit where it cannot be detached, as in a browser, and cleared with it", () => {
    const clock = new ManualClock();
    const cancels = limitsOf(clock);
    expect(clock.pending).toBe(3);
    for (const cancel of cancels) cancel();
    expect(clock.pending).toBe(0);
  });

  it("is set for each limit on Cloudflare, where it ends with the request that has set it", () => {
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
    const clock = new DetachableClock();
    limitsOf(clock);
    expect(clock.log).toEqual(["set", "set", "set"]);
  });
});
