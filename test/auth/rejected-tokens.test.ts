import { describe, expect, it } from "vitest";
import { Angelcam, memoryTokenStore, OAuthSession, type TokenStore } from "../../src/index.ts";
import { account, envelope } from "../support/fake-angelcam.ts";
import { HOUR, password, resume, setUp } from "./session-fixture.ts";

/** A session whose server can reject every token, in calls of the API alone. */
async function signedIn(store: TokenStore = memoryTokenStore()) {
  const switches = { rejectsAll: false };
  const fetch: typeof globalThis.fetch = (...request) =>
    switches.rejectsAll && !String(request[0]).includes("/oauth/")
      ? Promise.resolve(envelope(401, "not_authenticated", "No."))
      : fixture.server.fetch(...request);
  const fixture = setUp(resume, { store }, { fetch });
  const { angelcam, clock, server } = fixture;
  const call = () => clock.drive(angelcam.me.get().catch((error) => error.code));
  expect(await call()).toEqual(account);
  /** Half an hour in which every token is rejected, with a call each minute. */
  const rejectForHalfAnHour = async () => {
    switches.rejectsAll = true;
    for (let minute = 0; minute < 30; minute++) {
      expect(await call()).toBe("not_authenticated");
      await clock.advance(60_000);
    }
    switches.rejectsAll = false;
  };
  /** A client of another process, with the same store. */
  const another = () => {
    const session = new OAuthSession({ clientId: "client", grant: password, store });
    return new Angelcam({ auth: session, fetch: server.fetch, clock, quota: false });
  };
  return { ...fixture, switches, call, rejectForHalfAnHour, another };
}

describe("after half an hour of responses of 401, when calls succeed again", () => {
  it("a token of a later refresh that is revoked: the next call gets a new one at once", async () => {
    const { session, clock, server, call, rejectForHalfAnHour } = await signedIn();
    await rejectForHalfAnHour();
    expect(await call()).toEqual(account);
    await clock.drive(session.refresh());
    await clock.advance(30_000);
    const before = server.tokenRequests().length;
    server.expire();
    expect(await call()).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(before + 1);
  });

  it("another process replaces the tokens: the next call finds them in the store, without a token request", async () => {
    const { clock, server, call, rejectForHalfAnHour, another } = await signedIn();
    await rejectForHalfAnHour();
    const other = another();
    await clock.drive(other.me.get());
    server.expire();
    expect(await clock.drive(other.me.get())).toEqual(account);
    const before = server.tokenRequests().length;
    expect(await call()).toEqual(account);
    expect(server.tokenRequests()).toHaveLength(before);
  });
});

it("ten calls at once whose new token is rejected too: a refresh is allowed again after 5 seconds", async () => {
  const { angelcam, clock, server, switches, call } = await signedIn();
  switches.rejectsAll = true;
  await clock.drive(Promise.allSettled(Array.from({ length: 10 }, () => angelcam.me.get())));
  switches.rejectsAll = false;
  server.expire();
  expect(await call()).toBe("not_authenticated");
  await clock.advance(5_000);
  expect(await call()).toEqual(account);
});

describe("in the pause before a refresh token with an unknown outcome is sent again", () => {
  it("with fresh tokens of another process in the store: the call uses them at once", async () => {
    const { clock, server, call, another } = await signedIn();
    await clock.advance(11 * HOUR);
    server.faults = ["hang-up-before", "hang-up-before"];
    expect([await call(), await call()]).toEqual(["connection_failed", "connection_failed"]);
    await clock.drive(another().me.get());
    const started = clock.monotonic();
    expect(await call()).toEqual(account);
    expect(clock.monotonic() - started).toBe(0);
  });

  it("the lock of the store is free for other processes", async () => {
    const inner = memoryTokenStore();
    let isLocked = false;
    const lock: TokenStore["lock"] = async (work) => {
      isLocked = true;
      return work(inner).finally(() => {
        isLocked = false;
      });
    };
    const { clock, server, call } = await signedIn({ ...inner, lock });
    await clock.advance(11 * HOUR);
    server.faults = ["hang-up-before"];
    expect(await call()).toBe("connection_failed");
    const seen: boolean[] = [];
    clock.setTimeout(() => seen.push(isLocked), 250);
    const started = clock.monotonic();
    expect(await call()).toEqual(account);
    expect([seen, clock.monotonic() - started]).toEqual([[false], 500]);
  });
});
