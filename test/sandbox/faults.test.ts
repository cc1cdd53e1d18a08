import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type Fault, type SandboxListener } from "../../src/sandbox/index.ts";
import { API } from "./support.ts";

// Each fault is met twice: in process, and over HTTP with the fetch of Node.
const pauses: number[] = [];
const sandbox = createSandbox({
  quota: false,
  sleep: async (milliseconds) => {
    pauses.push(milliseconds);
  },
});
const headers = { Authorization: `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}` };
let server: SandboxListener;

beforeAll(async () => {
  server = await sandbox.listen();
});
afterAll(() => server.close());

type Ways = "in process" | "over HTTP";
const ways: Ways[] = ["in process", "over HTTP"];

function send(way: Ways, init: RequestInit = {}): Promise<Response> {
  return way === "in process"
    ? sandbox.fetch(`${API}/v1/me/`, { headers, ...init })
    : fetch(`${server.origin}/v1/me/`, { headers, ...init });
}

function order(fault: Fault): void {
  sandbox.faults.clear();
  sandbox.clearLog();
  pauses.length = 0;
  sandbox.faults.add(fault);
}

async function codeOf(pending: Promise<unknown>): Promise<unknown> {
  const error = await pending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TypeError)) return error;
  return (error.cause as { code?: unknown } | undefined)?.code;
}

