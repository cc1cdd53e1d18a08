import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { waitUnlessAborted } from "../../src/base/abort.ts";

const never = new Promise<never>(() => {});
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("waitUnlessAborted", () => {
  it("returns the promise itself without a signal", () => {
    const promise = Promise.resolve(7);
    expect(waitUnlessAborted(promise, undefined)).toBe(promise);
  });

  it("rejects at once with the reason of a signal that is already aborted", async () => {
    const reason = new Error("enough");
    await expect(waitUnlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("rejects with the reason of a signal that aborts meanwhile, and removes its listener", async () => {
    const controller = new AbortController();
    const wait = waitUnlessAborted(never, controller.signal);
    expect(listenersOf(controller.signal)).toBe(1);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(wait).rejects.toBe(reason);
    expect(listenersOf(controller.signal)).toBe(0);
  });

  it("reports no unhandled rejection of the promise when the signal is already aborted", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const wait = waitUnlessAborted(Promise.reject(new Error("no token")), AbortSignal.abort(new Error("enough")));
    await expect(wait).rejects.toThrow("enough");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("settles like the promise, and removes its listener from the signal", async () => {
    const { signal } = new AbortController();
    expect(await waitUnlessAborted(Promise.resolve(7), signal)).toBe(7);
    const failure = new Error("no token");
    await expect(waitUnlessAborted(Promise.reject(failure), signal)).rejects.toBe(failure);
    await Promise.resolve();
    expect(listenersOf(signal)).toBe(0);
  });
});
