import { expect, it } from "vitest";
import type { Child } from "../node/support.ts";
import { HttpAngelcam, mostIn } from "./http-angelcam.ts";
import { describeWithRedis, messagesOf, newKey, startProcess, until } from "./support.ts";

const FOUR = [1, 2, 3, 4];
const ROUNDS = 50;

describeWithRedis("four processes on one account", (redis) => {
  it("never put more than 20 into any 2 seconds, as the server counts, and use them all", {
    timeout: 300_000,
  }, async () => {
    const server = new HttpAngelcam({ processes: 4, callsEach: 40 });
    const quota = { key: newKey(), windows: [{ limit: 20, seconds: 2 }] };
    const tokens = { key: newKey() };
    const facts = { url: redis.url, baseUrl: await server.listen(), calls: 40, atOnce: 40, tokens, quota };
    const children = FOUR.map(() => startProcess("call", facts));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    for (const child of children) expect((await messagesOf(child)).at(-1)).toEqual({ failures: [] });
    expect(server.arrivals).toHaveLength(161);
    expect(mostIn(server.arrivals, 2_000)).toBe(20);
  });

  it(`go on when one is killed at any moment: ${ROUNDS} rounds`, { timeout: 1_200_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const server = new HttpAngelcam({ processes: 4, callsEach: 25 });
      server.expireAt = [10, 20, 30, 40, 50, 60, 70];
      const tokens = { key: newKey(), lease: 1_500 };
      const facts = { url: redis.url, baseUrl: await server.listen(), calls: 25, atOnce: 1, tokens };
      const [victim, ...others] = FOUR.map(() => startProcess("call", facts)) as [Child, ...Child[]];
      await until(() => server.served >= round + 5);
      await victim.kill();
      server.forget(victim.id);
      expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0, 0]);
      for (const child of others) expect((await messagesOf(child)).at(-1)).toEqual({ failures: [] });
      // Only a death between the server's response and the write to Redis costs a sign-in.
      expect(server.tokenRequests("password")).toBeLessThanOrEqual(2);
      expect(server.reuses).toBe(server.tokenRequests("password") - 1);
    }
  });
});
