import { describe, expect, it, vi } from "vitest";
import { SharedTimer } from "../../src/base/shared-timer.ts";
import { ManualClock } from "../support/manual-clock.ts";

function setUp() {
  const clock = new ManualClock();
  const timer = new SharedTimer(clock);
  const fired: string[] = [];
  const start = (name: string, milliseconds: number) => timer.start(() => fired.push(name), milliseconds);
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

  it("leaves no timer behind when all are cancelled, and a cancelled one is never called", async () => {
    const { clock, fired, start } = setUp();
    const cancels = [start("a", 100), start("b", 50)];
    for (const cancel of cancels) cancel();
    expect(clock.pending).toBe(0);
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
    timer.start(() => {
      fired.push("first");
      cancels[0]?.();
    }, 100);
    cancels.push(timer.start(() => fired.push("second"), 100));
    await clock.advance(100);
    expect(fired).toEqual(["first"]);
  });

  it("still calls a later one when one throws", async () => {
    const { clock, timer, fired, start } = setUp();
    timer.start(() => {
      throw new Error("listener");
    }, 100);
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
    clock.setTimeout = (callback, milliseconds) => real(callback, milliseconds - 0.7);
    start("early", 100);
    await clock.advance(99.5);
    expect(fired).toEqual(["early"]);
  });
});

describe("a timer of a runtime that can detach it", () => {
  it("stays set between two limits, and keeps the process alive only while there is one", () => {
    const detachable = { ref: vi.fn(), unref: vi.fn() };
    const clock = new ManualClock();
    const setTimeout = vi.spyOn(clock, "setTimeout").mockReturnValue(detachable as never);
    const timer = new SharedTimer(clock);
    timer.start(() => {}, 100)();
    expect([
      setTimeout.mock.calls.length,
      detachable.ref.mock.calls.length,
      detachable.unref.mock.calls.length,
    ]).toEqual([1, 0, 1]);
    timer.start(() => {}, 200);
    expect([
      setTimeout.mock.calls.length,
      detachable.ref.mock.calls.length,
      detachable.unref.mock.calls.length,
    ]).toEqual([1, 1, 1]);
    timer.start(() => {}, 50);
    expect(setTimeout.mock.calls.length).toBe(2);
  });
});
