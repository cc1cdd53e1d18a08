import { describe, expect, it } from "vitest";
import { RejectionMemory } from "../../src/auth/rejection-memory.ts";

/** Milliseconds for which no refresh is allowed from `now` on. */
function pauseOf(memory: RejectionMemory, rejected: string, now: number): number {
  let pause = 0;
  while (!memory.mayRefresh(rejected, now + pause)) pause += 1_000;
  return pause;
}

/** A session whose server rejects each new token as soon as a refresh is allowed, and the token that it has in the end. */
function afterRejections(count: number) {
  const memory = new RejectionMemory();
  let now = 0;
  let token = "token-0";
  const pauses: number[] = [];
  for (let number = 1; number <= count; number++) {
    now += 1_000 * (pauses.at(-1) ?? 0);
    expect(memory.mayRefresh(token, now)).toBe(true);
    token = `token-${number}`;
    memory.noteCurrent(token, now);
    memory.addFailedRefresh(token, now);
    pauses.push(pauseOf(memory, token, now) / 1_000);
  }
  return { memory, now, token, pauses };
}

describe("after a new token was rejected too", () => {
  it("the pauses without a refresh double from 5 s to 10 minutes", () => {
    expect(afterRejections(9).pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
  });

  it("by ten calls that waited for it: the pause is 5 s, as after one", () => {
    const memory = new RejectionMemory();
    memory.noteCurrent("new", 0);
    for (let call = 0; call < 10; call++) memory.addFailedRefresh("new", 0);
    expect(pauseOf(memory, "new", 0)).toBe(5_000);
  });
});

it("more than 10 minutes after the last rejection, the next pause is 5 s again", () => {
  const pauseAfter = (quiet: number) => {
    const { memory, now, token } = afterRejections(8);
    const later = now + 600_000 + quiet;
    expect(memory.mayRefresh(token, later)).toBe(true);
    memory.noteCurrent("later", later);
    memory.addFailedRefresh("later", later);
    return pauseOf(memory, "later", later);
  };
  expect([pauseAfter(600_000), pauseAfter(600_001)]).toEqual([600_000, 5_000]);
});

describe("within a pause of 10 minutes", () => {
  it("a later token that is rejected after 30 s gets a refresh at once, and the next pause is 5 s", () => {
    const { memory, now } = afterRejections(8);
    memory.noteCurrent("later", now + 1_000);
    expect(memory.mayRefresh("later", now + 31_000)).toBe(true);
    memory.noteCurrent("latest", now + 31_000);
    memory.addFailedRefresh("latest", now + 31_000);
    expect(pauseOf(memory, "latest", now + 31_000)).toBe(5_000);
  });

  it("a later token that is rejected when it is new gets none until 30 s have passed", () => {
    const { memory, now } = afterRejections(8);
    memory.noteCurrent("later", now + 1_000);
    expect(pauseOf(memory, "later", now + 1_000)).toBe(30_000);
  });

  it("a later token of another session, which is seen when it is rejected, gets none until 30 s have passed", () => {
    const { memory, now } = afterRejections(8);
    expect(pauseOf(memory, "another", now + 1_000)).toBe(30_000);
  });

  it("the token that was rejected when it was new gets none until the pause is over", () => {
    const { memory, now, token } = afterRejections(8);
    expect(pauseOf(memory, token, now)).toBe(600_000);
  });
});
