import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  type Auth,
  type ClientEvent,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
  Quota,
  QuotaError,
  type QuotaLimiter,
} from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const auth = personalAccessToken("x".repeat(20));
const start = Date.parse("2026-11-24T12:00:00Z");

/** A client of an account, and when its requests were sent, in milliseconds. */
function setUp(options: ConstructorParameters<typeof Angelcam>[0] = {}) {
  const clock = new ManualClock(start);
  const sent: number[] = [];
  const fetch = recordingFetch(() => {
    sent.push(clock.monotonic());
    return json(account);
  });
  return { clock, sent, fetch, angelcam: new Angelcam({ auth, fetch, clock, ...options }) };
}

const times = <T>(count: number, value: T) => Array<T>(count).fill(value);

it("a call with a token at hand is not held up by auth, which would have to be asked twice", async () => {
  const custom: Auth = {
    schemes: [],
    tryAuthorization: () => "Bearer at-hand",
    authorization: () => new Promise<never>(() => {}),
  };
  const { angelcam, fetch } = setUp({ auth: custom });
  await angelcam.me.get();
  expect(fetch.requests.map(({ headers }) => headers.get("Authorization"))).toEqual(["Bearer at-hand"]);
});

describe("calls at once under the default quota and deadline", () => {
  it("all succeed when they are 60: 30 at once and 30 a minute later", async () => {
    const { clock, sent, angelcam } = setUp();
    await clock.drive(Promise.all(times(60, 0).map(() => angelcam.me.get())));
    expect(sent).toEqual([...times(30, 0), ...times(30, 60_001)]);
    expect(clock.pending).toBe(0);
  });

  it("all succeed when they are 60 and each takes 20 seconds", async () => {
    const { clock, angelcam, sent } = setUp({
      fetch: async () => {
        sent.push(clock.monotonic());
        await new Promise<void>((resolve) => clock.setTimeout(resolve, 20_000));
        return json(account);
      },
    });
    await clock.drive(Promise.all(times(60, 0).map(() => angelcam.me.get())));
    expect(sent).toEqual([...times(30, 0), ...times(30, 80_001)]);
  });

  it("all succeed when they are 60 and the session has yet to sign in", async () => {
    const clock = new ManualClock(start);
    const server = new TokenServer(clock);
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const session = new OAuthSession({ clientId: "client", grant });
    const angelcam = new Angelcam({ auth: session, fetch: server.fetch, clock });
    await clock.drive(Promise.all(times(60, 0).map(() => angelcam.me.get())));
    expect(server.fetch.requests).toHaveLength(61);
    expect(clock.monotonic()).toBe(120_002);
  });

  it("fail at once with retryAt from the 91st on: three minutes of the quota and the deadline do not meet", async () => {
    const { clock, sent, angelcam } = setUp();
    const calls = times(100, 0).map(() => angelcam.me.get());
    const failedAt: number[] = [];
    for (const call of calls) call.catch(() => failedAt.push(clock.monotonic()));
    const results = await clock.drive(Promise.allSettled(calls));
    expect(results.map(({ status }) => status)).toEqual([...times(90, "fulfilled"), ...times(10, "rejected")]);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(QuotaError);
      expect(reason.retryAt).toEqual(new Date(start + 180_003));
    }
    expect(failedAt).toEqual(times(10, 0));
    expect(sent).toHaveLength(90);
    expect(Math.max(...sent)).toBe(120_002);
  });

  it("wait until the hour has room when 1,000 were sent, where their deadline allows it", async () => {
    const { clock, sent, angelcam } = setUp({ deadline: 3 * 3_600_000 });
    await clock.drive(Promise.all(times(1_030, 0).map(() => angelcam.me.get())));
    expect(sent.filter((at) => at <= 3_600_000)).toHaveLength(1_000);
    expect(sent[1_000]).toBe(3_600_001);
  });

  it("keep their order", async () => {
    const { clock, fetch, angelcam } = setUp({ deadline: 3_600_000 });
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    await clock.drive(Promise.all(ids.map((id) => angelcam.cameras.get(id))));
    expect(fetch.requests.map(({ url }) => Number(url.split("/").at(-2)))).toEqual(ids);
  });
});

