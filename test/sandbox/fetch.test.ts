import { describe, expect, test } from "vitest";
import { createSandbox, fingerprint } from "../../src/sandbox/index.ts";
import { API, get } from "./support.ts";

describe("sandbox.fetch", () => {
  test("needs no sandbox before it, and takes what fetch takes", async () => {
    const { fetch, tokens } = createSandbox();
    const headers = { Authorization: `Bearer ${tokens.signIn().access_token}` };
    expect((await fetch(new URL("/v1/me/", API), { headers })).status).toBe(200);
    const response = await fetch(new Request(`${API}/v1/me/`, { headers }));
    expect([response.status, response.url, response.redirected]).toEqual([200, `${API}/v1/me/`, false]);
    await expect(fetch("/v1/me/")).rejects.toThrow(TypeError);
  });

  test("returns no body for HEAD, as fetch does", async () => {
    const { fetch, tokens } = createSandbox();
    const headers = { Authorization: `Bearer ${tokens.signIn().access_token}` };
    const response = await fetch(`${API}/v1/me/`, { method: "HEAD", headers });
    expect([response.status, response.headers.get("Content-Type"), response.body]).toEqual([
      200,
      "application/json",
      null,
    ]);
  });

  test("responds for loopback addresses and its baseUrl", async () => {
    const { fetch } = createSandbox({ baseUrl: "https://sandbox.example.com" });
    for (const origin of [
      "http://127.0.0.1:4010",
      "http://localhost",
      "http://[::1]:1",
      "https://sandbox.example.com",
    ]) {
      expect((await fetch(`${origin}/v1/me/`)).status).toBe(401);
    }
  });

  test("finds no other host, and logs what would have gone there", async () => {
    const sandbox = createSandbox();
    const foreign = sandbox.fetch("https://elsewhere.example.com/v1/me/", { headers: { Authorization: "Bearer abc" } });
    await expect(foreign).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { code: "ENOTFOUND" },
    });
    expect(sandbox.requests).toMatchObject([
      {
        origin: "https://elsewhere.example.com",
        operation: undefined,
        credential: fingerprint("abc"),
        status: undefined,
      },
    ]);
  });

  test("throws the reason of a signal that has aborted, and sends nothing", async () => {
    const sandbox = createSandbox();
    const signal = AbortSignal.abort(new Error("changed my mind"));
    await expect(sandbox.fetch(`${API}/v1/me/`, { signal })).rejects.toThrow("changed my mind");
    await expect(sandbox.fetch(new Request(`${API}/v1/me/`, { signal }))).rejects.toThrow("changed my mind");
    expect(sandbox.count()).toBe(0);
  });

  test("stops the body when the signal aborts while it is read", async () => {
    const sandbox = createSandbox({ sleep: () => new Promise(() => {}) });
    sandbox.faults.add({ kind: "slow" });
    const controller = new AbortController();
    const { access_token } = sandbox.tokens.signIn();
    const response = await get(sandbox, "/v1/me/", access_token, { signal: controller.signal });
    const text = response.text();
    controller.abort(new Error("too slow"));
    await expect(text).rejects.toThrow("too slow");
  });

  test("100 calls that share a signal get 100 responses", async () => {
    const sandbox = createSandbox({ quota: false });
    const { access_token } = sandbox.tokens.signIn();
    const { signal } = new AbortController();
    const responses = Array.from({ length: 100 }, () => get(sandbox, "/v1/me/", access_token, { signal }));
    expect((await Promise.all(responses)).filter(({ ok }) => ok)).toHaveLength(100);
  });

  test("follows a redirect as fetch does", async () => {
    const sandbox = createSandbox({ quota: false });
    const { access_token } = sandbox.tokens.signIn();
    sandbox.faults.add({ kind: "redirect", to: "/v1/cameras/?limit=1" });
    const response = await get(sandbox, "/v1/me/", access_token);
    expect([response.status, response.url, response.redirected]).toEqual([200, `${API}/v1/cameras/?limit=1`, true]);
    sandbox.faults.add({ kind: "redirect", to: "/v1/me/", times: 50 });
    await expect(get(sandbox, "/v1/me/", access_token)).rejects.toThrow("fetch failed");
    sandbox.faults.clear();
    sandbox.faults.add({ kind: "redirect", to: "/v1/cameras/" });
    await expect(get(sandbox, "/v1/me/", access_token, { redirect: "error" })).rejects.toThrow("fetch failed");
  });

  test("keeps the token out of a redirect to another origin, and the body out of one that makes a GET", async () => {
    const sandbox = createSandbox();
    const { access_token } = sandbox.tokens.signIn();
    sandbox.faults.add({ kind: "redirect", to: "https://api.test.angelcam.com/v1/me/" });
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(401);
    const post = (status: number) => {
      sandbox.faults.add({ kind: "redirect", to: "/oauth/token/", status });
      return sandbox.fetch("https://my.angelcam.com/oauth/token/", {
        method: "POST",
        body: new URLSearchParams({ a: "b" }),
      });
    };
    expect([(await post(302)).status, (await post(307)).status]).toEqual([405, 400]);
  });
});

test.each([
  [301, "POST", "GET"],
  [302, "PUT", "PUT"],
  [303, "PUT", "GET"],
  [303, "DELETE", "GET"],
  [303, "POST", "GET"],
  [307, "PUT", "PUT"],
])("a redirect with %i of a %s is followed by a %s", async (status, method, expected) => {
  const sandbox = createSandbox();
  sandbox.faults.add({ kind: "redirect", to: "/v1/me/", status });
  await sandbox.fetch(`${API}/v1/cameras/20311/`, { method, ...(method === "DELETE" ? {} : { body: "{}" }) });
  expect(sandbox.requests.map((entry) => entry.method)).toEqual([method, expected]);
});

test("a body of 100 MB: 413 after little more than the 1 MB that is allowed has been read", async () => {
  const sandbox = createSandbox();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(out) {
      if (sent >= 100_000_000) return out.close();
      sent += 65_536;
      out.enqueue(new Uint8Array(65_536).fill(0x20));
    },
  });
  const init = { method: "POST", body, duplex: "half", headers: { "Content-Type": "application/json" } } as RequestInit;
  expect((await sandbox.fetch(`${API}/v1/events/`, init)).status).toBe(413);
  expect(sent).toBeLessThan(2_000_000);
});
