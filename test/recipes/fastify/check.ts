import { expect, test } from "vitest";
import { webhookTo } from "../support.ts";

test("a signed webhook is taken, a changed one is not", async () => {
  const { app } = await import("./server.ts");
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  expect(await webhookTo(`${origin}/angelcam/notify`)).toEqual([204, 401]);
  await app.close();
});
