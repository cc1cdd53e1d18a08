import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { AsyncContext } from "../../src/base/async-context.ts";
import { fileTokenStore } from "../../src/node/index.ts";
import { redisTokenStore } from "../../src/redis/index.ts";
import { temporaryFolder } from "../node/support.ts";

test("code that run calls finds its value after an await, and that of the innermost run", async () => {
  const context = new AsyncContext<string>();
  const values = await context.run("outer", async () => {
    const inner = await context.run("inner", async () => {
      await Promise.resolve();
      return context.value;
    });
    return [inner, context.value];
  });
  expect([values, context.value]).toEqual([["inner", "outer"], undefined]);
});

test.each([
  ["fileTokenStore", () => fileTokenStore(path.join(temporaryFolder(), "tokens.json"))],
  ["redisTokenStore", () => redisTokenStore({ call: async () => 1 }, { key: "angelcam:tokens" })],
])("%s keeps no storage in use after its lock, which would slow every promise of Node 20", async (_, create) => {
  const disabled = vi.spyOn(AsyncLocalStorage.prototype, "disable");
  const store = create();
  await store.lock(async () => {
    expect(disabled).not.toHaveBeenCalled();
  });
  expect(disabled).toHaveBeenCalledOnce();
});
