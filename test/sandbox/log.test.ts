import { describe, expect, test } from "vitest";
import { fingerprint, type LogEntry } from "../../src/sandbox/index.ts";
import { get, refresh, START, signIn, stillSandbox } from "./support.ts";

describe("the log of requests", () => {
  test("has each request, its account and the status of its response", async () => {
    const sandbox = stillSandbox();
    const { access_token } = sandbox.tokens.signIn();
    await get(sandbox, "/v1/cameras/?limit=2&tags=roof", access_token);
    expect(sandbox.requests).toEqual([
      {
        number: 1,
        time: START,
        method: "GET",
        origin: "https://api.angelcam.com",
        path: "/v1/cameras/",
        query: { limit: "2", tags: "roof" },
        operation: "cameras.list",
        account: "user@example.com",
        credential: fingerprint(access_token),
        grant: undefined,
        status: 200,
        fault: undefined,
      },
    ]);
  });

  test("names the same credential the same way, so that a test can count how often a token was used", async () => {
    const sandbox = stillSandbox();
    const { access_token, refresh_token } = sandbox.tokens.signIn();
    await refresh(sandbox, refresh_token);
    await refresh(sandbox, refresh_token);
    await get(sandbox, "/v1/me/", access_token);
    expect(sandbox.count({ credential: fingerprint(refresh_token), grant: "refresh_token" })).toBe(2);
    expect(sandbox.count({ credential: fingerprint(access_token) })).toBe(1);
    expect(fingerprint(access_token)).not.toBe(fingerprint(refresh_token));
  });

  test("holds no secret", async () => {
    const sandbox = stillSandbox();
    const { access_token, refresh_token } = sandbox.tokens.signIn();
    const personal = sandbox.tokens.personalAccessToken();
    await signIn(sandbox, { client_secret: "sandbox-client-secret-1" });
    await refresh(sandbox, refresh_token);
    await get(sandbox, `/v1/me/?access_token=${access_token}&code=c0de&password=p4ss`, access_token);
    await sandbox.fetch("https://api.angelcam.com/v1/me/", {
      headers: { Authorization: `PersonalAccessToken ${personal}` },
    });
    const text = JSON.stringify(sandbox.requests);
    for (const secret of [
      access_token,
      refresh_token,
      personal,
      sandbox.account.password,
      "client-secret",
      "c0de",
      "p4ss",
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test("can be counted by any of its properties, and cleared", async () => {
    const sandbox = stillSandbox();
    await get(sandbox, "/v1/me/", "wrong");
    await get(sandbox, "/v1/nothing/", "wrong");
    expect(sandbox.count()).toBe(2);
    expect(sandbox.count({ operation: "me.get", status: 401 })).toBe(1);
    expect(sandbox.count({ operation: undefined, status: 404 })).toBe(1);
    sandbox.clearLog();
    expect(sandbox.count()).toBe(0);
    await get(sandbox, "/v1/me/", "wrong");
    expect(sandbox.requests[0]?.number).toBe(3);
  });

  test("calls onRequest with each request before its response", async () => {
    const seen: [LogEntry["operation"], LogEntry["status"], LogEntry["account"]][] = [];
    const sandbox = stillSandbox({
      onRequest: async ({ operation, status, account }) => {
        seen.push([operation, status, account]);
      },
    });
    await get(sandbox, "/v1/me/", sandbox.tokens.signIn().access_token);
    await get(sandbox, "/v1/nothing/", "wrong");
    expect(seen).toEqual([
      ["me.get", undefined, "user@example.com"],
      [undefined, undefined, undefined],
    ]);
  });

  test("lets an error of onRequest reach the caller", async () => {
    const sandbox = stillSandbox({
      onRequest: () => {
        throw new Error("a mistake in the test");
      },
    });
    await expect(get(sandbox, "/v1/me/", "wrong")).rejects.toThrow("a mistake in the test");
  });

  test("keeps the order in which requests came", async () => {
    const sandbox = stillSandbox({ quota: false, cameras: 200 });
    const { access_token } = sandbox.tokens.signIn();
    const offsets = Array.from({ length: 100 }, (_, index) => String(index));
    await Promise.all(offsets.map((offset) => get(sandbox, `/v1/cameras/?limit=1&offset=${offset}`, access_token)));
    expect(sandbox.requests.map(({ query }) => query.offset)).toEqual(offsets);
  });
});

describe("the clock", () => {
  test("is the given one, and moves when set", () => {
    const { clock } = stillSandbox();
    clock.advance(1500);
    expect(clock.now()).toBe(START + 1500);
    clock.set(new Date("2027-01-01T00:00:00Z"));
    expect(new Date(clock.now()).toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(() => clock.set(new Date("never"))).toThrow(RangeError);
  });

  test("runs with its source while it is ahead of it", () => {
    let now = 0;
    const { clock } = stillSandbox({ clock: { now: () => now } });
    clock.set(10_000);
    now = 5;
    expect(clock.now()).toBe(10_005);
  });
});
