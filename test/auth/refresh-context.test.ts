import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test, vi } from "vitest";

type Context = typeof import("../../src/auth/refresh-context.ts");

/** The module as it is in another runtime, which has this for `process`. */
async function loadWith(process: unknown): Promise<Context> {
  vi.resetModules();
  vi.stubGlobal("process", process);
  return import("../../src/auth/refresh-context.ts");
}

const owner = {};

test("in a browser, which has no storage, work runs and the value of the caller counts", async () => {
  const { runWithinRefresh, isWithinRefresh } = await loadWith(undefined);
  expect(isWithinRefresh(owner, true)).toBe(false);
  expect(await runWithinRefresh(owner, async () => isWithinRefresh(owner, true))).toBe(true);
  expect([isWithinRefresh(owner, true), isWithinRefresh(owner, false)]).toEqual([true, false]);
});

test("in workerd, whose storage cannot be disabled, a refresh is known from inside and ends without an error", async () => {
  class Storage extends AsyncLocalStorage<unknown> {
    override disable(): never {
      throw new Error("asyncLocalStorage.disable() is not implemented");
    }
  }
  const process = { getBuiltinModule: () => ({ AsyncLocalStorage: Storage }) };
  const { runWithinRefresh, isWithinRefresh } = await loadWith(process);
  expect(await runWithinRefresh(owner, async () => isWithinRefresh(owner, false))).toBe(true);
  expect(isWithinRefresh(owner, true)).toBe(false);
});

test("on Node the storage is in use while a refresh runs, also one within another, and not after it", async () => {
  const disabled = vi.spyOn(AsyncLocalStorage.prototype, "disable");
  const { runWithinRefresh, isWithinRefresh } = await loadWith(globalThis.process);
  const other = {};
  await runWithinRefresh(owner, async () => {
    await runWithinRefresh(other, async () => {
      expect([isWithinRefresh(owner, false), isWithinRefresh(other, false)]).toEqual([true, true]);
    });
    expect([isWithinRefresh(owner, false), isWithinRefresh(other, false)]).toEqual([true, false]);
    expect(disabled).not.toHaveBeenCalled();
  });
  expect(disabled).toHaveBeenCalledOnce();
  expect(isWithinRefresh(owner, true)).toBe(false);
});
