import { describe, expect, it, vi } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  memoryTokenStore,
  OAuthSession,
  type OAuthSessionOptions,
  refreshTokenGrant,
  type TokenStore,
  type Tokens,
} from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const HOUR = 3_600_000;

function setUp(options: (get: () => Promise<unknown>) => Partial<OAuthSessionOptions>, client: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const get = (): Promise<unknown> => angelcam.me.get();
  const session: OAuthSession = new OAuthSession({
    clientId: "client",
    grant: refreshTokenGrant({ refreshToken: server.begin() }),
    onSaveFailure: (error) => {
      throw error;
    },
    ...options(get),
  });
  const angelcam: Angelcam = new Angelcam({ auth: session, fetch: server.fetch, clock, quota: false, ...client });
  const tokensOfCalls = () =>
    server.fetch.requests.filter(({ url }) => url.endsWith("/v1/me/")).map(({ authorization }) => authorization);
  return { clock, server, session, angelcam, tokensOfCalls };
}

/** A store whose read, write and lock wait for one and the same mutex, as one over a single database connection may do. */
function mutexStore(): TokenStore {
  let queue: Promise<unknown> = Promise.resolve();
  let current: Tokens | undefined;
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  };
  const read = async () => current;
  const write = async (tokens: Tokens) => {
    current = tokens;
  };
  return {
    read: () => exclusively(read),
    write: (tokens) => exclusively(() => write(tokens)),
    lock: (work) => exclusively(() => work({ read, write })),
  };
}

describe("a call that onTokens makes through the same client", () => {
  it("uses the new tokens and does not wait for the refresh, which waits for it", async () => {
    const seen: unknown[] = [];
    const { angelcam, clock, server, tokensOfCalls } = setUp((get) => ({
      onTokens: async () => void seen.push(await get()),
    }));
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    await clock.advance(11 * HOUR);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(seen).toEqual([account, account]);
    expect(tokensOfCalls().map((token) => token?.slice(-1))).toEqual(["2", "2", "3", "3"]);
    expect(server.tokenRequests()).toHaveLength(2);
    expect(clock.monotonic()).toBe(11 * HOUR);
  });

  it("does so where identical calls share a request: the call that waits for the refresh is not shared", async () => {
    const { angelcam, clock, server, tokensOfCalls } = setUp((get) => ({ onTokens: async () => void (await get()) }), {
      coalesce: true,
    });
    expect(await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]))).toEqual([account, account]);
    server.expire();
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(tokensOfCalls().map((token) => token?.slice(-1))).toEqual(["2", "2", "2", "3", "3"]);
    expect(clock.monotonic()).toBe(0);
  });

  it("does so under a quota, and while the lock of the store is held", async () => {
    const { angelcam, clock } = setUp((get) => ({ store: mutexStore(), onTokens: async () => void (await get()) }), {
      quota: { windows: [{ limit: 3, seconds: 60 }] },
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(clock.monotonic()).toBe(0);
  });

  it("whose new token is rejected fails with that, and starts no refresh within the refresh", async () => {
    const failures: unknown[] = [];
    const { angelcam, clock, server, tokensOfCalls } = setUp((get) => ({
      onTokens: async () => {
        server.expire();
        failures.push(await get().catch((error) => error.code));
      },
    }));
    await clock.drive(angelcam.me.get().catch(() => {}));
    expect(failures[0]).toBe("not_authenticated");
    // Each new token is tried once by onTokens, and once by the call that was waiting for it.
    expect(tokensOfCalls().map((token) => token?.slice(-1))).toEqual(["2", "2", "3", "3"]);
  });

  it.each([false, true])(
    "is not possible from the store before the first sign-in: no token yet, and the refresh goes on (coalesce: %s)",
    async (coalesce) => {
      const failures: unknown[] = [];
      const inner = memoryTokenStore();
      const store = (get: () => Promise<unknown>): TokenStore => ({
        read: async () => {
          failures.push(await get().catch((error) => error.message));
          return inner.read();
        },
        write: inner.write,
      });
      const { angelcam, clock } = setUp((get) => ({ store: store(get) }), { coalesce });
      expect(await clock.drive(angelcam.me.get())).toEqual(account);
      expect(clock.pending).toBe(0);
      expect(failures[0]).toBe(
        "The token store called the API while its tokens were requested for the first sign-in: there is no token yet. Let it return without this call.",
      );
    },
  );

  it("uses the new tokens in a browser too, which cannot tell where a call comes from", async () => {
    vi.resetModules();
    vi.stubGlobal("process", undefined);
    const browser = await import("../../src/index.ts");
    const clock = new ManualClock();
    const server = new TokenServer(clock);
    const grant = browser.refreshTokenGrant({ refreshToken: server.begin() });
    const seen: unknown[] = [];
    const session: OAuthSession = new browser.OAuthSession({
      clientId: "client",
      grant,
      onTokens: async () => void seen.push(await angelcam.me.get()),
    });
    const angelcam: Angelcam = new browser.Angelcam({ auth: session, fetch: server.fetch, clock, quota: false });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(seen).toEqual([account]);
    expect(server.tokenRequests()).toHaveLength(1);
  });
});

