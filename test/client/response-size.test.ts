import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Angelcam, AngelcamError, UnexpectedResponseError } from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";

const MEGABYTE = 1024 * 1024;

describe("a response over HTTP that unpacks to 64 MB", () => {
  const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE, " "));
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" }).end(bomb);
  });
  let baseUrl = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("ends in an UnexpectedResponseError that names operation and limit", async () => {
    const angelcam = new Angelcam({ baseUrl, retry: false });
    const error = await angelcam.me.get().catch((reason) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toMatch(/^me\.get returned 200 with more than 33554432 bytes/);
    expect(bomb.length).toBeLessThan(MEGABYTE);
  });
});

describe("maxResponseSize", () => {
  const text = JSON.stringify(account);

  test.each<[string, number, boolean]>([
    ["as large as the response: it is read", text.length, true],
    ["one byte less: it is rejected", text.length - 1, false],
  ])("%s", async (_, maxResponseSize, isRead) => {
    const angelcam = new Angelcam({ fetch: async () => json(account), maxResponseSize, retry: false });
    const call = angelcam.me.get();
    if (isRead) expect(await call).toEqual(account);
    else await expect(call).rejects.toMatchObject({ code: "unexpected_response", operationId: "me.get" });
  });

  test("a larger response is requested once, and is not retryable: it would be as large again", async () => {
    const fetch = recordingFetch(() => json(account));
    await expect(new Angelcam({ fetch, maxResponseSize: 10 }).me.get()).rejects.toMatchObject({ retryable: false });
    expect(fetch.requests).toHaveLength(1);
  });

  test("counts the text of a fetch whose responses have no web stream", async () => {
    const bare = { ok: true, status: 200, type: "default", headers: new Headers(), text: async () => text };
    const fetch = (async () => Object.create(bare)) as unknown as typeof globalThis.fetch;
    await expect(new Angelcam({ fetch, maxResponseSize: 10, retry: false }).me.get()).rejects.toMatchObject({
      code: "unexpected_response",
    });
  });
});

describe("texts of the server in an error", () => {
  test.each<[string, unknown]>([
    ["40,000 digits", "1".repeat(40_000)],
    ["a million spaces before a unit", `${" ".repeat(1_000_000)}seconds`],
    ["10,000 fields", [Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, ["x"]]))]],
    ["10,000 levels of arrays", JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`)],
  ])("%s in detail: cut to 1,000 characters, without blocking", async (_, detail) => {
    const body = `{"title":"throttled","status":429,"detail":${write(detail)}}`;
    const fetch = recordingFetch(
      () => new Response(body, { status: 429, headers: { "Content-Type": "application/json" } }),
    );
    const error = await new Angelcam({ fetch, retry: false }).me.get().catch((reason) => reason);
    expect(error).toBeInstanceOf(AngelcamError);
    expect(error.status).toBe(429);
    expect((error.detail ?? "").length).toBeLessThanOrEqual(1000);
    expect(error.message.length).toBeLessThan(3000);
  });

  /** JSON.stringify cannot write thousands of levels. */
  function write(detail: unknown): string {
    return Array.isArray(detail) && Array.isArray(detail[0])
      ? `${"[".repeat(10_000)}${"]".repeat(10_000)}`
      : JSON.stringify(detail);
  }
});

describe("DELETE whose response was lost", () => {
  const lost = () => Promise.reject(Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" }));

  test.each<[string, (index: number) => Response | Promise<never>, boolean]>([
    ["a lost connection, then 404: success", (index) => (index === 0 ? lost() : notFound()), true],
    ["504, then 404: success", (index) => (index === 0 ? gateway(504) : notFound()), true],
    ["404 at once: NotFoundError", () => notFound(), false],
    ["503, which did nothing, then 404: NotFoundError", (index) => (index === 0 ? gateway(503) : notFound()), false],
    ["429, which did nothing, then 404: NotFoundError", (index) => (index === 0 ? gateway(429) : notFound()), false],
  ])("%s", async (_, respond, succeeds) => {
    const fetch = recordingFetch((_request, index) => respond(index));
    const angelcam = new Angelcam({ fetch, quota: false, retry: { baseDelay: 0 } });
    const call = angelcam.cameras.delete(7);
    if (succeeds) expect(await call).toBeUndefined();
    else await expect(call).rejects.toMatchObject({ code: "not_found" });
  });

  test("a GET after a lost connection and a 404 is still not found", async () => {
    const fetch = recordingFetch((_request, index) => (index === 0 ? lost() : notFound()));
    const angelcam = new Angelcam({ fetch, quota: false, retry: { baseDelay: 0 } });
    await expect(angelcam.cameras.get(7)).rejects.toMatchObject({ code: "not_found" });
  });

  function notFound(): Response {
    return envelope(404, "not_found", "No such camera.");
  }

  function gateway(status: number): Response {
    return envelope(status, "bad_gateway", "Later.");
  }
});
