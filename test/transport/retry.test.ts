import { describe, expect, it, vi } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  type Auth,
  type ClientEvent,
  ConnectionError,
  personalAccessToken,
  RateLimitError,
  type RetryOptions,
  ServerError,
  TimeoutError,
} from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

const unavailable = () => envelope(503, "bad_gateway", "Try again.");

function setUp(respond: Parameters<typeof recordingFetch>[0], options: AngelcamOptions = {}) {
  const clock = new ManualClock();
  const fetch = recordingFetch(respond);
  const events: ClientEvent[] = [];
  const angelcam = new Angelcam({
    auth: personalAccessToken("secret-token"),
    fetch,
    clock,
    random: () => 1,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { angelcam, clock, fetch, events };
}

describe("a DELETE whose first response was lost", () => {
  const lost = () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
  };
  const remove = (last: () => Response) => {
    const fixture = setUp((_, index) => (index === 0 ? lost() : last()));
    return { ...fixture, removed: fixture.clock.drive(fixture.angelcam.cameras.delete(7).withResponse()) };
  };

  it("and whose retry says 404 has succeeded, with the response of a success", async () => {
    const { removed, fetch } = remove(() => envelope(404, "not_found", "x"));
    const { data, response } = await removed;
    expect([data, response.status, await response.text()]).toEqual([undefined, 204, ""]);
    expect(fetch.requests).toHaveLength(2);
  });

  it.each([
    ["429", 429],
    ["503", 503],
    ["404, which the policy retries", 404],
    ["409, which the policy retries", 409],
  ])("is not one whose first response was a %s: a 404 of its retry is an error", async (_, status) => {
    const statuses = [404, 409, 429, 503];
    const { angelcam, clock } = setUp((_, index) => envelope(index === 0 ? status : 404, "x", "in 1 second"), {
      retry: { attempts: 2, statuses },
    });
    await expect(clock.drive(angelcam.cameras.delete(7))).rejects.toMatchObject({ code: "not_found", attempts: 2 });
  });

  it("is none where there was no connection: a 404 of the retry is an error", async () => {
    const { angelcam, clock } = setUp((_, index) => {
      if (index > 0) return envelope(404, "not_found", "x");
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) });
    });
    await expect(clock.drive(angelcam.cameras.delete(7))).rejects.toMatchObject({ code: "not_found", attempts: 2 });
  });

  it("and whose retry is forbidden has failed with that", async () => {
    const { removed } = remove(() => envelope(403, "permission_denied", "x"));
    await expect(removed).rejects.toMatchObject({ code: "permission_denied", attempts: 2 });
  });
});

