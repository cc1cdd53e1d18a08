import { Readable } from "node:stream";
import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { NotFoundError } from "../../src/index.ts";
import type { Call } from "../../src/transport/call.ts";
import { fetchResponse } from "../../src/transport/fetch-response.ts";
import { exampleCall, exampleOperation, exampleRequest } from "./example-call.ts";

function responseTo(response: Response, changes: Partial<Call> = {}) {
  return fetchResponse(1_000_000)(exampleCall({ fetch: async () => response, ...changes }), undefined);
}

function failed(reason: unknown, changes: Partial<Call> = {}) {
  return fetchResponse(1_000_000)(exampleCall({ fetch: () => Promise.reject(reason), ...changes }), undefined).catch(
    (error: unknown) => error,
  );
}

function pieces(...bytes: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe("a request goes out", () => {
  it("as it was built, and no redirect is followed", async () => {
    const sent: [unknown, RequestInit | undefined][] = [];
    const { signal } = new AbortController();
    const request = exampleRequest({ Authorization: "Bearer abc123" }, "a=1");
    await fetchResponse(1_000_000)(
      exampleCall({
        request,
        operation: exampleOperation({ method: "POST" }),
        fetch: async (url, init) => {
          sent.push([url, init]);
          return new Response("{}");
        },
      }),
      signal,
    );
    const { url, headers } = request;
    expect(sent).toEqual([
      [url, { cache: "no-store", method: "POST", headers, body: "a=1", redirect: "manual", signal }],
    ]);
  });

  it("without a cache mode of our own where it says itself what Next.js caches", async () => {
    const next = { revalidate: 60 };
    let sent: RequestInit | undefined;
    const fetch: Call["fetch"] = async (_, init) => {
      sent = init;
      return new Response("{}");
    };
    const request = { ...exampleRequest(), fetchOptions: { next } };
    await fetchResponse(1_000_000)(exampleCall({ request, fetch }), undefined);
    expect(sent).toMatchObject({ next });
    expect(sent).not.toHaveProperty("cache");
  });
});

describe("the cache of the runtime", () => {
  it.each<[string, unknown]>([
    ["has no `cache` in its Request, as in some versions of workerd", class {}],
    ["has no Request", undefined],
  ])("is not named where it %s", async (_, Request) => {
    vi.stubGlobal("Request", Request);
    const sent: (RequestInit | undefined)[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      sent.push(init);
      return new Response("{}");
    };
    await fetchResponse(1_000_000)(exampleCall({ fetch }), undefined);
    expect(sent.map((init) => Object.keys(init ?? {}))).toEqual([["method", "headers", "body", "redirect", "signal"]]);
  });
});

describe("a response", () => {
  it("that is good is read to its end, however long", async () => {
    const text = "x".repeat(200_000);
    expect((await responseTo(new Response(text))).text).toBe(text);
  });

  it.each([200, 500])("with status %i and no body is an empty string", async (status) => {
    expect((await responseTo(new Response(null, { status }))).text).toBe("");
  });

  it("that is too large is not read on: its stream is cancelled", async () => {
    let isCancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(400_000)),
      cancel() {
        isCancelled = true;
      },
    });
    await expect(responseTo(new Response(endless))).rejects.toThrow("more than 1000000 bytes");
    expect(isCancelled).toBe(true);
  });

  it("of another fetch, without a stream, is read as text: up to the largest size, and without a byte order mark", async () => {
    const withoutStream = (text: string) => ({ headers: new Headers(), text: async () => text }) as Response;
    expect((await responseTo(withoutStream("\uFEFFa\uFEFFb"))).text).toBe("a\uFEFFb");
    expect((await responseTo(withoutStream("a\uFEFFb"))).text).toBe("a\uFEFFb");
    expect((await responseTo(withoutStream("x".repeat(1_000_000)))).text).toHaveLength(1_000_000);
    await expect(responseTo(withoutStream("x".repeat(1_000_001)))).rejects.toThrow("more than 1000000 bytes");
  });

  it("whose body is a stream of Node is read as text", async () => {
    const response = { headers: new Headers(), body: Readable.from(["a"]), text: async () => "a" };
    expect((await responseTo(response as unknown as Response)).text).toBe("a");
  });

  it("with an error is decoded correctly, wherever the network splits it", async () => {
    const bytes = new TextEncoder().encode("Kamera č. 7 ✓");
    for (let cut = 1; cut < bytes.length; cut++) {
      const body = pieces(bytes.slice(0, cut), bytes.slice(cut));
      expect((await responseTo(new Response(body, { status: 400 }))).text).toBe("Kamera č. 7 ✓");
    }
    const broken = pieces(bytes.slice(0, -1));
    expect((await responseTo(new Response(broken, { status: 400 }))).text).toBe("Kamera č. 7 \uFFFD");
  });
});

