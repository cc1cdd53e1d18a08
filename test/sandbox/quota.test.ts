import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { API, get, refresh, stillSandbox } from "./support.ts";

async function statuses(sandbox: Sandbox, token: string, times: number): Promise<number[]> {
  const responses: number[] = [];
  for (let time = 0; time < times; time++) responses.push((await get(sandbox, "/v1/me/", token)).status);
  return responses;
}

describe("the quota", () => {
  test("lets 30 requests through in any 60 seconds", async () => {
    const sandbox = stillSandbox();
    const token = sandbox.tokens.signIn().access_token;
    await statuses(sandbox, token, 10);
    sandbox.clock.advance(30_000);
    expect(await statuses(sandbox, token, 21)).toEqual([...Array(20).fill(200), 429]);
    sandbox.clock.advance(29_999);
    expect(await statuses(sandbox, token, 1)).toEqual([429]);
    sandbox.clock.advance(1);
    expect(await statuses(sandbox, token, 11)).toEqual([...Array(10).fill(200), 429]);
  });

  test("lets 1,000 requests through in any hour", async () => {
    const sandbox = stillSandbox();
    const token = sandbox.tokens.personalAccessToken();
    const send = async () =>
      sandbox.fetch("https://api.angelcam.com/v1/me/", { headers: { Authorization: `PersonalAccessToken ${token}` } });
    const all: number[] = [];
    for (let minute = 0; minute < 35; minute++) {
      for (let time = 0; time < 30; time++) all.push((await send()).status);
      sandbox.clock.advance(60_000);
    }
    expect([all.indexOf(429), all.filter((status) => status === 200).length]).toEqual([1000, 1000]);
    const rejected = await send();
    expect(await rejected.json()).toMatchObject({ detail: expect.stringContaining(`in ${3600 - 35 * 60} seconds`) });
    sandbox.clock.advance(3_600_000 - 35 * 60_000);
    expect((await send()).status).toBe(200);
  });

  test("returns 429 in the documented envelope, with the wait in the text, and in Retry-After on request", async () => {
    const sandbox = stillSandbox({ quota: { windows: [{ limit: 1, seconds: 24 }], retryAfter: true } });
    const token = sandbox.tokens.signIn().access_token;
    await get(sandbox, "/v1/me/", token);
    const response = await get(sandbox, "/v1/me/", token);
    expect([response.status, response.headers.get("Retry-After"), await response.json()]).toEqual([
      429,
      "24",
      { title: "throttled", detail: "Request was throttled. Expected available in 24 seconds.", status: 429 },
    ]);
  });

  test.each([
    [undefined, null],
    [false, null],
    [1e9, "1000000000"],
    [new Date("2020-01-01T00:00:00Z"), "Wed, 01 Jan 2020 00:00:00 GMT"],
    ["soon", "soon"],
  ])("sends no, absurd or past values on request: %s", async (retryAfter, header) => {
    const sandbox = stillSandbox({
      quota: { windows: [{ limit: 1, seconds: 60 }], ...(retryAfter === undefined ? {} : { retryAfter }) },
    });
    const token = sandbox.tokens.signIn().access_token;
    await get(sandbox, "/v1/me/", token);
    expect((await get(sandbox, "/v1/me/", token)).headers.get("Retry-After")).toBe(header);
  });

  test("counts token requests and rejected tokens to the account, and no 429", async () => {
    const sandbox = stillSandbox();
    const { access_token, refresh_token } = sandbox.tokens.signIn();
    await refresh(sandbox, refresh_token);
    await get(sandbox, "/v1/me/", access_token);
    expect(sandbox.quota.state()).toEqual([
      { limit: 30, seconds: 60, used: 2, remaining: 28 },
      { limit: 1000, seconds: 3600, used: 2, remaining: 998 },
    ]);
    await statuses(sandbox, access_token, 40);
    expect(sandbox.quota.state()[0]).toMatchObject({ used: 30, remaining: 0 });
    expect(sandbox.count({ status: 429 })).toBe(12);
  });

  test("is counted for each account by itself", async () => {
    const sandbox = stillSandbox({ accounts: 2, quota: { windows: [{ limit: 1, seconds: 60 }] } });
    const [, second] = sandbox.accounts;
    if (!second) throw new Error("There is no second account");
    await statuses(sandbox, sandbox.tokens.signIn().access_token, 2);
    expect(await statuses(sandbox, sandbox.tokens.signIn({ account: second }).access_token, 2)).toEqual([200, 429]);
    expect(sandbox.quota.state(second)).toMatchObject([{ used: 1 }]);
  });

  test("can be switched off, and forgotten", async () => {
    const free = stillSandbox({ quota: false });
    expect(await statuses(free, free.tokens.signIn().access_token, 50)).toEqual(Array(50).fill(200));
    expect(free.quota.state()).toEqual([]);
    const sandbox = stillSandbox({ quota: { windows: [{ limit: 1, seconds: 60 }] } });
    const token = sandbox.tokens.signIn().access_token;
    await statuses(sandbox, token, 1);
    sandbox.quota.reset();
    expect(await statuses(sandbox, token, 1)).toEqual([200]);
  });
});

test("reset of the quota: a hash that has used up its events a minute reports again", async () => {
  const sandbox = stillSandbox();
  const { event_api_hash: hash } = sandbox.cameras.add();
  const report = async () => (await sandbox.fetch(`${API}/v1/events/?hash=${hash}`)).status;
  const statuses: number[] = [];
  for (let sent = 0; sent < 11; sent++) statuses.push(await report());
  expect(statuses).toEqual([...Array(10).fill(201), 429]);
  sandbox.quota.reset();
  expect(await report()).toBe(201);
});
