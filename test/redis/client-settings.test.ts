import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Redis } from "ioredis";
import { RESP_TYPES } from "redis";
import { expect, it, onTestFinished } from "vitest";
import { type RedisClient, redisQuota, redisTokenStore } from "../../src/redis/index.ts";
import { tokensOf } from "../node/support.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { describeWithRedis, newKey, nodeRedis } from "./support.ts";

/** A client of `ioredis` that goes on for ever, closed with the test. */
function endlessIoredis(port: number, options: object = {}): Redis {
  const client = new Redis(port, "127.0.0.1", { maxRetriesPerRequest: null, ...options });
  client.on("error", () => {});
  onTestFinished(() => client.disconnect());
  return client;
}

/** A server that ends with the test. */
async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => onConnection(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describeWithRedis("a client that is set to return other types", (redis) => {
  const settings: [name: string, connect: () => RedisClient | Promise<RedisClient>][] = [
    ["ioredis, numbers as strings", () => endlessIoredis(Number(new URL(redis.url).port), { stringNumbers: true })],
    [
      "redis, numbers as strings",
      async () => (await nodeRedis(redis.url)).withTypeMapping({ [RESP_TYPES.NUMBER]: String }),
    ],
    [
      "redis, texts as bytes",
      async () =>
        (await nodeRedis(redis.url)).withTypeMapping({
          [RESP_TYPES.SIMPLE_STRING]: Buffer,
          [RESP_TYPES.BLOB_STRING]: Buffer,
        }) as unknown as RedisClient,
    ],
  ];

  it.each(settings)("keeps tokens and grants slots: %s", async (_, connectClient) => {
    const client = await connectClient();
    const store = redisTokenStore(client, { key: newKey(), lockTimeout: 1000 });
    await store.write(tokensOf(1));
    await store.lock(async (locked) => {
      await locked.verify?.();
      await locked.write(tokensOf(2));
    });
    expect(await store.read()).toEqual(tokensOf(2));
    const quota = redisQuota(client, { key: newKey(), windows: [{ limit: 2, seconds: 60 }], maxWait: 1000 });
    (await quota.acquire()).release();
    expect(await quota.refresh()).toMatchObject([{ used: 1, remaining: 1 }]);
  });
});

describeWithRedis("the lock", (redis) => {
  it("does not wait for itself when the reply to its first attempt was lost and the client sends it again", async () => {
    let isCut = false;
    const port = await listen((socket) => {
      const server = connect(Number(new URL(redis.url).port), "127.0.0.1").on("error", () => {});
      socket.on("close", () => server.destroy());
      server.on("data", (reply) => {
        if (isCut || !taken) socket.write(reply);
        else {
          isCut = true;
          socket.destroy();
        }
      });
      let taken = false;
      socket.on("data", (command) => {
        taken = command.includes("NX");
        server.write(command);
      });
    });
    const store = redisTokenStore(endlessIoredis(port), { key: newKey(), lockTimeout: 5000 });
    expect(await store.lock(async () => "worked")).toBe("worked");
    expect(isCut).toBe(true);
  });
});

it("a wait for the lock of a Redis that never replies ends with the reason of the abort", async () => {
  const port = await listen((socket) => void socket.resume());
  const store = redisTokenStore(endlessIoredis(port, { enableReadyCheck: false }), { key: newKey() });
  const controller = new AbortController();
  const wait = store.lock(async () => expect.unreachable(), { signal: controller.signal });
  controller.abort("enough");
  await expect(wait).rejects.toBe("enough");
});

it("a lock that Redis takes after the abort of its caller is released", async () => {
  const sent: string[] = [];
  let reply = (_: unknown) => {};
  const client = {
    call: (_command: string, script = "") => {
      sent.push(script.includes("'NX'") ? "take" : script.includes("'DEL'") ? "release" : script);
      return new Promise((resolve) => {
        reply = resolve;
      });
    },
  };
  const clock = new ManualClock();
  const controller = new AbortController();
  const wait = redisTokenStore(client, { key: newKey(), clock }).lock(async () => {}, { signal: controller.signal });
  controller.abort("enough");
  await expect(wait).rejects.toBe("enough");
  expect(sent).toEqual(["take"]);
  reply(1);
  await expect.poll(() => sent).toEqual(["take", "release"]);
  reply(1);
  await expect.poll(() => clock.pending).toBe(0);
});

it("the error of a Redis that does not reply names the milliseconds that were waited", async () => {
  const clock = new ManualClock();
  const store = redisTokenStore({ call: () => new Promise(() => {}) }, { key: newKey(), clock });
  await expect(clock.drive(store.lock(async () => {}))).rejects.toThrow("Redis did not reply within 10000 ms");
});

it("10,000 requests that fail in an outage leave no more than 1,000 to report when Redis is back", async () => {
  const sent: string[] = [];
  const client = {
    eval: async (_script: string, _keys: string[], [input = ""]: string[]) => {
      sent.push(input);
      throw new Error("connect ECONNREFUSED");
    },
  };
  const quota = redisQuota(client, { key: newKey() });
  for (let round = 0; round < 100; round++) {
    const calls = Array.from({ length: 100 }, () => quota.acquire());
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
  }
  await expect(quota.refresh()).rejects.toThrow("ECONNREFUSED");
  const reported = JSON.parse(sent.at(-1) ?? "").gone.length;
  expect(reported).toBeGreaterThan(100);
  expect(reported).toBeLessThanOrEqual(1100);
});
