import { describe, expect, test } from "vitest";
import { withContract } from "../../src/contract/index.ts";
import { document } from "../client/documented-operations.ts";
import { exampleRequest, exampleResponse, json, messagesOf, TOKEN } from "./support.ts";

const LIST = "https://api.angelcam.com/v1/cameras/";
const CLIPS = "https://api.angelcam.com/v1/cameras/20311/clips/";
const headers = { Authorization: `Bearer ${TOKEN}` };
const jsonHeaders = { ...headers, "Content-Type": "application/json" };
const order = JSON.stringify(exampleRequest("cameras.clips.create", "five_minutes"));
const wrongOrder = JSON.stringify({ ...exampleRequest("cameras.clips.create", "five_minutes"), colour: 1 });

type Fetch = typeof globalThis.fetch;

/** Reads what it is sent, as the network does, and responses with it. */
const echo: Fetch = async (input, init) => {
  const text = await new Request(input, { ...init, duplex: "half" } as RequestInit).text();
  return json({ ...exampleResponse("cameras.clips.create", "ordered"), name: text }, 201);
};

describe("a request is checked and arrives as it was sent,", () => {
  const ways: [string, (body: string) => Parameters<Fetch>][] = [
    ["as URL and init", (body) => [CLIPS, { method: "POST", headers: jsonHeaders, body }]],
    ["as URL object", (body) => [new URL(CLIPS), { method: "POST", headers: new Headers(jsonHeaders), body }]],
    ["as Request", (body) => [new Request(CLIPS, { method: "POST", headers: jsonHeaders, body })]],
    [
      "as Request with a body of its own in init",
      (body) => [new Request(CLIPS, { method: "POST", headers: jsonHeaders }), { body }],
    ],
    [
      "as Request and headers in init",
      (body) => [new Request(CLIPS, { method: "POST", body }), { headers: jsonHeaders }],
    ],
    [
      "with a body of bytes",
      (body) => [CLIPS, { method: "POST", headers: jsonHeaders, body: new TextEncoder().encode(body) }],
    ],
    ["with a body that is a blob", (body) => [CLIPS, { method: "POST", headers: jsonHeaders, body: new Blob([body]) }]],
    ["with a body that is a stream", (body) => [CLIPS, streamed(new Blob([body]).stream())]],
    ["as Request with a stream", (body) => [new Request(CLIPS, streamed(new Blob([body]).stream()))]],
  ];

  test.each(ways)("%s", async (_, way) => {
    const fetch = withContract(echo, { mode: "report" });
    const response = await fetch(...way(wrongOrder));
    expect(((await response.json()) as { name: string }).name).toBe(wrongOrder);
    expect(messagesOf(fetch.contract.violations)).toEqual([
      "cameras.clips.create request, body /colour: is not in the document, got 1",
    ]);
  });

  test("as a form of several parts", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(exampleRequest("oauth.createToken", "password")))
      body.set(name, String(value));
    body.set("remember", "1");
    const fetch = withContract(async () => json(exampleResponse("oauth.createToken", "password")), { mode: "report" });
    await fetch("https://my.angelcam.com/oauth/token/", { method: "POST", body });
    expect(messagesOf(fetch.contract.violations)).toEqual([
      'oauth.createToken request, body /remember: is not in the document, got "1"',
    ]);
  });

  test("and the arguments of fetch are the caller's own, so that unknown options arrive", async () => {
    const seen: unknown[][] = [];
    const fetch = withContract(async (...given: unknown[]) => {
      seen.push(given);
      return json(exampleResponse("cameras.list", "first_page"));
    });
    const init = { headers, dispatcher: "mine" };
    const request = new Request(LIST, { headers });
    await fetch(LIST, init);
    await fetch(request);
    expect(seen[0]?.[1]).toBe(init);
    expect(seen[1]).toEqual([request]);
  });

  function streamed(body: ReadableStream): RequestInit {
    return { method: "POST", headers: jsonHeaders, body, duplex: "half" } as RequestInit;
  }
});

