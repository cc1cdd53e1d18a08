import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Angelcam, OAuthSession, type QuotaLimiter, type QuotaRequest, refreshTokenGrant } from "../../src/index.ts";
import { redisQuota, redisTokenStore, TokenStoreError } from "../../src/redis/index.ts";
import { gate, tokensOf } from "../node/support.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";
import { clients, describeWithRedis, ioredis, newKey, nodeRedis, startProcess, until } from "./support.ts";

const noWork = async () => {};

describeWithRedis("redisTokenStore", (redis) => {
  it.each(clients)("returns what was written, with a client of %s", async (_name, connect) => {
    const store = redisTokenStore(await connect(redis.url), { key: newKey() });
    expect(await store.read()).toBeUndefined();
    await store.write(tokensOf(1));
    expect(await store.read()).toEqual(tokensOf(1));
    await store.write(tokensOf(2, "read"));
    expect(await store.read()).toEqual(tokensOf(2, "read"));
  });

  it("keeps the tokens of a session that was revoked", async () => {
    const store = redisTokenStore(ioredis(redis.url), { key: newKey() });
    const none = { accessToken: "", refreshToken: undefined, issuedAt: 1, expiresAt: 1, scope: undefined };
    await store.write(none);
    expect(await store.read()).toEqual(none);
  });

  it("leaves the tokens, and nothing else", async () => {
    const client = ioredis(redis.url);
    const key = newKey();
    await redisTokenStore(client, { key }).write(tokensOf(1));
    expect(await client.keys(`*${key}*`)).toEqual([key]);
  });

  it.each([
    ["text", "is this a token?"],
    ["other JSON", '{"format":"other","accessToken":"secret-token"}'],
    ["damaged tokens", '{"format":"angelcam-client/tokens","version":1,"tokens":{"accessToken":"secret-token"}}'],
    ["a later format", '{"format":"angelcam-client/tokens","version":2,"tokens":{"accessToken":"secret-token"}}'],
  ])("rejects %s, names the key and shows nothing of it", async (_what, text) => {
    const client = ioredis(redis.url);
    const key = newKey();
    await client.set(key, text);
    const error = await redisTokenStore(client, { key })
      .read()
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({ code: "token_store_failed", retryable: false });
    expect(error.message).toContain(key);
    expect(inspect(error)).not.toMatch(/secret-token|is this a token/);
  });

  it.each(clients)("fails without a token in the error when Redis rejects a command of %s", async (_name, connect) => {
    const client = ioredis(redis.url);
    const key = newKey();
    const store = redisTokenStore(await connect(redis.url), { key });
    const error = await store
      .lock(async () => {
        // A lock of another type: the script that writes fails.
        await client.del(`{${key}}:lock`);
        await client.lpush(`{${key}}:lock`, "x");
        await store.write(tokensOf(1));
      })
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toContain("WRONGTYPE");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/access-1|refresh-1/);
  });

  it("shows neither tokens nor the client when it is logged", async () => {
    const store = redisTokenStore(ioredis(redis.url), { key: "angelcam:tokens" });
    expect(JSON.stringify(store)).toBe('{"key":"angelcam:tokens"}');
    expect(inspect(store, { depth: 9 })).toBe("RedisTokenStore { key: 'angelcam:tokens' }");
  });

  it("rejects invalid options", () => {
    const client = { call: async () => null };
    expect(() => redisTokenStore(client, { key: "" })).toThrow("redisTokenStore needs a key");
    expect(() => redisTokenStore(client, undefined as never)).toThrow(
      "redisTokenStore: the options must be a plain object",
    );
    expect(() => redisTokenStore(client, { key: "k", lockTimeout: 0 })).toThrow(RangeError);
    expect(() => redisTokenStore(client, { key: "k", lease: 50 })).toThrow(RangeError);
    expect(() => redisTokenStore({} as typeof client, { key: "k" })).toThrow(
      "A client of redis, ioredis, iovalkey or @upstash/redis is needed",
    );
  });
});

