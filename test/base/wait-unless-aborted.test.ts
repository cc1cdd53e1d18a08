import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { waitUnlessAborted } from "../../src/base/abort.ts";

const never = new Promise<never>(() => {});
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("a wait that others share", () => {
  it("is the promise itself where nobody can give up", () => {
    const promise = Promise.resolve(7);
    expect(waitUnlessAborted(promise, undefined)).toBe(promise);
  });

  it("ends at once, with the reason, for a caller who has given up before", async () => {
    const reason = new Error("enough");
    await expect(waitUnlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("ends with the reason of a caller who gives up meanwhile, and leaves nothing on the signal", async () => {
    const controller = new AbortController();
    const wait = waitUnlessAborted(never, controller.signal);
    expect(listenersOf(controller.signal)).toBe(1);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(wait).rejects.toBe(reason);
    expect(listenersOf(controller.signal)).toBe(0);
  });

  it("keeps a failure from being reported as unhandled where its only caller has given up before", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const wait = waitUnlessAborted(Promise.reject(new Error("no token")), AbortSignal.abort(new Error("enough")));
    await expect(wait).rejects.toThrow("enough");
    await new Promise((fulfil) => setImmediate(fulfil));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("hands on what the promise comes to, and leaves nothing on a signal that lives on", async () => {
    const { signal } = new AbortController();
    expect(await waitUnlessAborted(Promise.resolve(7), signal)).toBe(7);
    const failure = new Error("no token");
    await expect(waitUnlessAborted(Promise.reject(failure), signal)).rejects.toBe(failure);
    await Promise.resolve();
    expect(listenersOf(signal)).toBe(0);
  });
});
