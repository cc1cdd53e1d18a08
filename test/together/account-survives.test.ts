import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AngelcamError, ConnectionError, Quota, QuotaError } from "../../src/index.ts";
import { hundredCalls, sandboxFixture } from "./sandbox-fixture.ts";

const roomy = { sandbox: { quota: false as const }, client: { quota: false as const } };

describe("100 calls that meet an expired access token, counted by the sandbox", () => {
  it.each(["password", "refresh_token"] as const)(
    "make 1 token request and 100 succeed, with a %s grant",
    async (grant) => {
      const fixture = sandboxFixture({ grant, ...roomy });
      await fixture.clock.drive(fixture.angelcam.me.get());
      fixture.sandbox.expireAccessTokens();
      fixture.sandbox.clearLog();
      expect((await hundredCalls(fixture)).succeeded).toBe(100);
      expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(1);
      expect(fixture.sandbox.tokenReuses).toBe(0);
    },
  );

  it("do so when the token response takes 50 ms", async () => {
    const fixture = sandboxFixture({ grant: "refresh_token", ...roomy });
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.sandbox.expireAccessTokens();
    fixture.sandbox.faults.add({ operation: "oauth.createToken", latency: 50 });
    fixture.sandbox.clearLog();
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(1);
  });

  it("do so after the token endpoint has responded 503 twice, and no token is used twice", async () => {
    const fixture = sandboxFixture({ grant: "refresh_token", ...roomy });
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.sandbox.expireAccessTokens();
    fixture.sandbox.faults.add({ operation: "oauth.createToken", times: 2, status: 503 });
    fixture.sandbox.clearLog();
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(3);
    expect(fixture.sandbox.count({ operation: "oauth.createToken", status: 200 })).toBe(1);
    expect(fixture.sandbox.tokenReuses).toBe(0);
  });

  it("all end in ConnectionError when it hangs up after it has rotated; then its token is sent once more, and rejected", async () => {
    const fixture = sandboxFixture({ grant: "refresh_token", ...roomy });
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.sandbox.expireAccessTokens();
    fixture.sandbox.faults.add({ operation: "oauth.createToken", kind: "drop", when: "after" });
    fixture.sandbox.clearLog();
    const { succeeded, reasons } = await hundredCalls(fixture);
    expect([succeeded, reasons.every((reason) => reason instanceof ConnectionError)]).toEqual([0, true]);
    for (let call = 0; call < 3; call++) {
      await expect(fixture.clock.drive(fixture.angelcam.me.get())).rejects.toMatchObject({ code: "session_ended" });
    }
    expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(2);
  });

  it("succeed with the same token when it hangs up before it has done anything", async () => {
    const fixture = sandboxFixture({ grant: "refresh_token", ...roomy });
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.sandbox.expireAccessTokens();
    fixture.sandbox.faults.add({ operation: "oauth.createToken", kind: "drop" });
    fixture.sandbox.clearLog();
    expect((await hundredCalls(fixture)).succeeded).toBe(0);
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(2);
    expect(fixture.sandbox.tokenReuses).toBe(0);
  });

  it("go on with one new sign-in after that, where the password was kept", async () => {
    const fixture = sandboxFixture(roomy);
    await fixture.clock.drive(fixture.angelcam.me.get());
    fixture.sandbox.expireAccessTokens();
    fixture.sandbox.faults.add({ operation: "oauth.createToken", kind: "drop", when: "after" });
    await hundredCalls(fixture);
    fixture.sandbox.clearLog();
    expect((await hundredCalls(fixture)).succeeded).toBe(100);
    expect(fixture.sandbox.count({ operation: "oauth.createToken" })).toBe(1);
    expect(fixture.sandbox.count({ operation: "oauth.createToken", grant: "password" })).toBe(1);
    expect(fixture.sandbox.tokenReuses).toBe(0);
  });
});