describe("redisTokenStore, whatever the client does,", () => {
  it.each([
    ["a text", "connection refused", "connection refused"],
    ["an error without a message", new Error(""), "GET failed"],
  ])("says why it failed when the client throws %s", async (_what, thrown, reason) => {
    const store = redisTokenStore({ call: () => Promise.reject(thrown) }, { key: "angelcam:tokens" });
    const error = await store.read().then(undefined, (failure) => failure);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error.message).toBe(`Cannot read the tokens at the Redis key angelcam:tokens: ${reason}`);
  });

  it("keeps the lock beside the tokens in a cluster, by the hash tag that the key has already", async () => {
    const locks: string[] = [];
    const call = async (command: string, ...args: string[]) => {
      if (isTake(command, args[0])) locks.push(args[2] ?? "");
      return 1;
    };
    for (const key of ["angelcam:tokens", "{angelcam}:tokens"]) await redisTokenStore({ call }, { key }).lock(noWork);
    expect(locks).toEqual(["{angelcam:tokens}:lock", "{angelcam}:tokens:lock"]);
  });

  it("does not renew a lock again that was released while its renewal was on the way", async () => {
    const clock = new ManualClock();
    const renewal = gate();
    const commands: string[] = [];
    const call = async (command: string, script: string) => {
      const isRenewal = script.includes("PEXPIRE") && !isTake(command, script);
      commands.push(isTake(command, script) ? "take" : isRenewal ? "renew" : command);
      if (isRenewal) await renewal.opened;
      return 1;
    };
    const store = redisTokenStore({ call }, { key: "angelcam:tokens", lease: 3000, clock });
    await store.lock(() => clock.advance(1000));
    renewal.open();
    await clock.advance(60_000);
    expect(commands).toEqual(["take", "renew", "EVAL"]);
    expect(clock.pending).toBe(0);
  });
});

/** True for the script that takes a lock. */
function isTake(command: string, script: string | undefined): boolean {
  return command === "EVAL" && script?.includes("'NX'") === true;
}

describe("redisTokenStore while a replica takes over", () => {
  it.each([
    "READONLY You can't write against a read only replica.",
    "ERR Error running script (call to f_1): @user_script:2: @user_script: 2: -READONLY You can't write.",
    "LOADING Redis is loading",
    "Connection is closed.",
  ])("takes, verifies and releases its lock when %s has passed", async (message) => {
    const clock = new ManualClock();
    const failing = new Set(["take", "EVAL"]);
    const commands: string[] = [];
    const call = async (command: string, script: string) => {
      const name = isTake(command, script) ? "take" : command;
      commands.push(name);
      if (failing.delete(name)) throw new Error(message);
      return 1;
    };
    const store = redisTokenStore({ call }, { key: "angelcam:tokens", clock });
    await clock.drive(store.lock(async ({ verify }) => verify?.()));
    expect(commands).toEqual(["take", "take", "EVAL", "EVAL", "EVAL"]);
    expect(clock.monotonic()).toBe(200);
  });

  it("reads and writes tokens when LOADING has passed", async () => {
    const clock = new ManualClock();
    let commands = 0;
    // Every command fails once.
    const call = async (command: string) => {
      if (++commands % 2 === 1) throw new Error("LOADING Redis is loading");
      return command === "GET" ? null : 1;
    };
    const store = redisTokenStore({ call }, { key: "angelcam:tokens", clock });
    expect(await clock.drive(store.read())).toBeUndefined();
    await clock.drive(store.write(tokensOf(1)));
    // A read, then the lock, the write and the release.
    expect([commands, clock.monotonic()]).toEqual([8, 400]);
  });

  it("gives up after five seconds, with the error of Redis", async () => {
    const clock = new ManualClock();
    const call = () => Promise.reject(new Error("READONLY You can't write against a read only replica."));
    const store = redisTokenStore({ call }, { key: "angelcam:tokens", clock });
    await expect(clock.drive(store.lock(noWork))).rejects.toThrow(
      "Cannot lock the tokens at the Redis key angelcam:tokens: READONLY",
    );
    expect(clock.monotonic()).toBe(5_000);
  });

  it("does not wait where the error will not pass", async () => {
    const clock = new ManualClock();
    const call = () => Promise.reject(new Error("NOPERM this user has no permissions"));
    const store = redisTokenStore({ call }, { key: "angelcam:tokens", clock });
    await expect(store.lock(noWork)).rejects.toThrow("NOPERM");
  });
});

