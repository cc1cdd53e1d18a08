import path from "node:path";
import type { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../node/support.ts";
import { HttpAngelcam } from "./http-angelcam.ts";
import { describeWithRedis, ioredis, messagesOf, newKey, startProcess, until } from "./support.ts";

const ROUNDS = 40;
const LEASE = 1_000;

/** The same moments in every run: a small linear congruential generator (Numerical Recipes). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Four processes whose access token ends again and again, while one of them after the other is suspended. */
async function suspendProcesses(store: Record<string, unknown>, failover?: (round: number) => Promise<void>) {
  const server = new HttpAngelcam({ processes: 4, callsEach: 0 });
  server.angelcam.latency = 0;
  const facts = { ...store, baseUrl: await server.listen(), refreshToken: server.angelcam.begin() };
  const children = [1, 2, 3, 4].map(() => startProcess("call-often", facts));
  for (const child of children) await child.next();
  const roll = dice(20_261_124);
  for (let round = 0; round < ROUNDS; round++) {
    // An access token ends when all have used it, so that no call meets two ends.
    const before = children.map(({ received }) => received);
    await until(() => children.every(({ received }, index) => received >= (before[index] ?? 0) + 3));
    server.angelcam.expire();
    await wait(roll(60));
    const id = children[roll(4)]?.id ?? 0;
    process.kill(id, "SIGSTOP");
    await failover?.(round);
    // Some are suspended for longer than the lease of the lock.
    await wait(roll(4) === 0 ? LEASE * 1.5 : roll(150));
    process.kill(id, "SIGCONT");
  }
  for (const child of children) child.send("end");
  const outcomes = await Promise.all(children.map(async (child) => (await messagesOf(child)).at(-1)));
  return { server, outcomes: outcomes as Record<string, number>[] };
}

function expectNothingLost({ server, outcomes }: Awaited<ReturnType<typeof suspendProcesses>>): void {
  for (const outcome of outcomes) {
    expect(outcome.ok).toBeGreaterThan(ROUNDS);
    expect(Object.keys(outcome)).toEqual(["ok"]);
  }
  expect(server.angelcam.reuses).toBe(0);
  expect(server.tokenRequests("refresh_token")).toBeGreaterThanOrEqual(ROUNDS / 2);
  // Every token request was accepted: there was no invalid_grant.
  expect(server.angelcam.tokenRequests("refresh_token")).toHaveLength(server.angelcam.accepted);
}

describe.skipIf(process.platform === "win32")("four processes that are suspended at random", () => {
  it("on one token file meet no invalid_grant", async () => {
    expectNothingLost(await suspendProcesses({ file: path.join(temporaryFolder(), "tokens.json") }));
  });
});

describeWithRedis("four processes that are suspended at random", (redis) => {
  it("on one Redis meet no invalid_grant", async () => {
    expectNothingLost(await suspendProcesses({ url: redis.url, key: newKey(), lease: LEASE }));
  });

  it("meet none either while Redis is read-only for two seconds, as during a failover", {
    timeout: 300_000,
  }, async () => {
    const admin: Redis = ioredis(redis.url);
    const failover = async (round: number) => {
      if (round % 10 !== 5) return;
      // A replica of a server that does not exist keeps its data and takes no writes.
      await admin.config("SET", "replica-serve-stale-data", "yes");
      await admin.replicaof("127.0.0.1", 1);
      await wait(2_000);
      await admin.replicaof("NO", "ONE");
    };
    expectNothingLost(await suspendProcesses({ url: redis.url, key: newKey(), lease: LEASE }, failover));
  });
});