describe("a failed request that is safe to retry", () => {
  it.each([429, 500, 502, 503, 504])("is sent again after a %i", async (status) => {
    const { angelcam, clock, fetch } = setUp((_, index) =>
      index === 0 ? envelope(status, "failed", "x") : json(account),
    );
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(fetch.requests).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it("is sent again after a lost connection", async () => {
    const { angelcam, clock, fetch } = setUp((_, index) => {
      if (index === 0)
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
      return json(account);
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(fetch.requests).toHaveLength(2);
  });

  it("fails after three attempts, with their number in the error", async () => {
    const { angelcam, clock, fetch } = setUp(unavailable);
    const error = await clock.drive(angelcam.me.get().catch((reason) => reason));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ attempts: 3, status: 503, retryable: true });
    expect(fetch.requests).toHaveLength(3);
  });

  it("waits longer each time, at random, and says so", async () => {
    const { angelcam, clock, events } = setUp(unavailable, { retry: { attempts: 4 } });
    await clock.drive(angelcam.me.get().catch(() => {}));
    const delays = events.flatMap((event) => (event.type === "retry" ? [event.delay] : []));
    expect(delays).toEqual([1000, 2000, 4000]);
  });

  it("may be sent again at once when chance says so: the jitter is full", async () => {
    const { angelcam, clock, events } = setUp(unavailable, { random: () => 0 });
    await clock.drive(angelcam.me.get().catch(() => {}));
    expect(events.flatMap((event) => (event.type === "retry" ? [event.delay] : []))).toEqual([0, 0]);
  });

  it.each([400, 403, 404, 409])("is not sent again after a %i", async (status) => {
    const { angelcam, clock, fetch } = setUp(() => envelope(status, "no", "x"));
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ status, attempts: 1 });
    expect(fetch.requests).toHaveLength(1);
  });

  it("is sent once where the client or the call says retry: false", async () => {
    const first = setUp(unavailable, { retry: false });
    await expect(first.clock.drive(first.angelcam.me.get())).rejects.toBeInstanceOf(ServerError);
    const second = setUp(unavailable);
    await expect(second.clock.drive(second.angelcam.me.get({ retry: false }))).rejects.toBeInstanceOf(ServerError);
    expect([first.fetch.requests.length, second.fetch.requests.length]).toEqual([1, 1]);
  });

  it("is not sent again once the caller has aborted", async () => {
    const controller = new AbortController();
    const { angelcam, clock, fetch } = setUp(() => {
      controller.abort(new Error("enough"));
      return unavailable();
    });
    await expect(clock.drive(angelcam.me.get({ signal: controller.signal }))).rejects.toThrow("enough");
    expect(fetch.requests).toHaveLength(1);
  });

  it("is not sent again beyond the deadline of the call", async () => {
    const { angelcam, clock, fetch } = setUp(unavailable);
    await expect(clock.drive(angelcam.me.get({ deadline: 1500 }))).rejects.toBeInstanceOf(ServerError);
    expect(fetch.requests).toHaveLength(2);
    expect(clock.now()).toBeLessThanOrEqual(Date.parse("2026-11-24T12:00:01.500Z"));
  });

  it("waits for what Retry-After names, and only then goes on", async () => {
    const { angelcam, clock, fetch } = setUp((_, index) =>
      index === 0 ? envelope(429, "throttled", "x", { "Retry-After": "17" }) : json(account),
    );
    await clock.drive(angelcam.me.get());
    expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(17_000);
    expect(fetch.requests).toHaveLength(2);
  });

  it("waits for the seconds that the detail names where there is no Retry-After", async () => {
    const { angelcam, clock } = setUp((_, index) =>
      index === 0 ? envelope(429, "throttled", "Expected available in 23 seconds.") : json(account),
    );
    await clock.drive(angelcam.me.get());
    expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(23_000);
  });

  it("fails at once with retryAt where the named wait is longer than maxWait", async () => {
    const { angelcam, clock, fetch } = setUp(() => envelope(429, "throttled", "x", { "Retry-After": "3600" }));
    const error = await clock.drive(angelcam.me.get().catch((reason) => reason));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error.retryAt).toEqual(new Date("2026-11-24T13:00:00Z"));
    expect(fetch.requests).toHaveLength(1);
    expect(clock.now()).toBe(Date.parse("2026-11-24T12:00:00Z"));
  });

  it("forgets the named time with the next attempt, whatever its result", async () => {
    const page = () => new Response("<html>", { headers: { "Content-Type": "text/html" } });
    const never = () => new Promise<Response>(() => {});
    for (const [next, code] of [
      [page, "unexpected_response"],
      [never, "timeout"],
    ] as const) {
      const { angelcam, clock } = setUp((_, index) =>
        index === 0 ? envelope(429, "throttled", "x", { "Retry-After": "17" }) : next(),
      );
      const error = await clock.drive(angelcam.me.get({ retry: { attempts: 2 } }).catch((reason) => reason));
      expect(error).toMatchObject({ code, attempts: 2 });
      expect(error).not.toHaveProperty("retryAt");
    }
  });

  it("waits for a named moment exactly as long as maxWait, and no longer", async () => {
    const named = (seconds: string) =>
      setUp((_, index) => (index === 0 ? envelope(429, "throttled", "x", { "Retry-After": seconds }) : json(account)), {
        quota: { maxWait: 10_000 },
      });
    const just = named("10");
    expect(await just.clock.drive(just.angelcam.me.get())).toEqual(account);
    expect(just.clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(10_000);
    const over = named("11");
    await expect(over.clock.drive(over.angelcam.me.get())).rejects.toMatchObject({
      code: "rate_limited",
      attempts: 1,
      retryAt: new Date("2026-11-24T12:00:11Z"),
    });
  });

  it("makes all other calls wait after a 429, and none after a 503", async () => {
    for (const [status, wait] of [
      [429, 17_000],
      [503, 0],
    ] as const) {
      const { angelcam, clock } = setUp((_, index) =>
        index === 0 ? envelope(status, "busy", "x", { "Retry-After": "17" }) : json(account),
      );
      await angelcam.me.get({ retry: false }).catch(() => {});
      await clock.drive(angelcam.me.get());
      expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(wait);
    }
  });

  it("alone calls random: a success does not", async () => {
    const random = vi.fn(() => 1);
    const { angelcam, clock } = setUp((_, index) => (index === 1 ? unavailable() : json(account)), { random });
    await clock.drive(angelcam.me.get());
    expect(random).not.toHaveBeenCalled();
    await clock.drive(angelcam.me.get());
    expect(random).toHaveBeenCalledOnce();
  });

  it("is not limited by maxWait in a pause of its own, which is short", async () => {
    const { angelcam, clock, fetch } = setUp((_, index) => (index === 0 ? unavailable() : json(account)), {
      quota: { maxWait: 10 },
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(fetch.requests).toHaveLength(2);
  });

  it("waits for what is named also without a quota", async () => {
    const { angelcam, clock } = setUp(
      (_, index) => (index === 0 ? envelope(429, "throttled", "x", { "Retry-After": "17" }) : json(account)),
      { quota: false },
    );
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(17_000);
  });

  it.each(["1000000000", "Thu, 01 Jan 1970 00:00:00 GMT", "-5", "soon"])(
    "does not take Retry-After: %s at its word",
    async (value) => {
      const { angelcam, clock } = setUp((_, index) =>
        index === 0 ? envelope(429, "throttled", "x", { "Retry-After": value }) : json(account),
      );
      expect(await clock.drive(angelcam.me.get())).toEqual(account);
      expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(1000);
    },
  );
});

describe("a token that the server rejects", () => {
  const refused = () => envelope(401, "not_authenticated", "The token is not valid.");

  function authThat(outcome: "refreshed" | "shared" | undefined): Auth {
    return { schemes: [], authorization: async () => "Bearer abc", refresh: async () => outcome };
  }

  it.each<[number, string, Auth]>([
    [1, "that has no other", authThat(undefined)],
    [1, "that never changes", { schemes: [], authorization: async () => "Bearer abc" }],
    [
      2,
      "that is refreshed once, as by a session",
      { ...authThat("refreshed"), refresh: async ({ again }) => (again ? undefined : "refreshed") },
    ],
    [3, "that is refreshed each time", authThat("refreshed")],
    [4, "that finds newer ones of other processes", authThat("shared")],
  ])("costs %i requests with a credential %s, then the call fails", async (sent, _, auth) => {
    const { angelcam, clock, fetch, events } = setUp(refused, { auth });
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ code: "not_authenticated", attempts: sent });
    expect(fetch.requests).toHaveLength(sent);
    expect(events.some(({ type }) => type === "retry")).toBe(false);
  });

  it("does not count as one of the attempts", async () => {
    const responses = [refused, unavailable, () => json(account)];
    const { angelcam, clock, fetch } = setUp((_, index) => (responses[index] ?? refused)(), {
      auth: authThat("refreshed"),
      retry: { attempts: 2 },
    });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(fetch.requests).toHaveLength(3);
  });

  it("is replaced and the request sent again with retry: false, also a POST", async () => {
    const { angelcam, clock, fetch } = setUp(
      (_, index) => (index === 0 ? refused() : new Response(null, { status: 204 })),
      {
        auth: authThat("refreshed"),
        retry: false,
      },
    );
    await clock.drive(angelcam.recordings.stop("7"));
    expect(fetch.requests).toHaveLength(2);
  });
});

