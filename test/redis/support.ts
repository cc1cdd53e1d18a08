import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import type { RedisClient } from "../../src/redis/index.ts";
import { type Child, startChild } from "../node/support.ts";
import { type RedisServer, startRedis, whyNoRedis } from "./redis-server.ts";

/** Tests that need a Redis: all in one file share one, and each takes keys of its own. */
export function describeWithRedis(name: string, tests: (redis: { url: string }) => void): void {
  const shared = { url: "" };
  describe.skipIf(whyNoRedis)(whyNoRedis ? `${name} (skipped: ${whyNoRedis})` : name, () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
      shared.url = server.url;
    }, 400_000);
    afterAll(() => server.stop());
    tests(shared);
  });
}

/** A key that no other test uses. */
export function newKey(): string {
  return `test:${crypto.randomUUID()}`;
}

/** A connected client of the package `redis`, closed with the test. */
export async function nodeRedis(url: string) {
  const client = await createClient({ url })
    .on("error", () => {})
    .connect();
  onTestFinished(() => client.destroy());
  return client;
}

/** A client of the package `ioredis`, closed with the test. */
export function ioredis(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on("error", () => {});
  onTestFinished(() => client.disconnect());
  return client;
}

/** A client with the one method that clients over REST share. */
function evalClient(url: string): RedisClient {
  const redis = ioredis(url);
  return { eval: (script, keys, args) => redis.call("EVAL", script, String(keys.length), ...keys, ...args) };
}

/** The clients that the package promises to work with. */
export const clients: readonly [name: string, connect: (url: string) => RedisClient | Promise<RedisClient>][] = [
  ["redis", nodeRedis],
  ["ioredis", ioredis],
  ["a client with eval alone, as over REST", evalClient],
];

/** A process of its own that runs `test/redis/fixtures/NAME.ts` with the given facts. */
export function startProcess(fixture: string, facts: Record<string, unknown>): Child {
  return startChild(`../../redis/fixtures/${fixture}`, JSON.stringify(facts));
}

/** Waits until something is true that another process brings about. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** What a process that has ended has told. */
export async function messagesOf(child: Child): Promise<unknown[]> {
  const messages: unknown[] = [];
  for (;;) {
    const message = await child.next().catch(() => undefined);
    if (message === undefined) return messages;
    messages.push(message);
  }
}
