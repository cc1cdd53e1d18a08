import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { listenForAbort, withAbort } from "../../src/base/abort.ts";

const reason = new Error("enough");
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

/** Work that a test settles; it records the reason that its cleanup received. */
function begun(signal?: AbortSignal) {
  const ends: unknown[] = [];
  let steps = { resolve: (_: number) => {}, reject: (_: unknown) => {} };
  const promise = withAbort<number>(signal, (resolve, reject) => {
    steps = { resolve, reject };
    return (failure) => ends.push(failure);
  });
  const outcome = promise.catch((error: unknown) => error);
  return { ends, outcome, ...steps };
}

describe("withAbort", () => {
  it("rejects with what start throws, and leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const promise = withAbort(signal, () => {
      throw reason;
    });
    await expect(promise).rejects.toBe(reason);
    expect(listenersOf(signal)).toBe(0);
  });

  it("does not start work for a signal that is already aborted", async () => {
    let begun = 0;
    const promise = withAbort(AbortSignal.abort(reason), () => {
      begun++;
      return () => {};
    });
    await expect(promise).rejects.toBe(reason);
    expect(begun).toBe(0);
  });

  it("resolves like its work, with no reason for the cleanup, without a signal and with one", async () => {
    const { signal } = new AbortController();
    for (const given of [undefined, signal]) {
      const { ends, outcome, resolve } = begun(given);
      resolve(7);
      expect([await outcome, ends]).toEqual([7, [undefined]]);
    }
    expect(listenersOf(signal)).toBe(0);
  });

  it("rejects like its work, and passes the error to the cleanup", async () => {
    const { signal } = new AbortController();
    const { ends, outcome, reject } = begun(signal);
    reject(reason);
    expect([await outcome, ends]).toEqual([reason, [reason]]);
    expect(listenersOf(signal)).toBe(0);
  });

  it("rejects once with the reason of the abort, whatever the work does later", async () => {
    const controller = new AbortController();
    const { ends, outcome, resolve, reject } = begun(controller.signal);
    expect(listenersOf(controller.signal)).toBe(1);
    controller.abort(reason);
    expect([ends, listenersOf(controller.signal)]).toEqual([[reason], 0]);
    resolve(7);
    reject(new Error("late"));
    expect([await outcome, ends]).toEqual([reason, [reason]]);
  });

  it("runs the cleanup of work that settles while it starts", async () => {
    const { signal } = new AbortController();
    let ends = 0;
    const promise = withAbort<number>(signal, (resolve) => {
      resolve(7);
      return () => ends++;
    });
    expect([await promise, ends, listenersOf(signal)]).toEqual([7, 1, 0]);
  });

  it("runs the cleanup with the reason when the signal aborts while the work starts", async () => {
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

it("a listener that is removed twice leaves one event listener for those that came meanwhile", () => {
  const { signal } = new AbortController();
  const removeFirst = listenForAbort(signal, () => {});
  removeFirst();
  const removeSecond = listenForAbort(signal, () => {});
  removeFirst();
  const removeThird = listenForAbort(signal, () => {});
  expect(listenersOf(signal)).toBe(1);
  removeSecond();
  removeThird();
  expect(listenersOf(signal)).toBe(0);
});

it("200 waits on one signal share one event listener, and each is cleaned up", async () => {
  const controller = new AbortController();
  const waits = Array.from({ length: 200 }, () => withAbort(controller.signal, () => () => {}));
  const ended = Promise.allSettled(waits);
  expect(listenersOf(controller.signal)).toBe(1);
  controller.abort(reason);
  expect((await ended).map((result) => result.status === "rejected" && result.reason)).toEqual(Array(200).fill(reason));
  expect(listenersOf(controller.signal)).toBe(0);
});
