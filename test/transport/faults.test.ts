import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { Angelcam, AngelcamError, type AngelcamOptions, personalAccessToken } from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { http, type RawResponse, rawServer } from "../support/raw-server.ts";

const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
afterEach(() => {
  expect(unhandled).toEqual([]);
});

const good = http(200, JSON.stringify(account));
const envelope = (status: number, headers = {}) =>
  http(status, JSON.stringify({ title: "t", detail: "d", status }), headers);

interface Fault {
  response: RawResponse;
  error: string;
  facts: Record<string, unknown>;
  options?: AngelcamOptions;
}

const faults: Record<string, Fault> = {
  "a reset before the headers": {
    response: { ending: "reset" },
    error: "ConnectionError",
    facts: { code: "connection_failed", retryable: true },
  },
  "an end before the headers": { response: {}, error: "ConnectionError", facts: { code: "connection_failed" } },
  "a reset after the headers": {
    response: { chunks: [good.slice(0, -10)], ending: "reset" },
    error: "ConnectionError",
    facts: { code: "connection_failed", retryable: true },
  },
  "a body that ends too early": {
    response: { chunks: [good.slice(0, -10)] },
    error: "ConnectionError",
    facts: { code: "connection_failed" },
  },
  "JSON that was cut off": {
    response: { chunks: [http(200, JSON.stringify(account).slice(0, 20))] },
    error: "UnexpectedResponseError",
    facts: { status: 200, detail: '{"id":1234,"email":"', retryable: true },
  },
  "a page of HTML with 502": {
    response: { chunks: [http(502, "<html><h1>Bad Gateway</h1></html>", { "Content-Type": "text/html" })] },
    error: "UnexpectedResponseError",
    facts: { status: 502, detail: "<html><h1>Bad Gateway</h1></html>", retryable: true },
  },
  "a page of HTML with 200": {
    response: { chunks: [http(200, "<html>Log in</html>", { "Content-Type": "text/html" })] },
    error: "UnexpectedResponseError",
    facts: { status: 200 },
  },
  "an empty 200": { response: { chunks: [http(200, "")] }, error: "UnexpectedResponseError", facts: { status: 200 } },
  "an empty 503": {
    response: { chunks: [http(503, "")] },
    error: "ServerError",
    facts: { status: 503, retryable: true },
  },
  "a redirect to another origin": {
    response: { chunks: [http(302, "", { Location: "https://elsewhere.example/?token=abc" })] },
    error: "UnexpectedResponseError",
    facts: { status: 302 },
  },
  "gzip that is none": {
    response: { chunks: [http(200, "no gzip at all", { "Content-Encoding": "gzip" })] },
    error: "ConnectionError",
    facts: { code: "connection_failed" },
  },
  "an error of 10 MB": {
    response: { chunks: [http(500, "x".repeat(10_000_000), { "Content-Type": "text/html" })] },
    error: "UnexpectedResponseError",
    facts: { status: 500 },
  },
  "a 429 without Retry-After": {
    response: { chunks: [envelope(429)] },
    error: "RateLimitError",
    facts: { status: 429, retryable: true },
  },
  "a 429 with an absurd Retry-After": {
    response: { chunks: [envelope(429, { "Retry-After": "1000000000" })] },
    error: "RateLimitError",
    facts: { status: 429 },
  },
  "a 429 with a Retry-After of the past": {
    response: { chunks: [envelope(429, { "Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT" })] },
    error: "RateLimitError",
    facts: { status: 429 },
  },
};

const secret = "personal-token-that-nobody-may-see";

describe("a fault ends in its documented error, without a secret in it", () => {
  for (const [name, { response, error: expected, facts }] of Object.entries(faults)) {
    it(name, async () => {
      await using server = await rawServer(() => response);
      const angelcam = new Angelcam({ auth: personalAccessToken(secret), baseUrl: server.origin, retry: false });
      const error = await angelcam.me.get().catch((reason) => reason);
      expect(error).toBeInstanceOf(AngelcamError);
      expect(error.name).toBe(expected);
      expect(error).toMatchObject({ ...facts, operationId: "me.get", method: "GET", path: "/v1/me/", attempts: 1 });
      expect(error.message.length).toBeLessThan(500);
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain(secret);
    });
  }

  it("a refused connection", async () => {
    const closed = await rawServer(() => ({}));
    await closed[Symbol.asyncDispose]();
    const angelcam = new Angelcam({ auth: personalAccessToken(secret), baseUrl: closed.origin, retry: false });
    const error = await angelcam.me.get().catch((reason) => reason);
    expect(error).toMatchObject({ name: "ConnectionError", code: "connection_failed" });
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toMatchObject({ name: "TypeError", cause: { code: "ECONNREFUSED", syscall: "connect" } });
  });

  it.each(["before the headers", "in the middle of the body"])("a server that falls silent %s", async (where) => {
    const chunks = where === "before the headers" ? [] : [good.slice(0, -10)];
    await using server = await rawServer(() => ({ chunks, ending: "hang" }));
    const clock = new ManualClock();
    const angelcam = new Angelcam({ auth: personalAccessToken(secret), baseUrl: server.origin, retry: false, clock });
    const started = clock.now();
    await expect(clock.drive(angelcam.me.get())).rejects.toMatchObject({ name: "TimeoutError", code: "timeout" });
    expect(clock.now() - started).toBe(30_000);
    expect(clock.pending).toBe(0);
  });
});

describe("responses that look like a fault but are valid", () => {
  it("is a 204 with a body, where a 204 is due", async () => {
    await using server = await rawServer(() => ({
      chunks: [`HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n{"surplus":true}`],
    }));
    const angelcam = new Angelcam({ baseUrl: server.origin, retry: false });
    expect(await angelcam.oauth.revokeToken({ token: "abcdef", client_id: "x" })).toBeUndefined();
  });

  it("is a lost connection that a GET survives by a retry", async () => {
    await using server = await rawServer((index) => (index === 0 ? { ending: "reset" } : { chunks: [good] }));
    const angelcam = new Angelcam({ auth: personalAccessToken(secret), baseUrl: server.origin, random: () => 0 });
    expect(await angelcam.me.get()).toEqual(account);
    expect(server.requests).toBe(2);
  });
});

describe("a POST", () => {
  it.each(["reset", "end"] as const)("is never sent twice, even when the connection is lost by %s", async (ending) => {
    await using server = await rawServer(() => ({ ending }));
    const angelcam = new Angelcam({ baseUrl: server.origin });
    await expect(angelcam.oauth.revokeToken({ token: "abcdef", client_id: "x" })).rejects.toMatchObject({
      name: "ConnectionError",
    });
    expect(server.requests).toBe(1);
  });
});
