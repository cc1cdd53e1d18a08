import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { angelcam } from "../support.ts";
import { startPostgres, whyNoPostgres } from "./postgres-server.ts";
import { postgresTokenStore, TABLE } from "./token-store.ts";

describe.skipIf(whyNoPostgres)(`on a real server${whyNoPostgres ? ` (skipped: ${whyNoPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const newPool = () => new pg.Pool({ connectionString: server.url }).on("error", () => {});

  test("two processes of an account sign in once, and refresh once", async () => {
    const sandbox = angelcam({ cameras: 1 });
    const pools = [newPool(), newPool()];
    await pools[0]?.query(TABLE);
    const { username, password } = sandbox.account;
    const clients = pools.map((pool) => {
      const { clientId } = sandbox.client;
      const grant = passwordGrant({ username, password });
      return new Angelcam({ auth: new OAuthSession({ clientId, grant, store: postgresTokenStore(pool, "shared") }) });
    });
    await Promise.all(clients.map((client) => client.me.get()));
    expect(sandbox.count({ operation: "oauth.createToken" })).toBe(1);
    sandbox.expireAccessTokens();
    await Promise.all(clients.map((client) => client.me.get()));
    expect(sandbox.count({ operation: "oauth.createToken", grant: "refresh_token" })).toBe(1);
    expect(sandbox.tokenReuses).toBe(0);
    await Promise.all(pools.map((pool) => pool.end()));
  });

  test("the lock keeps others out, ends when the work fails, and when its connection dies", async () => {
    const [one, other] = [newPool(), newPool()];
    const order: string[] = [];
    let release = () => {};
    const held = postgresTokenStore(one, "lock").lock?.(async () => {
      order.push("first");
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await expect.poll(() => order).toEqual(["first"]);
    const second = postgresTokenStore(other, "lock").lock?.(async () => void order.push("second"));
    // The other connection waits in the server now.
    const waiting = "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await expect.poll(async () => (await one.query<{ count: number }>(waiting)).rows[0]?.count).toBe(1);
    order.push("released");
    release();
    await Promise.all([held, second]);
    expect(order).toEqual(["first", "released", "second"]);

    const failing = postgresTokenStore(one, "lock").lock?.(() => Promise.reject(new Error("work failed")));
    await expect(failing).rejects.toThrow("work failed");
    let verified: Promise<void> | undefined;
    const killed = postgresTokenStore(one, "lock").lock?.(async ({ verify }) => {
      await verify?.();
      const holder = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted";
      await other.query(holder);
      verified = verify?.();
      await expect(verified).rejects.toThrow();
    });
    await expect(killed).rejects.toThrow();
    expect(verified).toBeDefined();
    expect(await postgresTokenStore(other, "lock").lock?.(async () => "free")).toBe("free");
    await Promise.all([one.end(), other.end()]);
  });

  test("the program signs in and leaves its tokens in the table", async () => {
    const sandbox = angelcam({ cameras: 1 });
    vi.stubEnv("DATABASE_URL", server.url);
    const { angelcam: client } = await import("./session.ts");
    expect((await client.me.get()).email).toBe(sandbox.account.username);
    const pool = newPool();
    expect((await postgresTokenStore(pool, sandbox.account.username).read())?.refreshToken).toBeTypeOf("string");
    await pool.end();
  });
});

/** A pool with one connection, which keeps its queries and fails those that contain a text. */
function poolOf(failing = "nothing") {
  const queries: string[] = [];
  const released: unknown[] = [];
  const connection = {
    on: () => {},
    off: () => {},
    query: async (text: string) => {
      queries.push(text);
      if (text.includes(failing)) throw new Error(`failed: ${failing}`);
    },
    release: (error?: Error) => released.push(error?.message),
  };
  return { pool: { connect: async () => connection } as unknown as pg.Pool, queries, released };
}

test("work that fails: its error arrives, and the connection goes back without the lock and its time limit", async () => {
  const { pool, queries, released } = poolOf();
  const locked = postgresTokenStore(pool, "one").lock?.(() => Promise.reject(new Error("work failed")));
  await expect(locked).rejects.toThrow("work failed");
  expect(queries.slice(-2)).toEqual(["SELECT pg_advisory_unlock_all()", "RESET lock_timeout"]);
  expect(released).toEqual([undefined]);
});

test.each(["unlock", "RESET"])(
  "work that fails before %s does: the error of the work arrives, and the connection is closed",
  async (what) => {
    const { pool, released } = poolOf(what);
    const locked = postgresTokenStore(pool, "one").lock?.(() => Promise.reject(new Error("work failed")));
    await expect(locked).rejects.toThrow("work failed");
    expect(released).toEqual([`failed: ${what}`]);
  },
);
