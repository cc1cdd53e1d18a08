import { describe, expect, it } from "vitest";
import {
  Angelcam,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
  Quota,
  QuotaError,
  type QuotaLimiter,
} from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";

const auth = personalAccessToken("x".repeat(20));
const start = Date.parse("2026-11-24T12:00:00Z");

describe("calls whose token ends while they wait in line", () => {
  it("hand their places back until there is a new one, so that none of them stands in its way", async () => {
    const clock = new ManualClock(start);
    const server = new TokenServer(clock);
    server.lifetime = 30;
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const session = new OAuthSession({ clientId: "client", grant, refreshAhead: 0 });
    const quota = new Quota({ windows: [{ limit: 2, seconds: 60 }], maxWait: 130_000, clock });
    const angelcam = new Angelcam({
      auth: session,
      fetch: server.fetch,
      clock,
      quota,
      coalesce: false,
      deadline: 600_000,
      timeout: 600_000,
    });
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
});

describe("a call that finds no place", () => {
  it("says which one it was, until when, and what can be done", async () => {
    const clock = new ManualClock(start);
    const quota = { windows: [{ limit: 1, seconds: 60 }], maxWait: 1_000 };
    const angelcam = new Angelcam({ auth, fetch: recordingFetch(() => json(account)), clock, quota });
    await angelcam.me.get();
    const error = await angelcam.me.get().catch((reason) => reason);
    expect(error).toBeInstanceOf(QuotaError);
    expect(error.toJSON()).toEqual({
      name: "QuotaError",
      message:
        "me.get: The quota has no free place before 2026-11-24T12:01:00.001Z, and this request may wait 1000 ms. Nothing was sent. Try again then, raise quota.maxWait, or send fewer requests.",
      code: "quota_exceeded",
      retryable: true,
      retryAt: new Date(start + 60_001),
      operationId: "me.get",
      method: "GET",
      path: "/v1/me/",
      attempts: 0,
    });
  });

  it("fails with the very error of a quota of somebody's own", async () => {
    const reason = new Error("the counter is away");
    const quota: QuotaLimiter = {
      maxWait: 1_000,
      acquire: () => Promise.reject(reason),
      pause: () => {},
      snapshot: () => [],
    };
    const fetch = recordingFetch(() => json(account));
    await expect(new Angelcam({ auth, fetch, quota }).me.get()).rejects.toBe(reason);
    expect(fetch.requests).toEqual([]);
  });
});
