import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  type ClientEvent,
  memoryTokenStore,
  OAuthSession,
  type OAuthSessionOptions,
  refreshTokenGrant,
  ServerError,
  type TokenStore,
} from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const HOUR = 3_600_000;

function setUp(options: Partial<OAuthSessionOptions> = {}, client: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const server = new TokenServer(clock);
  const events: ClientEvent[] = [];
  const grant = refreshTokenGrant({ refreshToken: server.begin() });
  const session = new OAuthSession({ clientId: "client", grant, ...options });
  const angelcam = new Angelcam({
    auth: session,
    fetch: server.fetch,
    clock,
    quota: false,
    retry: false,
    onEvent: (event) => events.push(event),
    ...client,
  });
  const refreshes = () =>
    events.flatMap((event) => (event.type === "refresh" ? [[event.outcome, event.error ?? ""]] : []));
  return { clock, server, session, angelcam, events, refreshes, grant };
}

describe("a session reports", () => {
  it("how it came to its tokens: by a refresh, or from another process", async () => {
    const store = memoryTokenStore();
    const fixture = setUp({ store });
    await fixture.angelcam.me.get();
    expect(fixture.refreshes()).toEqual([["refreshed", ""]]);
    const another = setUp({ store }, { fetch: fixture.server.fetch });
    await another.angelcam.me.get();
    expect(another.refreshes()).toEqual([["shared", ""]]);
  });

  it("to the first of two clients that share it, which also counts its token requests", async () => {
    const events: ClientEvent[] = [];
    const { session, server, clock, angelcam, refreshes } = setUp({}, { quota: {} });
    const second = new Angelcam({ auth: session, fetch: server.fetch, clock, onEvent: (event) => events.push(event) });
    await second.me.get();
    expect(refreshes()).toEqual([["refreshed", ""]]);
    expect(events.map(({ type }) => type)).toEqual(["request", "response"]);
    expect([angelcam, second].map(({ quota }) => quota.snapshot()[0]?.used)).toEqual([1, 1]);
  });

  it("that it found another process's tokens only after its own were rejected", async () => {
    const shared = memoryTokenStore();
    const fixture = setUp({ store: shared });
    fixture.server.forgiving = true;
    await fixture.angelcam.me.get();
    const stale = await shared.read();
    let readsOfStale = 2;
    const lagging: TokenStore = { read: async () => (readsOfStale-- > 0 ? stale : shared.read()), write: shared.write };
    const behind = setUp({ store: lagging }, { fetch: fixture.server.fetch, clock: fixture.clock });
    await behind.angelcam.me.get();
    fixture.server.expire();
    await fixture.angelcam.me.get();
    expect(await behind.angelcam.me.get()).toEqual(account);
    expect(behind.refreshes()).toEqual([
      ["shared", ""],
      ["shared", ""],
    ]);
  });

  it.each<[string, unknown, string]>([
    ["the name of an error", new RangeError("no such vault"), "RangeError"],
    ["that there was one, where it has no name", "no such vault", "Error"],
  ])("why it came to none: %s", async (_, reason, text) => {
    const store: TokenStore = { read: () => Promise.reject(reason), write: async () => {} };
    const { angelcam, refreshes } = setUp({ store });
    await expect(angelcam.me.get()).rejects.toBe(reason);
    expect(refreshes()).toEqual([["failed", text]]);
  });

  it("that its tokens could not be saved: as an event, and on the console where no listener is given, without a credential", async () => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    // As the errors of ioredis: the command with all its arguments is in a property, and a careless one quotes them.
    const store: TokenStore = {
      read: async () => undefined,
      write: ({ refreshToken }) => {
        const command = { name: "set", args: [refreshToken] };
        return Promise.reject(Object.assign(new Error(`cannot write ${refreshToken}`), { code: "EWRITE", command }));
      },
    };
    const { angelcam, clock, events } = setUp({ store });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    const error = { name: "Error", code: "EWRITE", message: "cannot write [secret]" };
    expect(events.filter(({ type }) => type === "token_save_failed")[0]).toEqual({ type: "token_save_failed", error });
    expect(shown).toHaveBeenCalledWith(
      "angelcam-client: new tokens could not be saved; they are kept in memory.",
      error,
    );
    expect(inspect([events, shown.mock.calls], { depth: 9, showHidden: true })).not.toContain("refresh-token");
  });

  it.each<[string, () => void]>([
    [
      "a failure",
      () => {
        throw new Error("no mail server");
      },
    ],
    [
      "a rejected promise",
      async () => {
        throw new Error("no mail server");
      },
    ],
  ])("%s of its listener, which costs no call", async (_, onSaveFailure) => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    const store: TokenStore = { read: async () => undefined, write: () => Promise.reject(new Error("disk full")) };
    const { angelcam, clock } = setUp({ store, onSaveFailure });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(shown).toHaveBeenCalledWith("angelcam-client: onSaveFailure threw", new Error("no mail server"));
  });
});