describe("the keys of redisTokenStore", () => {
  const keyless = { call: async () => null };

  it.each([
    "{angelcam:bob}:lock",
    "{angelcam}:bob:lock",
    "{angelcam:quota}:queue",
    "{angelcam:quota}:seen",
    "{angelcam}:tickets",
    "{angelcam}:paused",
    "{angelcam}",
    "angelcam:{",
    "angelcam:}",
    "{}angelcam",
    "{a}{b}:tokens",
    "{a}b}:tokens",
  ])("may not be taken for the lock of another account or for a quota: %s", (key) => {
    expect(() => redisTokenStore(keyless, { key })).toThrow(
      `redisTokenStore cannot use the key ${JSON.stringify(key)}: `,
    );
  });

  it("never meet: whatever the names of accounts are, no tokens and no lock share a key", async () => {
    const names = [
      "a",
      "a:lock",
      "lock",
      ":lock",
      "a:queue",
      "}",
      "{",
      "{a}",
      "{a}:lock",
      "{a}:x",
      "a:x",
      "{a",
      "a}",
      "",
    ];
    const prefixes = ["", "angelcam:", "{angelcam}:", "{angelcam:", "{"];
    const keys = new Set<string>();
    const accepted: string[] = [];
    for (const key of prefixes.flatMap((prefix) => names.map((name) => prefix + name))) {
      const used = new Set<string>();
      const call = async (command: string, ...args: string[]) => {
        if (isTake(command, args[0])) used.add(args[2] ?? "");
        if (command === "GET") used.add(args[0] ?? "");
        return command === "GET" ? null : 1;
      };
      let store: ReturnType<typeof redisTokenStore>;
      try {
        store = redisTokenStore({ call }, { key });
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        continue;
      }
      if (accepted.includes(key)) continue;
      accepted.push(key);
      await store.lock(({ read }) => read());
      expect(used.size).toBe(2);
      for (const name of used) {
        expect(keys.has(name), `${name} belongs to two accounts`).toBe(false);
        keys.add(name);
      }
    }
    expect(accepted.length).toBeGreaterThan(10);
  });
});

describeWithRedis("one key for tokens and quota", (redis) => {
  it("is rejected in words, and the quota keeps its data", async () => {
    const client = ioredis(redis.url);
    const key = newKey();
    await (await redisQuota(client, { key }).acquire({})).release();
    await until(async () => (await client.type(key)) === "zset");
    const store = redisTokenStore(client, { key });
    for (const attempt of [() => store.read(), () => store.write(tokensOf(1))]) {
      const error = await attempt().then(undefined, (reason) => reason);
      expect(error).toMatchObject({ code: "token_store_failed", retryable: false });
      expect(error.message).toContain(`The Redis key ${key} holds other data`);
      expect(error.message).toContain("Give redisTokenStore and redisQuota a key each.");
    }
    expect(await client.type(key)).toBe("zset");
  });
});

describeWithRedis("a session on redisTokenStore", (redis) => {
  const DEAD = "access-0";

  /** A session whose tokens have expired, and what happens right before its refresh token would be sent. */
  async function setUp(beforeSending: (client: ReturnType<typeof ioredis>, key: string) => Promise<unknown>) {
    const clock = new ManualClock();
    const server = new TokenServer(clock);
    const client = ioredis(redis.url);
    const key = newKey();
    const refreshToken = server.begin();
    const expired = { ...tokensOf(0), accessToken: DEAD, refreshToken, expiresAt: 1 };
    await redisTokenStore(client, { key }).write(expired);
    let waits = 1;
    // The token request, which goes before all others, waits in the queue of the quota at first, with the lock held.
    const quota = {
      maxWait: 60_000,
      acquire: async ({ priority }: QuotaRequest) => {
        if (priority === 2 && waits-- > 0) await beforeSending(client, key);
        return { release() {}, cancel() {} };
      },
      pause() {},
      snapshot: () => [],
    } as unknown as QuotaLimiter;
    const auth = new OAuthSession({
      clientId: "client",
      grant: refreshTokenGrant({ refreshToken: "original" }),
      store: redisTokenStore(client, { key }),
    });
    const angelcam = new Angelcam({ auth, fetch: server.fetch, quota });
    return { angelcam, server, client, key, refreshToken };
  }

  it("that was suspended until another process had taken its lock sends nothing, and uses the tokens of that one", async () => {
    const { angelcam, server } = await setUp(async (client, key) => {
      await client.del(`{${key}}:lock`);
      const other = await server.fetch("https://my.angelcam.com/oauth/token/", {
        method: "POST",
        body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: "refresh-token-1" }),
      });
      const { access_token, refresh_token } = (await other.json()) as Record<string, string>;
      await redisTokenStore(client, { key }).write({
        accessToken: access_token ?? "",
        refreshToken: refresh_token,
        issuedAt: Date.now(),
        expiresAt: Date.now() + 3_600_000,
        scope: undefined,
      });
    });
    expect(await angelcam.me.get()).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
    expect(server.reuses).toBe(0);
  });

  it("takes its lock again when it was lost and no other process has it", async () => {
    const { angelcam, server } = await setUp((client, key) => client.del(`{${key}}:lock`));
    expect(await angelcam.me.get()).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
  });

  it("never sends the refresh token that it began with, once the store has replaced it", async () => {
    const { angelcam, server } = await setUp(async () => server.end());
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "session_ended" });
    const sent = server.tokenRequests().map(({ body }) => new URLSearchParams(body).get("refresh_token"));
    expect(sent).toEqual(["refresh-token-1"]);
  });
});

