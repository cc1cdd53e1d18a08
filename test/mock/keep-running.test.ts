import { expect, test } from "vitest";
import { keepRunning } from "../../src/mock/keep-running.ts";
import type { Prism, PrismExit } from "../../src/mock/prism.ts";
import { PrismError } from "../../src/mock/prism-error.ts";

const CRASH: PrismExit = { code: 1, signal: null };

/** A mock that ends on demand. */
function fakePrism(): Prism & { end(): void; stops: number } {
  let end = () => {};
  const exited = new Promise<PrismExit>((resolve) => {
    end = () => resolve(CRASH);
  });
  const prism = {
    origin: "http://127.0.0.1:4010",
    port: 4010,
    pid: 1,
    exited,
    end,
    stops: 0,
    stop: async () => {
      prism.stops++;
    },
    [Symbol.asyncDispose]: () => prism.stop(),
  };
  return prism;
}

/**
 * Keeps mocks running: each lives as many milliseconds as `lives` says, or fails to start with the error that is
 * there. The one behind the last lives until the signal comes.
 */
function keep(lives: readonly (number | Error)[]) {
  let now = 0;
  let starts = 0;
  const [mocks, pauses, reasons]: [ReturnType<typeof fakePrism>[], number[], string[]] = [[], [], []];
  const stop = new AbortController();
  const done = keepRunning({
    signal: stop.signal,
    start: async () => {
      const life = lives[starts++];
      if (life instanceof Error) throw life;
      const prism = fakePrism();
      mocks.push(prism);
      return prism;
    },
    onListening: () => {
      const life = lives[starts - 1];
      if (typeof life !== "number") return stop.abort();
      now += life;
      mocks.at(-1)?.end();
    },
    onEnd: (reason, pause) => {
      reasons.push(reason);
      pauses.push(pause);
    },
    clock: { now: () => now, sleep: async () => {} },
  });
  return { done, mocks, pauses, reasons };
}

test("a mock that ends once in a while is started again at once, however often", async () => {
  const { done, mocks, pauses } = keep(Array(50).fill(60_000));
  await done;
  expect(mocks).toHaveLength(51);
  expect(new Set(pauses)).toEqual(new Set([0]));
});

test("the pause grows while the mock ends quickly, and begins again after a long life", async () => {
  const { done, pauses } = keep([10, 10, 10, 10, 60_000, 10, 10]);
  await done;
  expect(pauses).toEqual([0, 100, 200, 400, 0, 100, 200]);
});

test("a mock that does nothing but end is given up with a clear error", async () => {
  const { done, mocks } = keep(Array(100).fill(10));
  await expect(done).rejects.toThrow(PrismError);
  await expect(done).rejects.toThrow(
    "The mock ended 8 times in a row within 5 seconds of its start, and will not be started again. The last time: The mock ended with code 1.",
  );
  expect(mocks).toHaveLength(8);
});

test("a mock that cannot be started at all fails at once, with the reason", async () => {
  const reason = new PrismError("not-started", "There is no document.");
  await expect(keep([reason]).done).rejects.toBe(reason);
});

test("a mock that ends while it comes back is started once more", async () => {
  const { done, mocks, reasons, pauses } = keep([10, new PrismError("not-started", "It ended before it listened.")]);
  await done;
  expect(mocks).toHaveLength(2);
  expect(reasons).toEqual(["The mock ended with code 1.", "It ended before it listened."]);
  expect(pauses).toEqual([0, 100]);
});

test("a mock that never comes back is given up with what it said last", async () => {
  const { done } = keep([10, ...Array(100).fill(new PrismError("not-started", "It ended before it listened."))]);
  await expect(done).rejects.toThrow("The last time: It ended before it listened.");
});

test("a mock whose port has gone to another program fails with the reason", async () => {
  const reason = new PrismError("port-taken", "Port 4010 is taken.");
  await expect(keep([10, reason]).done).rejects.toBe(reason);
});

test("the signal stops the mock and starts no other", async () => {
  const { done, mocks } = keep([]);
  await done;
  expect(mocks.map(({ stops }) => stops)).toEqual([1]);
});

test("the signal ends the pause before the next start", async () => {
  const stop = new AbortController();
  let starts = 0;
  await keepRunning({
    signal: stop.signal,
    start: async () => {
      starts++;
      const prism = fakePrism();
      prism.end();
      return prism;
    },
    onListening: () => {},
    onEnd: () => {},
    clock: { now: () => 0, sleep: async () => stop.abort() },
  });
  expect(starts).toBe(1);
});
