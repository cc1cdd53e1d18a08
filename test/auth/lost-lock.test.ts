import { describe, expect, it } from "vitest";
import { type LockedTokenStore, memoryTokenStore, type TokenStore } from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { HOUR, resume, setUp } from "./session-fixture.ts";

/** A store in memory with a lock, which `verify` looks at right before a refresh token is sent. */
function lockedStore(verify: (count: number) => void | Promise<void>) {
  const inner = memoryTokenStore();
  const counts = { locks: 0, verified: 0 };
  const store: TokenStore = {
    ...inner,
    async lock<T>(work: (locked: LockedTokenStore) => Promise<T>) {
      counts.locks++;
      return work({ ...inner, verify: async () => verify(++counts.verified) });
    },
  };
  return { store, counts };
}

const lost = () => Object.assign(new Error("the lease has ended"), { code: "LOST" });

describe("a lock that is lost before the refresh token is sent", () => {
  it("is taken again: the token is sent once, and the call succeeds", async () => {
    const { store, counts } = lockedStore((count) => {
      if (count === 1) throw lost();
    });
    const { angelcam, clock, server } = setUp(resume, { store });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect([counts, server.tokenRequests().length]).toEqual([{ locks: 2, verified: 2 }, 1]);
  });

  it("three times in a row fails the call with the error of the store, and sends nothing; the next call succeeds", async () => {
    const { store, counts } = lockedStore((count) => {
      if (count <= 3) throw lost();
    });
    const { angelcam, clock, server } = setUp(resume, { store });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({
      message: "the lease has ended",
      code: "LOST",
    });
    expect([counts, server.tokenRequests().length]).toEqual([{ locks: 3, verified: 3 }, 0]);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect([server.tokenRequests().length, server.reuses]).toEqual([1, 0]);
  });

  it("is not taken again for a caller who has given up meanwhile", async () => {
    const caller = new AbortController();
    const { store, counts } = lockedStore(() => {
      caller.abort(new Error("enough"));
      throw lost();
    });
    const { angelcam, clock, server } = setUp(resume, { store });
    await expect(clock.drive(angelcam.me.get({ signal: caller.signal }))).rejects.toThrow("enough");
    await clock.advance(0);
    expect([counts.locks, server.tokenRequests().length]).toEqual([1, 0]);
  });
});

it("a caller who gives up while the lock is verified: the refresh token is not sent, and the next call sends it", async () => {
  const caller = new AbortController();
  const { store } = lockedStore((count) => {
    if (count === 1) caller.abort(new Error("enough"));
  });
  const { angelcam, clock, server } = setUp(resume, { store });
  await expect(clock.drive(angelcam.me.get({ signal: caller.signal }))).rejects.toThrow("enough");
  await clock.advance(0);
  expect(server.tokenRequests()).toHaveLength(0);
  expect(await clock.drive(angelcam.me.get())).toEqual(account);
  // At once, as it was not sent before: only after a request of unknown outcome there is a pause.
  expect([server.tokenRequests().length, clock.monotonic()]).toEqual([1, 0]);
});

describe("a store without room for new tokens", () => {
  /** A session with tokens, whose store is full from now on. */
  async function withFullStore() {
    let isFull = false;
    const { store, counts } = lockedStore(() => {
      if (isFull) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    });
    const fixture = setUp(resume, { store });
    await fixture.clock.drive(fixture.angelcam.me.get());
    isFull = true;
    return { ...fixture, counts };
  }

  it("fails a refresh() ahead of time before its token is sent, and calls go on with the token at hand", async () => {
    const { angelcam, session, clock, server, counts } = await withFullStore();
    await expect(clock.drive(session.refresh())).rejects.toMatchObject({ code: "ENOSPC" });
    expect([counts.locks, server.tokenRequests().length]).toEqual([2, 1]);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(1);
  });

  it("does not keep a call from its token when the last one has ended: it goes on in memory", async () => {
    const { angelcam, clock, server } = await withFullStore();
    await clock.advance(11 * HOUR);
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect([server.tokenRequests().length, server.reuses]).toEqual([2, 0]);
  });
});