describeWithRedis("the lock of redisTokenStore", (redis) => {
  it.each(clients)("lets one work at a time, with clients of %s", async (_name, connect) => {
    const key = newKey();
    const stores = [
      redisTokenStore(await connect(redis.url), { key }),
      redisTokenStore(await connect(redis.url), { key }),
    ];
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all(stores.flatMap((store) => [store.lock(work), store.lock(work), store.lock(work)]));
    expect(most).toBe(1);
  });

  it("comes free when the work fails, and passes the failure on", async () => {
    const client = ioredis(redis.url);
    const key = newKey();
    const store = redisTokenStore(client, { key });
    await expect(store.lock(() => Promise.reject(new Error("work failed")))).rejects.toThrow("work failed");
    expect(await client.exists(`{${key}}:lock`)).toBe(0);
  });

  it("is not taken again by a write or a lock within it, and does not cover what goes on after it", async () => {
    const client = ioredis(redis.url);
    const key = newKey();
    const store = redisTokenStore(client, { key });
    const other = redisTokenStore(client, { key, lockTimeout: 30 });
    const later = gate();
    let late: Promise<unknown> = Promise.resolve();
    await store.lock(async () => {
      await store.lock(() => store.write(tokensOf(1)));
      await expect(other.write(tokensOf(2))).rejects.toThrow(TokenStoreError);
      late = later.opened.then(() => store.write(tokensOf(3)));
    });
    await other.lock(async () => {
      later.open();
      await until(async () => (await client.exists(`{${key}}:lock`)) === 1);
      expect(await store.read()).toEqual(tokensOf(1));
    });
    await late;
    expect(await store.read()).toEqual(tokensOf(3));
  });

  it("is waited for no longer than lockTimeout, with an error that names the key", async () => {
    const key = newKey();
    const client = ioredis(redis.url);
    await redisTokenStore(client, { key }).lock(async () => {
      const error = await redisTokenStore(client, { key, lockTimeout: 60 })
        .lock(async () => "taken")
        .then(undefined, (reason) => reason);
      expect(error).toBeInstanceOf(TokenStoreError);
      expect(error).toMatchObject({ retryable: true });
      expect(error.message).toContain(`Waited 60 ms for the lock of the Redis key ${key}`);
    });
  });

  it("is renewed while the work goes on", async () => {
    const key = newKey();
    const client = ioredis(redis.url);
    const store = redisTokenStore(client, { key, lease: 400 });
    await store.lock(async () => {
      const owner = await client.get(`{${key}}:lock`);
      // Four leases of another key, by the clock of Redis itself.
      await client.set(`${key}:later`, "x", "PX", 1600);
      await until(async () => (await client.exists(`${key}:later`)) === 0);
      expect(await client.get(`{${key}}:lock`)).toBe(owner);
      await store.write(tokensOf(1));
    });
    expect(await store.read()).toEqual(tokensOf(1));
    expect(await client.exists(`{${key}}:lock`)).toBe(0);
  });

  it("lets nothing be written once it was lost, and takes no lock from another user", async () => {
    const key = newKey();
    const client = ioredis(redis.url);
    const store = redisTokenStore(client, { key });
    await store.write(tokensOf(1));
    const error = await store
      .lock(async () => {
        await client.set(`{${key}}:lock`, "somebody else");
        await store.write(tokensOf(2));
      })
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error.message).toContain(`The lock of the Redis key ${key} was lost`);
    expect(await store.read()).toEqual(tokensOf(1));
    expect(await client.get(`{${key}}:lock`)).toBe("somebody else");
  });

  it("of a process that was killed comes free by itself, also for those that waited already", async () => {
    const key = newKey();
    const client = await nodeRedis(redis.url);
    const holder = startProcess("hold-lock", { url: redis.url, key, lease: 500 });
    expect(await holder.next()).toBe("holding");
    const store = redisTokenStore(client, { key, lockTimeout: 10_000 });
    const waiting = store.lock(async () => "taken");
    await expect(redisTokenStore(client, { key, lockTimeout: 700 }).lock(async () => "taken")).rejects.toThrow(
      "Waited 700 ms",
    );
    await holder.kill();
    expect(await waiting).toBe("taken");
  });
});