describe("a fetch that fails", () => {
  it("is a ConnectionError with all its details", async () => {
    expect(await failed(new Error("closed"), { history: { attempts: 2 } })).toMatchObject({
      name: "ConnectionError",
      code: "connection_failed",
      retryable: true,
      operationId: "things.get",
      method: "GET",
      path: "/v1/things/{thing_id}/",
      attempts: 2,
      message:
        "things.get could not reach https://api.example.com: closed. Check the network, the address and its certificate, then try again.",
    });
  });

  it.each(["never", "if_rejected"] as const)(
    "may have had its effect: not retryable when the operation is marked %s",
    async (retry) => {
      const operation = exampleOperation({ retry });
      expect(await failed(new Error("closed"), { operation })).toMatchObject({ retryable: false });
    },
  );

  it("with an error of this package ends with that", async () => {
    const error = new NotFoundError("not documented", { code: "not_found", retryable: false });
    expect(await failed(error)).toBe(error);
  });

  it.each<[string, Error, string]>([
    ["its own, where it has no cause", new TypeError("socket closed"), "socket closed"],
    [
      "the code of its cause",
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
      "ECONNREFUSED",
    ],
    [
      "that of a proxy, behind two errors of Node",
      new TypeError("fetch failed", {
        cause: Object.assign(new Error("Request was cancelled."), {
          code: "UND_ERR_ABORTED",
          cause: new Error("Proxy response (407) !== 200 when HTTP Tunneling"),
        }),
      }),
      "Proxy response (407) !== 200 when HTTP Tunneling",
    ],
    ["its own, where its cause says nothing", new TypeError("fetch failed", { cause: new Error("") }), "fetch failed"],
  ])("names the reason: %s", async (_, error, reason) => {
    expect(((await failed(error)) as Error).message).toContain(`could not reach https://api.example.com: ${reason}. `);
  });

  it("shows no credential, neither in its reason nor in a cause", async () => {
    const request = exampleRequest({ Authorization: "Bearer abc123" });
    const talkative = new TypeError("fetch failed", { cause: new Error("sent abc123") });
    const error = (await failed(talkative, { request })) as Error & { cause: Error };
    expect(error.message).toContain(": sent [secret]. Check the network");
    expect(error.cause).toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { message: "sent [secret]" },
    });
    expect(inspect(error, { depth: 9 })).not.toContain("abc123");
    expect(await failed(new Error("sent abc123"), { request })).toHaveProperty("cause.message", "sent [secret]");
    expect(await failed("sent abc123", { request })).toHaveProperty("cause.message", "sent [secret]");
  });

  it("keeps a clean copy as its cause: name, code and message, and nothing else", async () => {
    const foreign = Object.assign(new TypeError("closed"), { code: "ECONNRESET", config: { headers: { token: "t" } } });
    const { cause } = (await failed(foreign)) as Error;
    expect(cause).not.toBe(foreign);
    expect(cause).toMatchObject({ name: "TypeError", message: "closed", code: "ECONNRESET" });
    expect(cause).not.toHaveProperty("config");
  });

  it.each([
    ["a missing global", new ReferenceError("Request is not defined")],
    [
      "a wrong dispatcher",
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "UND_ERR_INVALID_ARG" }) }),
    ],
  ])("because of %s is a mistake of the program and reaches the caller as it is", async (_, mistake) => {
    expect(await failed(mistake)).toBe(mistake);
  });

  it.each([
    ["a string", "sent abc123", "sent [secret]"],
    ["an object", { headers: { Authorization: "Bearer abc123" } }, "an object without a message"],
    ["an error caused by a string", new Error("closed", { cause: "sent abc123" }), "closed"],
    ["an error caused by an object", new Error("closed", { cause: { token: "abc123" } }), "closed"],
  ])("keeps of %s the message alone", async (_, reason, words) => {
    const error = await failed(reason, { request: exampleRequest({ Authorization: "Bearer abc123" }) });
    expect(error).toHaveProperty("cause.message", words);
    expect(inspect(error, { depth: 9 })).not.toContain("abc123");
  });

  it("has no cause where the error has no message", async () => {
    expect(await failed(undefined)).not.toHaveProperty("cause");
  });
});