describe("a call in the queue", () => {
  it("that aborts leaves its position to the next one, which is sent when that one would have been", async () => {
    const { clock, sent, angelcam } = setUp({ quota: { windows: [{ limit: 1, seconds: 60 }] } });
    await clock.drive(angelcam.me.get());
    const controller = new AbortController();
    const reason = new Error("the user went away");
    const aborted = angelcam.me.get({ signal: controller.signal });
    const next = angelcam.me.get();
    await clock.advance(1_000);
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    await clock.drive(next);
    expect(sent).toEqual([0, 60_001]);
    expect(angelcam.quota.snapshot()[0]?.used).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it("may wait nearly as long as its deadline: a twentieth of it, and a second at most, is kept for the request", async () => {
    const { clock, sent, angelcam } = setUp({ quota: { windows: [{ limit: 1, seconds: 9.4 }] } });
    await clock.drive(angelcam.me.get());
    await clock.drive(angelcam.me.get({ deadline: 10_000 }));
    expect(sent).toEqual([0, 9_401]);
    await expect(clock.drive(angelcam.me.get({ deadline: 9_800 }))).rejects.toBeInstanceOf(QuotaError);
    expect(sent).toHaveLength(2);
  });
});

describe("a call that cannot be sent within its deadline", () => {
  const oneAMinute = { windows: [{ limit: 1, seconds: 60 }] };

  it("fails at once and names operation, moment and advice", async () => {
    const { clock, fetch, angelcam } = setUp({ quota: { ...oneAMinute, maxWait: 1_000 } });
    await angelcam.me.get();
    const error = await angelcam.me.get().catch((reason) => reason);
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.toJSON()).toEqual({
      name: "QuotaError",
      message:
        "me.get: The quota has no free slot before 2026-11-24T12:01:00.001Z, and this attempt may wait 1000 ms. It was not sent. Try again then, allow more time with { deadline } or quota.maxWait, or send fewer requests.",
      code: "quota_exceeded",
      retryable: true,
      retryAt: new Date(start + 60_001),
      operationId: "me.get",
      method: "GET",
      path: "/v1/me/",
      attempts: 0,
    });
    expect(fetch.requests).toHaveLength(1);
    expect(clock.monotonic()).toBe(0);
  });

  it("after a first attempt fails with its number, and says of the second alone that it was not sent", async () => {
    const fetch = recordingFetch(() => envelope(502, "bad_gateway", ""));
    const { clock, angelcam } = setUp({ fetch, quota: { ...oneAMinute, maxWait: 1_000 } });
    const error = await clock.drive(angelcam.cameras.delete(7).catch((reason) => reason));
    expect(fetch.requests).toHaveLength(1);
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.attempts).toBe(1);
    expect(error.message).toContain("this attempt may wait 1000 ms. It was not sent.");
    expect(error.message).not.toContain("Nothing");
  });

  it.each<[options: { deadline?: number; timeout?: number }, isSent: boolean]>([
    [{ deadline: 5_000 }, false],
    [{ deadline: 60_000 }, false],
    // It would be sent with less than a second left.
    [{ deadline: 61_000 }, false],
    [{ deadline: 61_002 }, true],
    [{}, true],
    // The timeout of a try is no limit to the wait.
    [{ timeout: 5_000 }, true],
  ])("fails with %o when the next slot is free in a minute: sent %s", async (options, isSent) => {
    const { clock, sent, angelcam } = setUp({ quota: oneAMinute });
    await angelcam.me.get();
    const outcome = await clock.drive(angelcam.me.get(options).catch((error) => error));
    expect(outcome instanceof QuotaError).toBe(!isSent);
    expect(sent).toEqual(isSent ? [0, 60_001] : [0]);
  });

  it("fails with the error of a limiter of one's own as it is", async () => {
    const reason = new Error("the counter is away");
    const quota: QuotaLimiter = {
      maxWait: 1_000,
      acquire: () => Promise.reject(reason),
      pause: () => {},
      snapshot: () => [],
    };
    const { fetch, angelcam } = setUp({ quota });
    await expect(angelcam.me.get()).rejects.toBe(reason);
    expect(fetch.requests).toEqual([]);
  });
});