describe.each(ways)("a fault %s", (way) => {
  test("status: the envelope of the API, or a body of the test's own", async () => {
    order({ status: 503 });
    const response = await send(way);
    expect([response.status, await response.json()]).toEqual([
      503,
      { title: "bad_gateway", detail: "The service is not available right now.", status: 503 },
    ]);
    order({ status: 400, body: { error: "invalid_grant" } });
    expect(await (await send(way)).json()).toEqual({ error: "invalid_grant" });
    order({ status: 500, title: "oops", detail: "Again.", headers: { "X-Trace": "7" } });
    const own = await send(way);
    expect([own.headers.get("X-Trace"), await own.json()]).toEqual([
      "7",
      { title: "oops", detail: "Again.", status: 500 },
    ]);
  });

  test.each([
    [undefined, null],
    [false, null],
    [1e9, "1000000000"],
    [new Date("2020-01-01T00:00:00Z"), "Wed, 01 Jan 2020 00:00:00 GMT"],
    ["soon", "soon"],
  ] as const)("429 with Retry-After %s", async (retryAfter, header) => {
    order({ status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
    const response = await send(way);
    expect([response.status, response.headers.get("Retry-After"), await response.json()]).toEqual([
      429,
      header,
      { title: "throttled", detail: "Request was throttled.", status: 429 },
    ]);
  });

  test("html: a page with a status", async () => {
    order({ kind: "html" });
    const response = await send(way);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([502, "text/html"]);
    expect(await response.text()).toContain("<h1>Bad gateway</h1>");
  });

  test("empty: a 200 without a body", async () => {
    order({ kind: "empty" });
    const response = await send(way);
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("cut: half of the real response, then the connection breaks", async () => {
    order({ kind: "cut" });
    const response = await send(way);
    expect(response.status).toBe(200);
    const length = Number(response.headers.get("Content-Length"));
    let received = 0;
    const reading = (async () => {
      for await (const chunk of response.body ?? []) received += chunk.length;
    })();
    expect(await codeOf(reading)).toBe("UND_ERR_SOCKET");
    expect(received).toBe(Math.floor(length / 2));
  });

  test("drop: the connection is reset before any header", async () => {
    order({ kind: "drop" });
    expect(await codeOf(send(way))).toBe("ECONNRESET");
    expect(sandbox.requests).toMatchObject([{ operation: "me.get", status: undefined, fault: "drop" }]);
  });

  test("refuse: no response", async () => {
    order({ kind: "refuse" });
    expect(await codeOf(send(way))).toBe(way === "in process" ? "ECONNREFUSED" : "ECONNRESET");
  });

  test("hang: no response until the caller gives up", async () => {
    order({ kind: "hang" });
    const controller = new AbortController();
    const pending = send(way, { signal: controller.signal });
    await expect.poll(() => sandbox.count({ fault: "hang" })).toBe(1);
    controller.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    expect(sandbox.requests).toMatchObject([{ status: undefined }]);
  });

  test("slow: the real response in pieces, with pauses that the sandbox's sleep makes", async () => {
    order({ kind: "slow", bytes: 100, pause: 250 });
    const text = await (await send(way)).text();
    expect(JSON.parse(text)).toMatchObject({ email: "user@example.com" });
    expect(pauses).toEqual(Array(Math.ceil(text.length / 100)).fill(250));
  });

  test("garbage: what calls itself gzip and is not", async () => {
    order({ kind: "garbage" });
    const response = await send(way);
    expect([response.status, response.headers.get("Content-Encoding")]).toEqual([200, "gzip"]);
    expect(await codeOf(response.text())).toBe("Z_DATA_ERROR");
  });

  test("large: 10 MB of error", async () => {
    order({ kind: "large" });
    const response = await send(way);
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([500, 10 * 1024 * 1024]);
  });

  test("redirect: the way to elsewhere", async () => {
    order({ kind: "redirect", to: "https://elsewhere.example.com/" });
    const response = await send(way, { redirect: "manual" });
    expect([response.status, response.headers.get("Location")]).toEqual([302, "https://elsewhere.example.com/"]);
  });

  test("latency: the real response after the delay, alone or with another fault", async () => {
    order({ latency: 50 });
    expect((await send(way)).status).toBe(200);
    expect(pauses).toEqual([50]);
    order({ latency: 50, status: 503 });
    expect((await send(way)).status).toBe(503);
    expect(pauses).toEqual([50]);
  });

  test("body-in-204: a 204, over HTTP with a body behind it", async () => {
    order({ kind: "body-in-204" });
    const response = await send(way);
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(sandbox.requests).toMatchObject([{ status: 204, fault: "body-in-204" }]);
  });
});

describe("a fault after the request was carried out", () => {
  const body = (refresh_token: string) =>
    new URLSearchParams({ client_id: sandbox.client.clientId, grant_type: "refresh_token", refresh_token });
  const refresh = (way: Ways, token: string) =>
    way === "in process"
      ? sandbox.fetch("https://my.angelcam.com/oauth/token/", { method: "POST", body: body(token) })
      : fetch(`${server.origin}/oauth/token/`, { method: "POST", body: body(token) });

  test.each(ways)("%s: the server hangs up after it has rotated", async (way) => {
    const { refresh_token } = sandbox.tokens.signIn();
    order({ operation: "oauth.createToken", kind: "drop", when: "after" });
    expect(await codeOf(refresh(way, refresh_token))).toBe("ECONNRESET");
    const { tokenReuses: reuses } = sandbox;
    expect((await refresh(way, refresh_token)).status).toBe(400);
    expect(sandbox.tokenReuses).toBe(reuses + 1);
  });

  test.each(ways)("%s: before, nothing was done and the token still works", async (way) => {
    const { refresh_token } = sandbox.tokens.signIn();
    order({ operation: "oauth.createToken", kind: "drop" });
    expect(await codeOf(refresh(way, refresh_token))).toBe("ECONNRESET");
    expect((await refresh(way, refresh_token)).status).toBe(200);
  });

  test("html after the request: a 502, and the token was rotated", async () => {
    const { refresh_token } = sandbox.tokens.signIn();
    order({ operation: "oauth.createToken", kind: "html", when: "after" });
    expect((await refresh("in process", refresh_token)).status).toBe(502);
    expect((await refresh("in process", refresh_token)).status).toBe(400);
  });

  test("a caller who gives up does not stop the server", async () => {
    const { refresh_token } = sandbox.tokens.signIn();
    let carryOn = () => {};
    const slow = createSandbox({ seed: 7, sleep: () => new Promise((resolve) => (carryOn = resolve)) });
    const token = slow.tokens.signIn().refresh_token;
    expect(token).not.toBe(refresh_token);
    slow.faults.add({ latency: 50 });
    const controller = new AbortController();
    const pending = slow.fetch("https://my.angelcam.com/oauth/token/", {
      method: "POST",
      body: body(token),
      signal: controller.signal,
    });
    await expect.poll(() => slow.count({ fault: "latency" })).toBe(1);
    controller.abort();
    await expect(pending).rejects.toThrow("aborted");
    carryOn();
    await expect.poll(() => slow.count({ status: 200 })).toBe(1);
    expect(
      (await slow.fetch("https://my.angelcam.com/oauth/token/", { method: "POST", body: body(token) })).status,
    ).toBe(400);
  });
});

describe("which requests meet a fault", () => {
  const statusOf = async (path: string, method = "GET") =>
    (await sandbox.fetch(API + path, { method, headers })).status;

  test("the next one by default, or as many as times says", async () => {
    order({ status: 503 });
    expect([await statusOf("/v1/me/"), await statusOf("/v1/me/")]).toEqual([503, 200]);
    order({ status: 503, times: 2 });
    expect([await statusOf("/v1/me/"), await statusOf("/v1/me/"), await statusOf("/v1/me/")]).toEqual([503, 503, 200]);
  });

  test("operation, method or path given: only matching requests meet it", async () => {
    order({ status: 503, operation: "cameras.list" });
    expect([await statusOf("/v1/me/"), await statusOf("/v1/cameras/")]).toEqual([200, 503]);
    order({ status: 503, method: "delete" });
    expect([await statusOf("/v1/me/"), await statusOf("/v1/me/", "DELETE")]).toEqual([200, 503]);
    order({ status: 503, path: "/v1/cameras/" });
    expect([await statusOf("/v1/cameras/20311/"), await statusOf("/v1/cameras/?limit=1")]).toEqual([200, 503]);
    order({ status: 503, path: /\/cameras\/\d+/g, times: 2 });
    expect([await statusOf("/v1/cameras/20311/"), await statusOf("/v1/cameras/20311/")]).toEqual([503, 503]);
  });

  test("nth 2 and times 2: the second and the third matching request meet it", async () => {
    order({ status: 503, operation: "me.get", nth: 2, times: 2 });
    const seen = [await statusOf("/v1/me/"), await statusOf("/v1/cameras/"), await statusOf("/v1/me/")];
    expect([...seen, await statusOf("/v1/me/"), await statusOf("/v1/me/")]).toEqual([200, 200, 503, 503, 200]);
  });

  test("the first fault that was added comes first", async () => {
    order({ status: 503 });
    sandbox.faults.add({ status: 502 });
    expect([await statusOf("/v1/me/"), await statusOf("/v1/me/"), sandbox.faults.count]).toEqual([503, 502, 0]);
  });

  test("none any more after remove or clear", async () => {
    order({ status: 503 });
    const fault = sandbox.faults.add({ status: 502, times: Number.POSITIVE_INFINITY });
    fault.remove();
    expect([await statusOf("/v1/me/"), await statusOf("/v1/me/"), fault.met]).toEqual([503, 200, 0]);
    sandbox.faults.add({ status: 502 });
    sandbox.faults.clear();
    expect(await statusOf("/v1/me/")).toBe(200);
  });

  test("none that the quota turns away", async () => {
    const tight = createSandbox({ quota: { windows: [{ limit: 1, seconds: 60 }] } });
    const token = { Authorization: `PersonalAccessToken ${tight.tokens.personalAccessToken()}` };
    const send = async () => (await tight.fetch(`${API}/v1/me/`, { headers: token })).status;
    expect(await send()).toBe(200);
    tight.faults.add({ status: 503 });
    expect([await send(), tight.faults.count]).toEqual([429, 1]);
  });

  test("an invalid fault is rejected at once", () => {
    expect(() => sandbox.faults.add({ latency: -1 })).toThrow(TypeError);
    expect(() => sandbox.faults.add({ status: 503, nth: 0 })).toThrow(RangeError);
    expect(() => sandbox.faults.add({ status: 503, times: 0 })).toThrow(RangeError);
    expect(() => sandbox.faults.add({ kind: "explode" as "drop" })).toThrow(/explode/);
  });
});

test("latency comes before each response when the sandbox was made so", async () => {
  const waits: number[] = [];
  const slow = createSandbox({ latency: 30, sleep: async (milliseconds) => void waits.push(milliseconds) });
  await slow.fetch(`${API}/v1/me/`);
  slow.faults.add({ latency: 12 });
  await slow.fetch(`${API}/v1/me/`);
  expect(waits).toEqual([30, 42]);
});

describe("a fault that the sandbox could not show is rejected at once", () => {
  test.each<[object, string]>([
    [{ status: 204 }, 'a response with the status 204 has no body; take the kind "empty"'],
    [{ status: 304 }, "a response with the status 304 has no body"],
    [{ kind: "html", status: 204 }, "a response with the status 204 has no body"],
    [{ kind: "large", status: 205 }, "a response with the status 205 has no body"],
    [{ kind: "status" }, "status must be a whole number from 200 to 599, got undefined"],
    [{ status: 99 }, "status must be a whole number from 200 to 599, got 99"],
    [{ status: 700 }, "status must be a whole number from 200 to 599, got 700"],
    [{ status: "503" }, 'status must be a whole number from 200 to 599, got "503"'],
    [{ status: 503.5 }, "status must be a whole number from 200 to 599, got 503.5"],
    [{ kind: "empty", status: 100 }, "status must be a whole number from 200 to 599, got 100"],
    [{ kind: "redirect", to: "/v1/me/", status: 204 }, "status must be a whole number from 300 to 399, got 204"],
    [{ kind: "redirect" }, "to must be an address, got undefined"],
    [{ kind: "slow", bytes: 0 }, "bytes must be a whole number from 1, got 0"],
    [{ kind: "slow", pause: -1 }, "pause must be a number from 0, got -1"],
    [{ latency: -1, status: 503 }, "latency must be a number from 0, got -1"],
    [{ status: 503, nth: 0 }, "nth must be a whole number from 1, got 0"],
    [{ status: 503, times: Number.NaN }, "times must be a number from 1 to Infinity, got NaN"],
    [{ status: 400, body: { a: 1n } }, "BigInt"],
    [{ status: 400, body: () => 1 }, "the body is no JSON"],
    [{ status: 503, headers: { "not a name": "1" } }, "not a name"],
    [{ latency: -1 }, "say what goes wrong, with a kind, a status or a latency"],
    [{ times: 2 }, "say what goes wrong, with a kind, a status or a latency"],
  ])("%o", (fault, message) => {
    const { faults } = createSandbox();
    expect(() => faults.add(fault as Fault)).toThrow(message);
    expect(faults.count).toBe(0);
  });

  test("empty with 204, redirect with 308 and a body of null are shown", async () => {
    const seen: unknown[] = [];
    for (const fault of [
      { kind: "empty", status: 204 },
      { kind: "redirect", to: "/v1/me/", status: 308 },
      { status: 400, body: null },
    ] as const) {
      order(fault);
      const response = await send("in process", { redirect: "manual" });
      seen.push([response.status, await response.text()]);
    }
    expect(seen).toEqual([
      [204, ""],
      [308, ""],
      [400, "null"],
    ]);
  });
});

test.each(ways)("%s: an error of the sandbox itself is a 500 with its message, and no lost connection", async (way) => {
  order({ status: 503, retryAfter: "two\nlines" });
  const response = await send(way);
  expect([response.status, response.headers.get("Access-Control-Allow-Origin"), await response.json()]).toMatchObject([
    500,
    "*",
    { detail: expect.stringContaining("The sandbox has a fault: ") },
  ]);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([500]);
});
