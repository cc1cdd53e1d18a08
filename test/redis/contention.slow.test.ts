import { expect, it } from "vitest";
import type { Child } from "../node/support.ts";
import { HttpAngelcam, mostIn } from "./http-angelcam.ts";
import { describeWithRedis, messagesOf, newKey, startProcess, until } from "./support.ts";

const FOUR = [1, 2, 3, 4];

describeWithRedis("four processes on one account", (redis) => {
  it("refresh its tokens once for each of three expiries in 4 x 50 calls", async () => {
    const server = new HttpAngelcam({ processes: 4, callsEach: 50 });
    server.expireAt = [50, 100, 150];
    const facts = { url: redis.url, baseUrl: await server.listen(), calls: 50, atOnce: 5, tokens: { key: newKey() } };
    const children = FOUR.map(() => startProcess("call", facts));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    for (const child of children) expect((await messagesOf(child)).at(-1)).toEqual({ failures: [] });
    expect(server.served).toBe(200);
    expect(server.tokenRequests("password")).toBe(1);
    expect(server.tokenRequests("refresh_token")).toBe(3);
    expect(server.reuses).toBe(0);
  });

  it("never put more than the limit into any window, as the server counts", async () => {
    const server = new HttpAngelcam({ processes: 4, callsEach: 40 });
    const quota = { key: newKey(), windows: [{ limit: 20, seconds: 0.25 }], maxWait: 60_000 };
    const facts = {
      url: redis.url,
      baseUrl: await server.listen(),
      calls: 40,
      atOnce: 40,
      tokens: { key: newKey() },
      quota,
    };
    const children = FOUR.map(() => startProcess("call", facts));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    for (const child of children) expect((await messagesOf(child)).at(-1)).toEqual({ failures: [] });
    expect(server.arrivals).toHaveLength(161);
    expect(mostIn(server.arrivals, 250)).toBeLessThanOrEqual(20);
  });

  it("go on when one of them is killed in the middle of its calls", async () => {
    const server = new HttpAngelcam({ processes: 4, callsEach: 40 });
    const facts = {
      url: redis.url,
      baseUrl: await server.listen(),
      calls: 40,
      atOnce: 40,
      tokens: { key: newKey(), lease: 1_500 },
      quota: { key: newKey(), windows: [{ limit: 20, seconds: 0.25 }], maxWait: 60_000, longestRequest: 500 },
    };
    const [victim, ...others] = FOUR.map(() => startProcess("call", facts)) as [Child, ...Child[]];
    await until(() => server.served >= 30);
    await victim.kill();
    server.forget(victim.id);
    expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    for (const child of others) expect((await messagesOf(child)).at(-1)).toEqual({ failures: [] });
    expect(mostIn(server.arrivals, 250)).toBeLessThanOrEqual(20);
    expect(server.reuses).toBe(0);
  });
});