describe("calls whose token expires while they wait", () => {
  function expiring(limit: number) {
    const clock = new ManualClock(start);
    const server = new TokenServer(clock);
    server.lifetime = 30;
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const session = new OAuthSession({ clientId: "client", grant, refreshAhead: 0 });
    const quota = new Quota({ windows: [{ limit, seconds: 60 }], clock });
    const angelcam = new Angelcam({ auth: session, fetch: server.fetch, clock, quota, deadline: 600_000 });
    return { clock, server, quota, angelcam };
  }

  it("release their slots until there is a new one, so that the token request gets one", async () => {
    const { clock, server, quota, angelcam } = expiring(2);
    await clock.drive(angelcam.me.get());
    const before = server.fetch.requests.length;
    const results = await clock.drive(Promise.allSettled([1, 2].map(() => angelcam.me.get())));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(server.fetch.requests.slice(before).map(({ url }) => new URL(url).pathname)).toEqual([
      "/oauth/token/",
      "/v1/me/",
      "/oauth/token/",
      "/v1/me/",
    ]);
    expect(quota.snapshot()[0]?.used).toBe(2);
  });

  it("keep their positions in the queue", async () => {
    const { clock, server, angelcam } = expiring(5);
    const order: number[] = [];
    const call = (number: number) => angelcam.me.get().then(() => order.push(number));
    await clock.drive(Promise.all([0, 1, 2, 3].map(call)));
    const early = [4, 5, 6, 7].map(call);
    await clock.advance(50_000);
    server.lifetime = 36_000;
    const late = [8, 9, 10, 11].map(call);
    await clock.drive(Promise.all([...early, ...late]));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("all succeed when they wait for more lifetimes of a token than one: 120 calls in 24 minutes, with tokens of 50 s", async () => {
    const { clock, server, angelcam } = expiring(5);
    server.lifetime = 50;
    const calls = Array.from({ length: 120 }, () => angelcam.me.get({ deadline: 4 * 3_600_000 }));
    const results = await clock.drive(Promise.allSettled(calls));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(120);
    expect(clock.monotonic()).toBeLessThan(2 * 3_600_000);
  });

  it("end when each new token has expired at once", async () => {
    const { clock, server, angelcam } = expiring(3);
    server.lifetime = 0;
    const outcomes = await clock.drive(Promise.allSettled([angelcam.me.get(), angelcam.me.get()]));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(clock.pending).toBe(0);
  });
});

it("a call whose token is never at hand: it returns one slot, goes before others then, and is sent", async () => {
  const priorities: unknown[] = [];
  let cancelled = 0;
  let released = 0;
  const quota: QuotaLimiter = {
    maxWait: Number.POSITIVE_INFINITY,
    acquire: async (request = {}) => {
      priorities.push(request.priority);
      return { cancel: () => void cancelled++, release: () => void released++ };
    },
    pause: () => {},
    snapshot: () => [],
  };
  const lateToken: Auth = {
    schemes: ["BearerToken"],
    authorization: async () => "Bearer late-token",
    tryAuthorization: () => undefined,
  };
  const { angelcam, fetch } = setUp({ auth: lateToken, quota });
  expect(await angelcam.me.get()).toEqual(account);
  expect(priorities).toEqual([0, 1]);
  expect([cancelled, released, fetch.requests.length]).toEqual([1, 1, 1]);
});

describe("a 429 that comes all the same", () => {
  it("holds all calls back until the moment that the server named", async () => {
    const clock = new ManualClock(start);
    const sent: number[] = [];
    const fetch = recordingFetch((_, index) => {
      sent.push(clock.monotonic());
      return index === 0 ? envelope(429, "throttled", "Wait 30 seconds.") : json(account);
    });
    const angelcam = new Angelcam({ auth, fetch, clock });
    const first = angelcam.me.get();
    await clock.drive(new Promise((resolve) => setImmediate(resolve)));
    await clock.drive(Promise.all([first, angelcam.me.get(), angelcam.me.get()]));
    expect(sent).toEqual([0, 30_000, 30_000, 30_000]);
  });
});

describe("a wall clock that jumps", () => {
  it.each([-24, -1, 1, 24])("by %i hours while calls wait delays none of them", async (hours) => {
    const { clock, sent, angelcam } = setUp();
    const calls = Promise.all(times(60, 0).map(() => angelcam.me.get()));
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10_000);
    clock.jump(hours * 3_600_000);
    await clock.drive(calls);
    expect(sent).toEqual([...times(30, 0), ...times(30, 60_001)]);
  });
});

describe("a machine that sleeps for 9 hours while calls wait", () => {
  it("sends none of them afterwards, GET or POST", async () => {
    const clock = new ManualClock(start);
    const timers = new Set<() => void>();
    // Timers of a machine that sleeps fire when it wakes, all at once.
    const sleepy = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimeout(callback: () => void) {
        timers.add(callback);
        return callback;
      },
      clearTimeout: (timer: unknown) => timers.delete(timer as () => void),
    };
    const fetch = recordingFetch(() => json(account));
    const angelcam = new Angelcam({ auth, fetch, clock: sleepy, quota: { windows: [{ limit: 1, seconds: 60 }] } });
    await angelcam.me.get();
    const waiting = Promise.allSettled([
      angelcam.me.get(),
      angelcam.cameras.clips.create(1234, { name: "x", start: "2026-11-24T10:00:00Z", end: "2026-11-24T10:01:00Z" }),
    ]);
    await clock.advance(9 * 3_600_000);
    for (const fire of [...timers]) fire();
    expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(fetch.requests).toHaveLength(1);
  });
});