describe("a 401", () => {
  it("that comes late starts nothing: neither a refresh nor a look into the store", async () => {
    const memory = memoryTokenStore();
    let reads = 0;
    const store: TokenStore = {
      read: () => {
        reads++;
        return memory.read();
      },
      write: memory.write,
    };
    const { angelcam, session, server, refreshes } = setUp({ store });
    const old = await session.authorization();
    server.expire();
    await angelcam.me.get();
    const before = [reads, refreshes().length];
    expect(await session.refresh({ rejected: old })).toBe("refreshed");
    expect([reads, refreshes().length]).toEqual(before);
  });

  it("is final where the server returns the token that it has just rejected", async () => {
    const fetch = recordingFetch(({ url }) =>
      url.endsWith("/oauth/token/")
        ? json({ access_token: "same", refresh_token: "next", token_type: "Bearer", expires_in: 3600 })
        : envelope(401, "not_authenticated", "The token is not valid."),
    );
    const { angelcam } = setUp({}, { fetch });
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "not_authenticated", attempts: 1 });
    expect(fetch.requests.filter(({ url }) => url.endsWith("/v1/me/"))).toHaveLength(1);
  });
});

describe("to the millisecond", () => {
  it("a refresh ahead of time that failed is tried again after half a minute", async () => {
    const { angelcam, clock, server } = setUp();
    await angelcam.me.get();
    await clock.advance(10 * HOUR - 60_000);
    server.faults = ["unavailable"];
    await angelcam.me.get();
    expect(server.tokenRequests()).toHaveLength(2);
    await clock.advance(29_999);
    await angelcam.me.get();
    expect(server.tokenRequests()).toHaveLength(2);
    await clock.advance(1);
    await angelcam.me.get();
    expect(server.tokenRequests()).toHaveLength(3);
  });

  it("a token is over at its end: a refresh that fails then is the call's own failure", async () => {
    const { angelcam, clock, server } = setUp();
    await angelcam.me.get();
    await clock.advance(10 * HOUR);
    server.faults = ["unavailable"];
    await expect(angelcam.me.get()).rejects.toBeInstanceOf(ServerError);
  });
});

describe("refresh() that is called while a refresh runs", () => {
  it("waits for that one: its refresh token is not sent a second time meanwhile", async () => {
    const { angelcam, session, clock, server } = setUp();
    await angelcam.me.get();
    await clock.advance(11 * HOUR);
    server.latency = 1_000;
    server.faults = ["hang-up-after"];
    const call = angelcam.me.get();
    await new Promise((resolve) => setImmediate(resolve));
    const outcomes = await clock.drive(Promise.allSettled([call, session.refresh()]));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(server.tokenRequests()).toHaveLength(2);
    expect(server.reuses).toBe(0);
  });
});

describe("a resource that always says 401", () => {
  /** A server that accepts tokens everywhere but at one path. */
  function pickyFetch(server: TokenServer) {
    return recordingFetch((request, _, signal) =>
      request.url.includes("/v1/cameras/")
        ? envelope(401, "not_authenticated", "No.")
        : server.fetch(request.url, {
            method: request.method,
            headers: request.headers,
            body: request.body || null,
            signal: signal ?? null,
          }),
    );
  }

  it("costs one refresh, not one a call, also between calls that succeed", async () => {
    const picky = { fetch: (() => {}) as unknown as typeof fetch };
    const { angelcam, clock, server } = setUp({}, { fetch: (...request) => picky.fetch(...request) });
    picky.fetch = pickyFetch(server);
    for (let call = 0; call < 20; call++) {
      await expect(clock.drive(angelcam.cameras.get(1))).rejects.toMatchObject({ code: "not_authenticated" });
      expect(await clock.drive(angelcam.me.get())).toEqual(account);
    }
    expect(server.tokenRequests()).toHaveLength(2);
  });

  it("may cost another one after seconds, then after minutes, and after ten in the end", async () => {
    const picky = { fetch: (() => {}) as unknown as typeof fetch };
    const { angelcam, clock, server } = setUp({}, { fetch: (...request) => picky.fetch(...request) });
    picky.fetch = pickyFetch(server);
    const refreshed: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      const before = server.tokenRequests("refresh_token").length;
      await clock.drive(angelcam.cameras.get(1).catch(() => {}));
      if (server.tokenRequests("refresh_token").length > before) refreshed.push(minute);
      await clock.advance(60_000);
    }
    expect(refreshed).toEqual([0, 1, 2, 3, 4, 6, 9, 15, 25, 35, 45, 55]);
  });

  it("does not keep an expired token from being refreshed", async () => {
    const picky = { fetch: (() => {}) as unknown as typeof fetch };
    const { angelcam, clock, server } = setUp({}, { fetch: (...request) => picky.fetch(...request) });
    picky.fetch = pickyFetch(server);
    await clock.drive(angelcam.cameras.get(1).catch(() => {}));
    await clock.advance(10 * HOUR);
    const before = server.tokenRequests().length;
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(before + 1);
  });
});
