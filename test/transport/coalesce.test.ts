import { describe, expect, it } from "vitest";
import { Angelcam, type AngelcamOptions, personalAccessToken } from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

function setUp(options: AngelcamOptions = { coalesce: true }) {
  const clock = new ManualClock();
  const aborted: unknown[] = [];
  const fetch = recordingFetch((_, __, signal) => {
    signal?.addEventListener("abort", () => aborted.push(signal.reason));
    return new Promise<Response>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
      clock.setTimeout(() => resolve(json(account)), 100);
    });
  });
  const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, clock, ...options });
  return { angelcam, clock, fetch, aborted };
}

describe("identical GETs at the same moment, with coalesce", () => {
  it("share one request, and each caller gets its own copy", async () => {
    const { angelcam, clock, fetch } = setUp();
    const [first, second] = await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]));
    expect(fetch.requests).toHaveLength(1);
    expect(first).toEqual(second);
    expect(first).not.toBe(second);
    expect(angelcam.quota.snapshot()[0]?.used).toBe(1);
  });

  it("share one request where the credential comes from a custom `auth`", async () => {
    const { angelcam, clock, fetch } = setUp({
      coalesce: true,
      auth: { schemes: [], authorization: async () => "Bearer custom-token" },
    });
    await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]));
    expect(fetch.requests).toHaveLength(1);
  });

  it("do not share where one has options of fetch: cache may lead to another response", async () => {
    const { angelcam, clock, fetch } = setUp();
    await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get({ cache: "reload" })]));
    expect(fetch.requests).toHaveLength(2);
  });

  it("do not share where one has a fetch of its own: in SvelteKit it carries the cookies of one visitor", async () => {
    const { angelcam, clock, fetch } = setUp();
    const own = ["Ada", "Bob"].map((first_name) => async () => json({ ...account, first_name }));
    const calls = own.map((one) => angelcam.api.GET("/v1/me/", { fetch: one }));
    const results = await clock.drive(Promise.all([...calls, angelcam.api.GET("/v1/me/")]));
    expect(results.map(({ data }) => data?.first_name)).toEqual(["Ada", "Bob", account.first_name]);
    expect(fetch.requests).toHaveLength(1);
  });

  it("do not share where timeout, deadline or retry differ: nobody's call ends with the limits of another", async () => {
    const { angelcam, clock, fetch } = setUp();
    const calls = [
      angelcam.me.get({ deadline: 50 }),
      angelcam.me.get({ timeout: 50, retry: false }),
      angelcam.me.get({ retry: false }),
      angelcam.me.get(),
      angelcam.me.get(),
    ];
    const results = await clock.drive(Promise.allSettled(calls));
    expect(results.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(fetch.requests).toHaveLength(4);
  });

  it("have the deadline of the call that began the request", async () => {
    const { angelcam, clock, fetch } = setUp();
    const first = angelcam.me.get({ deadline: 90 });
    await clock.advance(50);
    const calls = Promise.allSettled([first, angelcam.me.get({ deadline: 90 })]);
    const failures = (await clock.drive(calls)).map((result) => (result as PromiseRejectedResult).reason.code);
    expect(failures).toEqual(["timeout", "timeout"]);
    expect([fetch.requests.length, clock.monotonic()]).toEqual([1, 90]);
  });

  it("are GETs: two identical POSTs and DELETEs are two requests", async () => {
    const { angelcam, clock, fetch } = setUp();
    const calls = [1, 2].flatMap(() => [
      angelcam.rts.arm(undefined, { coalesce: true }),
      angelcam.cameras.delete(7, { coalesce: true }),
    ]);
    await clock.drive(Promise.allSettled(calls));
    expect(fetch.requests.map(({ method }) => method).sort()).toEqual(["DELETE", "DELETE", "POST", "POST"]);
  });

  it("are sent again once the response has come", async () => {
    const { angelcam, clock, fetch } = setUp();
    await clock.drive(angelcam.me.get());
    await clock.drive(angelcam.me.get());
    expect(fetch.requests).toHaveLength(2);
  });

  it("do not share where address, headers or space differ", async () => {
    const { angelcam, clock, fetch } = setUp();
    const calls = [angelcam.cameras.get(1), angelcam.cameras.get(2), angelcam.me.get(), angelcam.me.get({ space: 5 })];
    await clock.drive(Promise.all(calls));
    expect(fetch.requests).toHaveLength(4);
  });

  it("lose only the caller who aborts, and the request only when all have aborted", async () => {
    const { angelcam, clock, fetch, aborted } = setUp();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = angelcam.me.get({ signal: one.signal });
    const second = angelcam.me.get({ signal: two.signal });
    clock.setTimeout(() => one.abort(new Error("one")), 10);
    await expect(clock.drive(first)).rejects.toThrow("one");
    expect(aborted).toEqual([]);
    expect(await clock.drive(second)).toEqual(account);
    const third = angelcam.me.get({ signal: two.signal });
    clock.setTimeout(() => two.abort(new Error("two")), 10);
    await expect(clock.drive(third)).rejects.toThrow("two");
    expect(aborted).toHaveLength(1);
    expect(fetch.requests).toHaveLength(2);
    expect(clock.pending).toBeLessThanOrEqual(1);
  });

  it("fail with the same error for each caller: attempts, time to retry, and no token that the server repeats", async () => {
    const clock = new ManualClock();
    const token = "repeated-token-of-the-request";
    const fetch = recordingFetch((_, index) =>
      index === 0
        ? envelope(503, "bad_gateway", "")
        : envelope(429, "throttled", `Expected available in 3600 seconds, ${token}.`),
    );
    const angelcam = new Angelcam({ auth: personalAccessToken(token), fetch, clock, coalesce: true });
    const results = await clock.drive(Promise.allSettled([angelcam.me.get(), angelcam.me.get()]));
    const [first, second] = results.map((result) => (result as PromiseRejectedResult).reason);
    expect(fetch.requests).toHaveLength(2);
    expect(second).toEqual(first);
    expect(second).toMatchObject({ attempts: 2, retryAt: new Date(clock.now() + 3_600_000) });
    expect(second.detail).toBe("Expected available in 3600 seconds, [secret].");
  });

  it("fail with 401 and the advice for a rejected token for each caller", async () => {
    const fetch = recordingFetch(() => envelope(401, "not_authenticated", ""));
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, coalesce: true });
    const results = await Promise.allSettled([angelcam.me.get(), angelcam.me.get()]);
    const messages = results.map((result) => (result as PromiseRejectedResult).reason.message);
    expect(fetch.requests).toHaveLength(1);
    expect(messages).toEqual([messages[0], messages[0]]);
    expect(messages[1]).toContain("Check the token, or sign in again.");
  });

  it("are not shared unless the client or the call says so", async () => {
    const { angelcam, clock, fetch } = setUp({});
    await clock.drive(Promise.all([angelcam.me.get(), angelcam.me.get()]));
    expect(fetch.requests).toHaveLength(2);
    await clock.drive(Promise.all([angelcam.me.get({ coalesce: true }), angelcam.me.get({ coalesce: true })]));
    expect(fetch.requests).toHaveLength(3);
  });
});
