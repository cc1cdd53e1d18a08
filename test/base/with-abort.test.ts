import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { withAbort } from "../../src/base/abort.ts";

const reason = new Error("enough");
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

/** Something that a test ends when it likes; what it was told at its end. */
function begun(signal?: AbortSignal) {
  const ends: unknown[] = [];
  let steps = { fulfil: (_: number) => {}, reject: (_: unknown) => {} };
  const promise = withAbort<number>(signal, (fulfil, reject) => {
    steps = { fulfil, reject };
    return (failure) => ends.push(failure);
  });
  const outcome = promise.catch((error: unknown) => error);
  return { ends, outcome, ...steps };
}

describe("something that can be given up", () => {
  it("is not begun for a caller who has given up before", async () => {
    let begun = 0;
    const promise = withAbort(AbortSignal.abort(reason), () => {
      begun++;
      return () => {};
    });
    await expect(promise).rejects.toBe(reason);
    expect(begun).toBe(0);
  });

  it("comes to what it comes to, told no reason at its end, without a signal and with one", async () => {
    const { signal } = new AbortController();
    for (const given of [undefined, signal]) {
      const { ends, outcome, fulfil } = begun(given);
      fulfil(7);
      expect([await outcome, ends]).toEqual([7, [undefined]]);
    }
    expect(listenersOf(signal)).toBe(0);
  });

  it("fails as it fails, told why at its end", async () => {
    const { signal } = new AbortController();
    const { ends, outcome, reject } = begun(signal);
    reject(reason);
    expect([await outcome, ends]).toEqual([reason, [reason]]);
    expect(listenersOf(signal)).toBe(0);
  });

  it("ends once, with the reason of the abort, whatever comes of it later", async () => {
    const controller = new AbortController();
    const { ends, outcome, fulfil, reject } = begun(controller.signal);
    expect(listenersOf(controller.signal)).toBe(1);
    controller.abort(reason);
    expect([ends, listenersOf(controller.signal)]).toEqual([[reason], 0]);
    fulfil(7);
    reject(new Error("late"));
    expect([await outcome, ends]).toEqual([reason, [reason]]);
  });

  it("is ended also when it is over as soon as begun", async () => {
    const { signal } = new AbortController();
    let ends = 0;
    const promise = withAbort<number>(signal, (fulfil) => {
      fulfil(7);
      return () => ends++;
    });
    expect([await promise, ends, listenersOf(signal)]).toEqual([7, 1, 0]);
  });

  it("is ended also when it is given up while it begins, and told the reason", async () => {
    const controller = new AbortController();
    const ends: unknown[] = [];
    const promise = withAbort<number>(controller.signal, () => {
      controller.abort(reason);
      return (failure) => ends.push(failure);
    });
    await expect(promise).rejects.toBe(reason);
    expect([ends, listenersOf(controller.signal)]).toEqual([[reason], 0]);
  });
});

it("200 waits on one signal share one event listener, and each is ended", async () => {
  const controller = new AbortController();
  const waits = Array.from({ length: 200 }, () => withAbort(controller.signal, () => () => {}));
  const ended = Promise.allSettled(waits);
  expect(listenersOf(controller.signal)).toBe(1);
  controller.abort(reason);
  expect((await ended).map((result) => result.status === "rejected" && result.reason)).toEqual(Array(200).fill(reason));
  expect(listenersOf(controller.signal)).toBe(0);
});
