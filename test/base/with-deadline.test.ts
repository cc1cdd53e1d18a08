import { expect, test } from "vitest";
import { withDeadline } from "../../src/base/time-limit.ts";
import { ManualClock } from "../support/manual-clock.ts";

const tooLate = () => new Error("too late");

test("a deadline of Infinity sets no timer, for which every runtime would take 1 ms", async () => {
  const clock = new ManualClock();
  const pending = await withDeadline(clock, Number.POSITIVE_INFINITY, undefined, async () => clock.pending, tooLate);
  expect(pending).toBe(0);
});

test("a deadline of 5 seconds aborts the work with its reason, and leaves no timer behind", async () => {
  const clock = new ManualClock();
  const work = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await expect(clock.drive(withDeadline(clock, 5_000, undefined, work, tooLate))).rejects.toThrow("too late");
  expect([clock.monotonic(), clock.pending]).toEqual([5_000, 0]);
});