describe("200 calls with one signal", () => {
  it("add one listener to it, and none is left", async () => {
    const { clock, angelcam } = setUp({ deadline: 3_600_000 });
    const { signal } = new AbortController();
    const calls = times(200, 0).map(() => angelcam.me.get({ signal }));
    for (let turn = 0; turn < 20; turn++) await undefined;
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await clock.drive(Promise.all(calls));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("one quota for several clients", () => {
  it("counts the requests of all of them", async () => {
    const { clock, fetch } = setUp();
    const quota = new Quota({ clock });
    const clients = [1, 2].map(() => new Angelcam({ auth, fetch, clock, quota }));
    await Promise.all(clients.map((angelcam) => angelcam.me.get()));
    expect(quota.snapshot().map(({ used }) => used)).toEqual([2, 2]);
  });

  it("is readable at each client, and empty with quota: false", async () => {
    const { angelcam } = setUp();
    await angelcam.me.get();
    expect(angelcam.quota.snapshot().map(({ used }) => used)).toEqual([1, 1]);
    expect(setUp({ quota: false }).angelcam.quota.snapshot()).toEqual([]);
  });
});

describe("the event quota_wait", () => {
  it("reports when the request is expected to be sent", async () => {
    const events: ClientEvent[] = [];
    const { clock, angelcam } = setUp({
      quota: { windows: [{ limit: 1, seconds: 60 }] },
      onEvent: (event) => events.push(event),
    });
    await angelcam.me.get();
    await clock.advance(10_000);
    await clock.drive(angelcam.me.get());
    expect(events.filter(({ type }) => type === "quota_wait")).toEqual([
      {
        type: "quota_wait",
        callId: expect.any(String),
        operationId: "me.get",
        until: new Date(start + 60_001),
        milliseconds: 50_001,
      },
    ]);
  });
});

describe("a request without a token", () => {
  const noRoom = () => {
    const { clock, sent, angelcam } = setUp({ quota: { windows: [{ limit: 1, seconds: 3_600 }] }, deadline: 1_000 });
    return { clock, sent, angelcam };
  };

  it.each<[string, (angelcam: Angelcam) => Promise<unknown>]>([
    [
      "the controls of a playback",
      (angelcam) => angelcam.recordingStreams.get("5f0c2d1a", { serverVariables: { streamer: "e1-eu2" } }),
    ],
    ["an event report", (angelcam) => angelcam.events.create({ hash: "a1b2c3" })],
  ])("takes no slot of the account: %s", async (_, call) => {
    const { clock, sent, angelcam } = noRoom();
    await clock.drive(angelcam.me.get());
    await clock.drive(call(angelcam));
    expect(sent).toHaveLength(2);
    await expect(clock.drive(angelcam.me.get())).rejects.toBeInstanceOf(QuotaError);
  });
});