describe("500 calls in one burst, counted by the sandbox", () => {
  const patient = { client: { quota: { maxWait: 86_400_000 }, deadline: 86_400_000 } };

  it("meet no 429, never more than 30 in any minute, and keep their order", async () => {
    const { clock, sandbox, angelcam } = sandboxFixture({ ...patient, sandbox: { cameras: 500 } });
    const cameras = [...sandbox.cameras];
    await clock.drive(Promise.all(cameras.map(({ id }) => angelcam.cameras.get(id))));
    expect(sandbox.count({ status: 429 })).toBe(0);
    const gets = sandbox.requests.filter(({ operation }) => operation === "cameras.get");
    expect(gets.map(({ path }) => Number(path.split("/")[3]))).toEqual(cameras.map(({ id }) => id));
    const times = sandbox.requests.map(({ time }) => time);
    const busiest = Math.max(
      ...times.map((from) => times.filter((time) => time >= from && time - from <= 60_000).length),
    );
    expect(busiest).toBe(30);
  });

  it("fail at once where the wait would exceed maxWait, with the moment at which there is room", async () => {
    const { clock, sandbox, angelcam } = sandboxFixture({ client: { quota: { maxWait: 30_000 } } });
    const results = await clock.drive(Promise.allSettled(Array.from({ length: 40 }, () => angelcam.me.get())));
    const rejected = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(rejected).toHaveLength(11);
    expect(rejected.every((reason) => reason instanceof QuotaError)).toBe(true);
    expect(sandbox.requests).toHaveLength(30);
    await clock.advance(rejected[0].retryAt.getTime() - clock.now());
    await clock.drive(angelcam.me.get());
    expect(sandbox.count({ status: 429 })).toBe(0);
  });

  it("remember the day over a restart of the program", async () => {
    const first = sandboxFixture({ client: { quota: { windows: [{ limit: 10, seconds: 86_400 }] } } });
    for (let call = 0; call < 9; call++) await first.clock.drive(first.angelcam.me.get());
    const state = JSON.parse(JSON.stringify(first.angelcam.quota));
    const quota = new Quota({ windows: [{ limit: 10, seconds: 86_400 }], state, clock: first.clock });
    expect(quota.snapshot()[0]).toMatchObject({ used: 10, remaining: 0 });
    await expect(quota.acquire({ maxWait: 60_000 })).rejects.toBeInstanceOf(QuotaError);
  });

  it("get through a 429 that another program has caused, waiting as long as the server says", async () => {
    const { clock, sandbox, angelcam } = sandboxFixture({ client: { quota: { maxWait: 120_000 } } });
    const other = sandbox.tokens.personalAccessToken();
    const get = () =>
      sandbox.fetch("https://api.angelcam.com/v1/me/", { headers: { Authorization: `PersonalAccessToken ${other}` } });
    for (let call = 0; call < 29; call++) await get();
    const started = clock.now();
    await clock.drive(angelcam.me.get());
    expect(sandbox.count({ status: 429 })).toBe(1);
    expect(clock.now() - started).toBe(60_000);
  });
});

describe("250 cameras, counted by the sandbox", () => {
  it("are listed with 3 requests, none lost or duplicated, while the list shrinks and grows between pages", async () => {
    const gone: number[] = [];
    const fixture = sandboxFixture({
      sandbox: {
        cameras: 250,
        onRequest: ({ operation, query }) => {
          if (operation !== "cameras.list" || query.offset === undefined || query.offset === "0") return;
          const [, second, third] = [...fixture.sandbox.cameras];
          for (const camera of [second, third]) {
            if (camera && fixture.sandbox.cameras.remove(camera.id)) gone.push(camera.id);
          }
          fixture.sandbox.cameras.add({});
        },
      },
    });
    const before = [...fixture.sandbox.cameras].map(({ id }) => id);
    const ids = (await fixture.clock.drive(fixture.angelcam.cameras.list().toArray())).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter((id) => !gone.includes(id) && !ids.includes(id))).toEqual([]);
    expect(gone.length).toBeGreaterThan(0);
    expect(fixture.sandbox.count({ operation: "cameras.list" })).toBe(3);
  });
});

describe("whatever goes wrong in the sandbox", () => {
  it("ends in a typed error or in data, leaves no timer, and shows no secret", async () => {
    const kinds = [
      "html",
      "empty",
      "cut",
      "slow",
      "garbage",
      "large",
      "body-in-204",
      "drop",
      "refuse",
      "hang",
    ] as const;
    const seen: unknown[] = [];
    const secrets: string[] = [];
    for (const operation of ["oauth.createToken", "me.get"] as const) {
      for (const kind of kinds) {
        const fixture = sandboxFixture({ grant: "refresh_token", client: { retry: false } });
        fixture.sandbox.faults.add({ operation, kind, times: 9 });
        const outcome = await fixture.clock.drive(fixture.angelcam.me.get().catch((error) => error));
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AngelcamError);
        seen.push(outcome, ...fixture.events, fixture.session, fixture.angelcam);
        secrets.push(...fixture.secrets);
        expect(fixture.clock.pending).toBe(0);
      }
    }
    const shown = seen
      .flatMap((value) => [
        inspect(value, { depth: 12, showHidden: true }),
        JSON.stringify(value),
        value instanceof Error ? value.stack : "",
      ])
      .join("\n");
    for (const secret of secrets) expect(shown).not.toContain(secret);
    // Access tokens of the sandbox are 30 letters and digits; none may be in quotes or behind "Bearer".
    expect(shown).not.toMatch(/Bearer [A-Za-z0-9]{20}/);
    expect(shown).not.toMatch(/"access_token":\s*"[^[]/);
  });
});
