import { describe, expect, it } from "vitest";
import { RejectionMemory } from "../../src/auth/rejection-memory.ts";

/** Milliseconds for which no refresh is allowed from `now` on. */
function pauseOf(memory: RejectionMemory, now: number): number {
  let pause = 0;
  while (!memory.mayRefresh(now + pause)) pause += 1_000;
  return pause;
}

describe("after a new token was rejected too", () => {
  it("the pauses without a refresh double from 5 s to 10 minutes", () => {
    const memory = new RejectionMemory();
    const pauses = Array.from({ length: 9 }, (_, attempt) => {
      memory.addFruitless(attempt * 1_000_000);
      return pauseOf(memory, attempt * 1_000_000) / 1_000;
    });
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
  });

  it("the next pause is longer when the refresh had a rejection for its reason, and 5 s again when it had not", () => {
    const memory = new RejectionMemory();
    memory.addFruitless(0);
    memory.settle("second", true);
    memory.addFruitless(1_000_000);
    expect(pauseOf(memory, 1_000_000)).toBe(10_000);
    memory.settle("third", false);
    memory.addFruitless(2_000_000);
    expect(pauseOf(memory, 2_000_000)).toBe(5_000);
  });
});

describe("the rejected token", () => {
  it("is forgotten with a new one", () => {
    const memory = new RejectionMemory();
    memory.rejected = "first";
    memory.settle("second", true);
    expect(memory.rejected).toBeUndefined();
  });

  it("is remembered when the store returns it once more", () => {
    const memory = new RejectionMemory();
    memory.rejected = "first";
    memory.settle("first", true);
    expect(memory.rejected).toBe("first");
  });
});
