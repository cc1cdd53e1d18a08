import { describe, expect, it } from "vitest";
import { Angelcam, memoryTokenStore, OAuthSession, type TokenStore } from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { password, resume, setUp } from "./session-fixture.ts";
import { deferred, settled } from "./token-cache-fixture.ts";

/** The session of a new process, with live tokens of another one in its store. */
async function newProcess(change: (store: TokenStore) => TokenStore = (store) => store) {
  const memory = memoryTokenStore();
  const { angelcam: another, session: theirs, clock, server } = setUp(resume, { store: memory });
  await clock.drive(another.me.get());
  const session = new OAuthSession({ clientId: "client", grant: password, store: change(memory) });
  const angelcam = new Angelcam({ auth: session, fetch: server.fetch, clock, quota: false });
  const before = server.tokenRequests().length;
  const sent = () => server.tokenRequests("refresh_token").length - before;
  return { angelcam, session, another, theirs, clock, server, sent };
}

describe("refresh() in a new process with live tokens in its store", () => {
  it("replaces them with one request", async () => {
    const { session, clock, server, sent } = await newProcess();
    expect(await clock.drive(session.refresh())).toBe("refreshed");
    expect([sent(), server.reuses]).toEqual([1, 0]);
  });

  it("called twice at once: one request, whose tokens both get", async () => {
    const { session, clock, sent } = await newProcess();
    expect(await clock.drive(Promise.all([session.refresh(), session.refresh()]))).toEqual(["refreshed", "refreshed"]);
    expect(sent()).toBe(1);
  });

  it("twice while a call loads them: the call uses what it has loaded, and one request replaces them", async () => {
    const { angelcam, session, clock, sent } = await newProcess();
    const call = angelcam.me.get();
    const refreshed = [session.refresh(), session.refresh()];
    expect(await clock.drive(Promise.all([call, ...refreshed]))).toEqual([account, "refreshed", "refreshed"]);
    expect(sent()).toBe(1);
  });

  it("that another process replaces while this one waits for the lock: it takes those, and sends nothing", async () => {
    const { promise, resolve } = deferred();
    const { session, theirs, clock, sent } = await newProcess((store) => ({
      ...store,
      lock: async (work) => {
        await promise;
        return work(store);
      },
    }));
    const refreshed = session.refresh();
    await settled();
    await clock.drive(theirs.refresh());
    expect(sent()).toBe(1);
    resolve();
    expect(await clock.drive(refreshed)).toBe("shared");
    expect(sent()).toBe(1);
  });
});

it("refresh() while a sign-in is on the way: its tokens count, and no second request is sent", async () => {
  const { angelcam, session, clock, server } = setUp();
  server.latency = 1_000;
  const call = angelcam.me.get();
  await settled();
  expect(await clock.drive(Promise.all([call, session.refresh()]))).toEqual([account, "refreshed"]);
  expect(server.tokenRequests()).toHaveLength(1);
});

it("three calls one after the other, each of which gives up while the token request is on the way: it is sent once", async () => {
  const { angelcam, clock, server } = setUp(resume);
  server.latency = 6_000;
  for (let call = 0; call < 3; call++) {
    const outcome = clock.drive(angelcam.me.get({ deadline: 1_000 }).catch((error) => error.code));
    expect(await outcome).toBe("timeout");
  }
  expect(await clock.drive(angelcam.me.get())).toEqual(account);
  expect([server.tokenRequests().length, server.reuses, clock.monotonic()]).toEqual([1, 0, 6_000]);
});
