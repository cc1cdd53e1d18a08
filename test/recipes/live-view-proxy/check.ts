import { expect, test, vi } from "vitest";
import { angelcam, listen, request } from "../support.ts";

test("the visitor gets the picture and neither token nor link; another camera is not there", async () => {
  const streams: string[] = [];
  const sandbox = angelcam({ cameras: 2 }, () => ({
    "*": (url) => {
      streams.push(url);
      return new Response("--picture--", { headers: { "Content-Type": "multipart/x-mixed-replace", "X-Origin": url } });
    },
  }));
  const [shown, hidden] = [...sandbox.cameras];
  vi.stubEnv("PUBLIC_CAMERAS", String(shown?.id));
  const { server } = await import("./server.ts");
  await using listening = await listen(server);
  const response = await request(`${listening.origin}/live/${shown?.id}`);
  expect([response.status, await response.text()]).toEqual([200, "--picture--"]);
  expect(streams).toHaveLength(1);
  const headers = JSON.stringify([...response.headers]);
  for (const secret of [...streams, process.env.ANGELCAM_TOKEN ?? "no token"]) expect(headers).not.toContain(secret);
  expect((await request(`${listening.origin}/live/${hidden?.id}`)).status).toBe(404);
});

test("a streamer that cannot be reached, and an id that is none, end in an error and not in the end of the server", async () => {
  const unreachable = () => {
    throw new TypeError("fetch failed");
  };
  const [shown] = angelcam({ cameras: 1 }, () => ({ "*": unreachable })).cameras;
  vi.resetModules();
  vi.stubEnv("PUBLIC_CAMERAS", `0,${shown?.id}`);
  const { server } = await import("./server.ts");
  await using listening = await listen(server);
  for (const id of [shown?.id, 0]) expect((await request(`${listening.origin}/live/${id}`)).status).toBe(502);
});
