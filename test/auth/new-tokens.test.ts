import { describe, expect, it } from "vitest";
import { Angelcam, memoryTokenStore, OAuthSession, type Tokens } from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { password, resume, setUp } from "./session-fixture.ts";

describe("new tokens", () => {
  it("are in the store, and onTokens is through, before any call uses them", async () => {
    const log: string[] = [];
    const inner = memoryTokenStore();
    const store = {
      read: inner.read,
      write: async (tokens: Tokens) => {
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`write ${tokens.refreshToken}`);
        await inner.write(tokens);
      },
    };
    const onTokens = async (next: Tokens, previous: Tokens | undefined) => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`onTokens ${previous?.refreshToken} -> ${next.refreshToken}`);
    };
    const { angelcam, clock, server } = setUp(
      () => password,
      { store, onTokens },
      {
        onEvent: (event) => event.type === "request" && log.push(event.operationId),
      },
    );
    await clock.drive(angelcam.me.get());
    server.expire();
    await clock.drive(angelcam.me.get());
    expect(log).toEqual([
      "oauth.createToken",
      "write refresh-token-1",
      "onTokens undefined -> refresh-token-1",
      "me.get",
      "me.get",
      "oauth.createToken",
      "write refresh-token-2",
      "onTokens refresh-token-1 -> refresh-token-2",
      "me.get",
    ]);
  });

  it("are kept in memory and reported when saving fails, are saved later, and the old ones are never spent again", async () => {
    const inner = memoryTokenStore();
    let broken = false;
    const failures: unknown[] = [];
    const store = {
      read: inner.read,
      write: async (tokens: Tokens) => {
        if (broken) throw new Error("disk full");
        await inner.write(tokens);
      },
    };
    const { angelcam, clock, server } = setUp(resume, { store, onSaveFailure: (error) => failures.push(error) });
    await clock.drive(angelcam.me.get());
    broken = true;
    for (let index = 0; index < 3; index++) {
      server.expire();
      expect(await clock.drive(angelcam.me.get())).toEqual(account);
    }
    expect(failures.length).toBeGreaterThan(0);
    expect(server.reuses).toBe(0);
    broken = false;
    await clock.advance(31_000);
    await clock.drive(angelcam.me.get());
    await clock.drive(new Promise((resolve) => setImmediate(resolve)));
    expect((await inner.read())?.refreshToken).toBe("refresh-token-5");
  });

  it("of another process are adopted: before a refresh, and after an invalid_grant", async () => {
    const store = memoryTokenStore();
    const first = setUp(() => password, { store });
    await first.clock.drive(first.angelcam.me.get());
    const another = new OAuthSession({ clientId: "client", grant: password, store });
    const other = new Angelcam({ auth: another, fetch: first.server.fetch, clock: first.clock, quota: false });
    await first.clock.drive(other.me.get());
    expect(first.server.tokenRequests()).toHaveLength(1);
    first.server.expire();
    await first.clock.drive(other.me.get());
    await first.clock.drive(first.angelcam.me.get());
    expect(first.server.tokenRequests()).toHaveLength(2);
    expect(first.server.reuses).toBe(0);
  });

  it("of another process are given up when they are over too, and refreshed", async () => {
    const store = memoryTokenStore();
    const { angelcam, clock, server } = setUp(() => password, { store });
    await clock.drive(angelcam.me.get());
    const another = new OAuthSession({ clientId: "client", grant: password, store });
    const other = new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false });
    server.expire();
    await clock.drive(other.me.get());
    server.expire();
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests("refresh_token")).toHaveLength(2);
    expect(server.reuses).toBe(0);
  });

  it("of another process that was faster are adopted when the server says invalid_grant", async () => {
    const shared = memoryTokenStore();
    let late: Tokens | null | undefined;
    const behind = { read: async () => late ?? shared.read(), write: shared.write };
    const { angelcam, clock, server } = setUp(resume, { store: behind });
    server.forgiving = true;
    await clock.drive(angelcam.me.get());
    late = await shared.read();
    server.expire();
    const another = new OAuthSession({ clientId: "client", grant: password, store: shared });
    await clock.drive(new Angelcam({ auth: another, fetch: server.fetch, clock, quota: false }).me.get());
    // The store shows its old content once more, as a replica that lags behind does.
    const requests = server.tokenRequests().length;
    const behindOnce = behind.read;
    behind.read = async () => {
      behind.read = shared.read;
      return behindOnce();
    };
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(requests + 1);
  });
});
