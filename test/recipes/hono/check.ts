import { serve } from "@hono/node-server";
import { expect, test } from "vitest";
import { originOf, webhookTo } from "../support.ts";

test("a signed webhook is taken, a changed one is not", async () => {
  const { app } = await import("./server.ts");
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  const origin = await originOf(server);
  expect(await webhookTo(`${origin}/angelcam/notify`)).toEqual([204, 401]);
  server.close();
});