describe("a request that must not be sent twice", () => {
  it("is a POST, whatever has happened to it", async () => {
    const failures = [unavailable, () => envelope(502, "bad_gateway", "x"), () => envelope(500, "error", "x")];
    for (const failure of failures.slice(1)) {
      const { angelcam, clock, fetch } = setUp(failure);
      await clock.drive(angelcam.oauth.revokeToken({ token: "abcdef", client_id: "x" }).catch(() => {}));
      expect(fetch.requests).toHaveLength(1);
    }
    const { angelcam, clock, fetch } = setUp(() => {
      throw new TypeError("fetch failed");
    });
    await expect(clock.drive(angelcam.oauth.revokeToken({ token: "abcdef", client_id: "x" }))).rejects.toBeInstanceOf(
      ConnectionError,
    );
    expect(fetch.requests).toHaveLength(1);
  });

  it("is sent again where the spec says that a rejected request had no effect", async () => {
    const { angelcam, clock, fetch } = setUp((_, index) =>
      index === 0 ? unavailable() : new Response(null, { status: 200 }),
    );
    await clock.drive(angelcam.oauth.revokeToken({ token: "abcdef", client_id: "x" }));
    expect(fetch.requests).toHaveLength(2);
  });
});

describe("a server that does not respond", () => {
  const never = (_: unknown, __: number, signal: AbortSignal | undefined) =>
    new Promise<Response>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

  it("costs one timeout per attempt, and ends in TimeoutError", async () => {
    const { angelcam, clock, fetch } = setUp(never, { timeout: 5000 });
    await expect(clock.drive(angelcam.me.get())).rejects.toBeInstanceOf(TimeoutError);
    expect(fetch.requests).toHaveLength(3);
    expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBe(3 * 5000 + 1000 + 2000);
    expect(clock.pending).toBe(0);
  });

  it("never costs more than the deadline of the call", async () => {
    const { angelcam, clock } = setUp(never, { timeout: 5000, deadline: 7000 });
    await expect(clock.drive(angelcam.me.get())).rejects.toBeInstanceOf(TimeoutError);
    expect(clock.now() - Date.parse("2026-11-24T12:00:00Z")).toBeLessThanOrEqual(7000);
  });

  it("gets no further request once the caller aborts, with the caller's reason", async () => {
    const controller = new AbortController();
    const { angelcam, clock } = setUp(never);
    const call = angelcam.me.get({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(clock.drive(call)).rejects.toThrow("enough");
    expect(clock.pending).toBe(0);
  });
});

it("error.retryable follows the retry policy of the client, as the loop does", async () => {
  const fetch = recordingFetch(() => envelope(503, "bad_gateway", "Later."));
  const call = (retry: RetryOptions) =>
    new Angelcam({ fetch, quota: false, retry: { attempts: 1, ...retry } }).cameras.get(7).catch((error) => error);
  expect((await call({})).retryable).toBe(true);
  expect((await call({ statuses: [429] })).retryable).toBe(false);
  expect((await call({ methods: ["PUT"] })).retryable).toBe(false);
});

it("a 429 of a streamer, which the account's quota does not count, holds no other call back", async () => {
  const { angelcam, clock } = setUp((request) =>
    request.url.includes("/recording/streams/") ? envelope(429, "rate_limited", "in 60 seconds") : json(account),
  );
  const play = angelcam.recordingStreams.play("7", { serverVariables: { streamer: "e3-eu2" } });
  await expect(clock.drive(play)).rejects.toMatchObject({ code: "rate_limited" });
  expect(await clock.drive(angelcam.me.get({ deadline: 1_000 }))).toEqual(account);
});