describe("other calls", () => {
  it("wait until onTokens has finished, although that itself may call", async () => {
    const log: string[] = [];
    const { angelcam, clock } = setUp((get) => ({
      onTokens: async () => {
        await get();
        await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), 5_000));
        log.push("onTokens");
      },
    }));
    const first = angelcam.me.get().then(() => log.push("first"));
    clock.setTimeout(() => void angelcam.me.get().then(() => log.push("second")), 1_000);
    await clock.drive(first);
    await clock.drive(angelcam.me.get());
    expect(log[0]).toBe("onTokens");
    expect(log.slice(1).sort()).toEqual(["first", "second"]);
  });

  it("that onTokens has left behind wait like all others in a later refresh", async () => {
    const log: string[] = [];
    let later: Promise<unknown> | undefined;
    let calls = 0;
    const { angelcam, clock } = setUp((get) => ({
      onTokens: async () => {
        if (++calls > 1) {
          await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), 5_000));
          log.push("onTokens");
          return;
        }
        clock.setTimeout(() => {
          later = get().then(() => log.push("later"));
        }, 11 * HOUR);
      },
    }));
    await clock.drive(angelcam.me.get());
    await clock.advance(11 * HOUR);
    await clock.drive(later ?? Promise.reject(new Error("no later call")));
    expect(log).toEqual(["onTokens", "later"]);
  });
});

describe("a call that the store makes through the same client", () => {
  it.each(["read", "write", "lock"] as const)("in %s ends, with the newest tokens that there are", async (method) => {
    const memory = memoryTokenStore();
    const outcomes: unknown[] = [];
    const { angelcam, clock } = setUp((get) => {
      const call = async () => void outcomes.push(await get().catch((error) => error.code));
      return {
        store: {
          read: async () => {
            if (method === "read") await call();
            return memory.read();
          },
          write: async (tokens) => {
            if (method === "write") await call();
            await memory.write(tokens);
          },
          ...(method === "lock" && {
            lock: async (work) => {
              await call();
              return work(memory);
            },
          }),
        },
      };
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(outcomes).toEqual([method === "write" ? account : "token_store_failed"]);
    await clock.advance(10 * HOUR - 30_000);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(outcomes[1]).toEqual(account);
    expect(clock.monotonic()).toBe(10 * HOUR - 30_000);
  });
});

describe("a store with one mutex for read, write and lock", () => {
  it("cannot deadlock: the session uses the read and write that the lock hands it", async () => {
    const { angelcam, clock, server } = setUp(() => ({ store: mutexStore() }));
    for (let expiry = 0; expiry < 3; expiry++) {
      expect(await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]))).toEqual([account, account]);
      await clock.advance(11 * HOUR);
    }
    expect(server.tokenRequests()).toHaveLength(3);
    expect(clock.monotonic()).toBe(33 * HOUR);
  });
});