describe("a response", () => {
  test("is the very one that the server gave, and its body can be read", async () => {
    const original = json(exampleResponse("cameras.list", "first_page"));
    const response = await withContract(async () => original)(LIST, { headers });
    expect(response).toBe(original);
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(exampleResponse("cameras.list", "first_page"));
  });

  test("that is a film is not read ahead", async () => {
    let pulled = 0;
    const film = new ReadableStream<Uint8Array>(
      {
        pull(out) {
          pulled++;
          out.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const fetch = withContract(async () => new Response(film, { headers: { "Content-Type": "video/mp4" } }), {
      mode: "report",
    });
    const response = await fetch(LIST, { headers });
    expect(pulled).toBe(0);
    await response.body?.cancel();
  });

  test("that breaks off breaks off for the caller, and is no violation", async () => {
    const broken = new ReadableStream({ pull: (out) => out.error(new TypeError("terminated")) });
    const fetch = withContract(async () => new Response(broken, { headers: { "Content-Type": "application/json" } }));
    const response = await fetch(LIST, { headers });
    await expect(response.text()).rejects.toThrow("terminated");
    expect(fetch.contract.violations).toEqual([]);
  });

  test("that never comes is the error of fetch itself", async () => {
    const fetch = withContract(async () => {
      throw new TypeError("fetch failed");
    });
    await expect(fetch(LIST, { headers })).rejects.toThrow("fetch failed");
    expect(fetch.contract).toMatchObject({ requests: 1, responses: 0, violations: [] });
  });
});

describe("a response that cannot be read", () => {
  test("because the browser hides it is handed over, and not judged", async () => {
    const hidden = Response.error();
    const fetch = withContract(async () => hidden);
    expect(await fetch(LIST, { headers })).toBe(hidden);
    expect(fetch.contract).toMatchObject({ requests: 1, responses: 0, violations: [] });
  });

  test("because it names no content type is a violation", async () => {
    const fetch = withContract(async () => new Response(new Uint8Array([123, 125])), { mode: "report" });
    await fetch(LIST, { headers });
    expect(messagesOf(fetch.contract.violations)).toEqual([
      "cameras.list response 200, header Content-Type: must be application/json, got none",
    ]);
  });
});

describe("the server may be elsewhere:", () => {
  const at = async (url: string, options: { baseUrl?: string }) => {
    const fetch = withContract(async () => json(exampleResponse("cameras.list", "first_page")), {
      mode: "report",
      ...options,
    });
    await fetch(url, { headers });
    return messagesOf(fetch.contract.violations);
  };

  test("without a baseUrl the host does not matter", async () => {
    expect(await at("http://127.0.0.1:4010/v1/cameras/", {})).toEqual([]);
  });

  test("a baseUrl may have a path of its own", async () => {
    const baseUrl = "http://127.0.0.1:4010/angelcam/";
    expect(await at("http://127.0.0.1:4010/angelcam/v1/cameras/", { baseUrl })).toEqual([]);
    expect(await at(LIST, { baseUrl })).toEqual([]);
    expect(await at("http://127.0.0.1:4010/angelcam/v1/cameras", { baseUrl })).toEqual([
      expect.stringContaining("lacks the slash at its end"),
    ]);
  });

  test("with a baseUrl, a request to another origin is a violation", async () => {
    const baseUrl = "http://127.0.0.1:4010/angelcam";
    expect(await at("http://127.0.0.1:4011/angelcam/v1/cameras/", { baseUrl })).toEqual([
      "GET request, url http://127.0.0.1:4011/angelcam/v1/cameras/: is neither below http://127.0.0.1:4010/angelcam nor on a server of the document",
    ]);
  });
});

describe("an invalid option is rejected at once:", () => {
  test("an unknown mode", () => {
    expect(() => withContract(echo, { mode: "warn" as "throw" })).toThrow('mode must be "throw" or "report"');
  });

  test("a baseUrl that is none", () => {
    expect(() => withContract(echo, { baseUrl: "127.0.0.1:4010" })).toThrow("baseUrl must be an absolute URL");
  });

  test("options beside a contract that is made already", () => {
    const { contract } = withContract(echo);
    expect(() => withContract(echo, { contract, onViolation: () => {} })).toThrow("give onViolation to createContract");
  });

  test("a document without operations, for nothing would be checked", () => {
    expect(() => withContract(echo, { document: { ...document, paths: {} } })).toThrow("has no operation");
  });
});

test("several clients can share one contract", async () => {
  const first = withContract(echo, { mode: "report" });
  const second = withContract(echo, { mode: "report", contract: first.contract });
  await first(CLIPS, { method: "POST", headers: jsonHeaders, body: order });
  await second(CLIPS, { method: "POST", headers: jsonHeaders, body: order });
  expect(first.contract.requests).toBe(2);
});

test.each(["multipart/x-mixed-replace; boundary=frame", "Text/Event-Stream", "video/mp4"])(
  "a response of type %s that never ends: returned at once, with its body unread",
  async (type) => {
    const endless = new ReadableStream<Uint8Array>({ start: (out) => out.enqueue(new Uint8Array([0x2d])) });
    const fetch = withContract(async () => new Response(endless, { headers: { "Content-Type": type } }), {
      mode: "report",
    });
    const response = await fetch("https://api.angelcam.com/v1/stream.mjpeg");
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toEqual(new Uint8Array([0x2d]));
    await reader?.cancel();
  },
);
