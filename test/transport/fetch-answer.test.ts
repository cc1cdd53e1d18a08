import { describe, expect, it } from "vitest";
import { NotFoundError } from "../../src/index.ts";
import type { Call } from "../../src/transport/call.ts";
import { fetchAnswer } from "../../src/transport/fetch-answer.ts";
import { exampleCall, exampleOperation, exampleRequest } from "./example-call.ts";

/** The longest part of an error answer that is read. */
const LONGEST = 65_536;

function answered(response: Response, changes: Partial<Call> = {}) {
  return fetchAnswer(exampleCall({ fetch: async () => response, ...changes }));
}

function failed(reason: unknown, changes: Partial<Call> = {}) {
  return fetchAnswer(exampleCall({ fetch: () => Promise.reject(reason), ...changes })).catch((error: unknown) => error);
}

/** A body that comes piece by piece and never ends; how much of it was asked for, and whether it was given up. */
function endless(piece: string) {
  const state = { pieces: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pieces++;
        controller.enqueue(new TextEncoder().encode(piece));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, body };
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
    await fetchAnswer(
      exampleCall({
        request,
        signal,
        fetch: async (url, init) => {
          sent.push([url, init]);
          return new Response("{}");
        },
      }),
    );
    const { url, method, headers } = request;
    expect(sent).toEqual([[url, { method, headers, body: "a=1", redirect: "manual", signal }]]);
  });
});

describe("an answer", () => {
  it("that is good is read to its end, however long", async () => {
    const text = "x".repeat(3 * LONGEST);
    expect((await answered(new Response(text))).text).toBe(text);
  });

  it.each([200, 500])("with status %i and no body is an empty text", async (status) => {
    expect((await answered(new Response(null, { status }))).text).toBe("");
  });

  it("with an error is read no further than an error can be long, and the rest is given up", async () => {
    const { state, body } = endless("x".repeat(LONGEST / 4));
    const { text } = await answered(new Response(body, { status: 500 }));
    expect(text).toHaveLength(LONGEST);
    expect(state).toEqual({ pieces: 4, cancelled: true });
  });

  it("with an error keeps its letters whole, wherever the network cut it", async () => {
    const bytes = new TextEncoder().encode("Kamera č. 7 ✓");
    for (let cut = 1; cut < bytes.length; cut++) {
      const body = pieces(bytes.slice(0, cut), bytes.slice(cut));
      expect((await answered(new Response(body, { status: 400 }))).text).toBe("Kamera č. 7 ✓");
    }
    const broken = pieces(bytes.slice(0, -1));
    expect((await answered(new Response(broken, { status: 400 }))).text).toBe("Kamera č. 7 \uFFFD");
  });
});

describe("a fetch that fails", () => {
  it("is a ConnectionError with all its facts", async () => {
    expect(await failed(new Error("closed"), { history: { attempts: 2 } })).toMatchObject({
      name: "ConnectionError",
      code: "connection_failed",
      retryable: true,
      operationId: "things.get",
      method: "GET",
      path: "/v1/things/{thing_id}/",
      attempts: 2,
      message:
        "things.get could not reach https://api.example.com: closed. Check the network and the address, then try again.",
    });
  });

  it.each([false, "refused"] as const)(
    "may have done its work: not worth another try when repeatable is %s",
    async (repeatable) => {
      const operation = exampleOperation({ repeatable });
      expect(await failed(new Error("closed"), { operation })).toMatchObject({ retryable: false });
    },
  );

  it("with an error of this package ends with that", async () => {
    const error = new NotFoundError("not documented", { code: "not_found", retryable: false });
    expect(await failed(error)).toBe(error);
  });

  it("shows no credential in its reason, and a copy of its cause where that shows one", async () => {
    const request = exampleRequest({ Authorization: "Bearer abc123" });
    const reason = Object.assign(new TypeError("fetch failed", { cause: new Error("sent abc123") }), { code: "EODD" });
    const error = (await failed(reason, { request })) as Error & { cause: Error & { code?: unknown } };
    expect(error.message).toContain(": sent [secret]. Check the network");
    expect(error.cause).toMatchObject({ name: "TypeError", message: "fetch failed", code: "EODD" });
    expect(error.cause.cause).toMatchObject({ name: "Error", message: "sent [secret]" });
    expect(error.cause.cause).not.toHaveProperty("code");
    expect(error.cause.stack).toMatch(/^TypeError: fetch failed\n/);
    const plain = new TypeError("fetch failed", { cause: new Error("closed") });
    expect(await failed(plain, { request })).toHaveProperty("cause", plain);
    expect(await failed(undefined, { request })).not.toHaveProperty("cause");
  });
});
