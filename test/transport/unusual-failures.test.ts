import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  BadRequestError,
  type ClientEvent,
  ConnectionError,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
} from "../../src/index.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";

// Failures that no server can be made to show: a custom fetch, and bodies that no document describes.

const TOKEN = "personal-token-that-nobody-may-see";

function client(respond: () => Response | Promise<Response>, onEvent?: (event: ClientEvent) => void) {
  const fetch = recordingFetch(respond);
  return new Angelcam({ auth: personalAccessToken(TOKEN), fetch, retry: false, onEvent });
}

async function failureOf(respond: () => Response | Promise<Response>): Promise<unknown> {
  return client(respond)
    .me.get()
    .catch((reason: unknown) => reason);
}

describe("a fetch that fails in its own way", () => {
  it.each<[string, unknown, string]>([
    ["with a text", "the tunnel is closed", "the tunnel is closed"],
    ["with nothing", undefined, "undefined"],
    ["with an error of its own", new Error("the tunnel is closed"), "the tunnel is closed"],
    ["with a cause that has no code", new Error("outer", { cause: new Error("inner") }), "inner"],
    ["with a cause that has no text, as Node for a 407", new Error("outer", { cause: new Error("") }), "outer"],
    ["with a cause that is no error", new Error("outer", { cause: "inner" }), "inner"],
    ["with a code in its cause", new Error("outer", { cause: { code: "ECONNRESET" } }), "ECONNRESET"],
  ])("%s ends in a ConnectionError that names the reason", async (_, reason, shown) => {
    const error = await failureOf(() => Promise.reject(reason));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toBe(
      `me.get could not reach https://api.angelcam.com: ${shown}. Check the network, the address and its certificate, then try again.`,
    );
  });

  it("keeps its error as the cause, and not what it shows of the token", async () => {
    expect(await failureOf(() => Promise.reject(new Error("closed")))).toHaveProperty("cause.message", "closed");
    const talkative = new Error("closed", { cause: new Error(`Bearer ${TOKEN}`) });
    const { cause } = (await failureOf(() => Promise.reject(talkative))) as { cause: Error };
    expect(cause.message).toBe("closed");
    expect(inspect(cause, { depth: 9 })).not.toContain(TOKEN);
    const nameless = Object.assign(new Error(`sent ${TOKEN}`), { stack: undefined });
    expect(await failureOf(() => Promise.reject(nameless))).toHaveProperty("cause.message", "sent [secret]");
    expect(await failureOf(() => Promise.reject(`sent ${TOKEN}`))).toHaveProperty("cause.message", "sent [secret]");
  });

  it("is reported to the listener, by the code of the error", async () => {
    const events: ClientEvent[] = [];
    await client(
      () => Promise.reject("closed"),
      (event) => events.push(event),
    )
      .me.get()
      .catch(() => {});
    expect(events.at(-1)).toMatchObject({ type: "response", status: undefined, error: "connection_failed" });
  });
});

describe("a mistake in the program is a TypeError, and no network error that is retried", () => {
  const read = async () => {
    const response = json(account);
    await response.text();
    return response;
  };
  const locked = () => {
    const response = json(account);
    void response.body?.getReader().read();
    return response;
  };

  it.each<[string, () => unknown]>([
    ["nothing", () => undefined],
    ["an object without headers", () => ({ status: 200 })],
    ["the result of another library", () => ({ status: 200, headers: {}, data: account })],
    ["a response whose body it has read", read],
    ["a response whose body it still reads", locked],
  ])("fetch returns %s", async (_, respond) => {
    const fetch = recordingFetch(respond as () => Response);
    const error = await new Angelcam({ fetch }).me.get().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^fetch must return an unread Response$/);
    expect(fetch.requests).toHaveLength(1);
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const auth = new OAuthSession({ clientId: "client", grant });
    await expect(new Angelcam({ auth, fetch }).me.get()).rejects.toThrow(/^fetch must return an unread Response$/);
    expect(fetch.requests).toHaveLength(2);
  });

  it("there is no global fetch", async () => {
    const { fetch } = globalThis;
    Reflect.deleteProperty(globalThis, "fetch");
    try {
      const error = await new Angelcam().me.get().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ReferenceError);
    } finally {
      globalThis.fetch = fetch;
    }
  });
});

it("a response of a fetch without web streams may begin with a byte order mark", async () => {
  class OldResponse {
    readonly ok = true;
    readonly status = 200;
    readonly headers = new Headers({ "Content-Type": "application/json" });
    async text() {
      return `\uFEFF${JSON.stringify(account)}`;
    }
  }
  expect(await client(() => new OldResponse() as Response).me.get()).toEqual(account);
});

describe("an error response in an unusual form", () => {
  it.each<[string, unknown, string | undefined, unknown]>([
    ["an object of fields", { name: ["Too long."] }, "name: Too long.", { name: ["Too long."] }],
    ["a field with one text", [{ name: "Too long." }], "name: Too long.", { name: ["Too long."] }],
    [
      "a field that comes twice",
      [{ name: ["Too long."] }, { name: ["Taken."], tags: ["Odd."] }],
      "name: Too long. Taken.; tags: Odd.",
      { name: ["Too long.", "Taken."], tags: ["Odd."] },
    ],
    ["a field with an odd name", [{ constructor: ["No."] }], "constructor: No.", { constructor: ["No."] }],
    ["a list of texts", ["No."], '["No."]', undefined],
    ["a number", 7, "7", undefined],
    ["null", null, undefined, undefined],
  ])("is read all the same: %s as its detail", async (_, detail, text, fields) => {
    const error = await failureOf(() => envelope(400, "invalid", detail));
    expect(error).toBeInstanceOf(BadRequestError);
    expect((error as BadRequestError).detail).toBe(text);
    expect((error as BadRequestError).fields).toEqual(fields);
  });

  it.each([
    ["a number", "7"],
    ["null", "null"],
    ["a text", '"no"'],
    ["a title that is none", '{"title":7}'],
  ])("is unexpected as %s", async (_, body) => {
    const error = await failureOf(() => new Response(body, { status: 400 }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", detail: body });
  });

  it("has no target in the message, when a redirect has no Location", async () => {
    const error = await failureOf(() => new Response(null, { status: 302 }));
    expect((error as Error).message).toMatch(/a redirect, which is not followed/);
    const odd = await failureOf(() => new Response(null, { status: 302, headers: { Location: "https://[" } }));
    expect((odd as Error).message).toMatch(/a redirect, which is not followed/);
  });
});

it("a content type is cut like any text of the server", async () => {
  const headers = { "Content-Type": `text/html; ${"x".repeat(10_000)}` };
  const error = await failureOf(() => new Response("page", { headers }));
  expect((error as Error).message).toMatch(/^me\.get returned 200 with text\/html; x+\. A proxy/);
  expect((error as Error).message.length).toBeLessThan(1_200);
});

it("a response without a content type is read by its content", async () => {
  const angelcam = client(() => new Response(new TextEncoder().encode(JSON.stringify(account))));
  expect(await angelcam.me.get()).toEqual(account);
});

it("angelcam.api returns a response without content unchanged, whatever its status", async () => {
  const angelcam = client(() => new Response(null, { status: 204 }));
  const { data, response } = await angelcam.api.DELETE("/v1/me/");
  expect([data, response.status]).toEqual([undefined, 204]);
  const empty = await client(() => json({}, 200)).api.GET("/v1/me/");
  expect(empty.data).toEqual({});
});
