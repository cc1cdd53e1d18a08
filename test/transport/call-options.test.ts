import { describe, expect, it } from "vitest";
import { Angelcam, footage, personalAccessToken, type RequestOptions } from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";

const asked = <T>(value: unknown) => value as T;

/** A client, and the options of each `fetch`. */
function setUp() {
  const sent: RequestInit[] = [];
  const respond = recordingFetch(() => json(account));
  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    sent.push(init);
    return respond(input, init);
  };
  const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch });
  return { angelcam, sent, requests: respond.requests };
}

describe("an option of fetch is passed on by a method and by a call by path", () => {
  it.each([
    ["cache", "force-cache"],
    ["credentials", "omit"],
    ["integrity", "sha256-x"],
    ["keepalive", true],
    ["mode", "same-origin"],
    ["priority", "low"],
    ["referrer", "https://example.com/"],
    ["referrerPolicy", "origin"],
    ["window", null],
    ["next", { revalidate: 60 }],
    ["cf", { cacheTtl: 60 }],
    ["dispatcher", { dispatch: "x" }],
    ["duplex", "half"],
  ])("%s", async (name, value) => {
    const { angelcam, sent } = setUp();
    await angelcam.me.get(asked<RequestOptions>({ [name]: value }));
    await angelcam.api.GET("/v1/me/", asked<Record<string, never>>({ [name]: value }));
    expect(sent.map((init) => init[name as keyof RequestInit])).toEqual([value, value]);
  });
});

describe("an option of openapi-fetch is taken by a call by path", () => {
  it("bodySerializer writes the body, and pathSerializer the path", async () => {
    const { angelcam, requests } = setUp();
    await angelcam.api.PUT("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 7 } },
      body: { name: "Gate" },
      bodySerializer: () => "as text",
      pathSerializer: (path) => path.replace("{camera_id}", "seven"),
    });
    expect(requests[0]).toMatchObject({ body: "as text", url: "https://api.angelcam.com/v1/cameras/seven/" });
  });

  it("Request, baseUrl and fetch replace those of the client for this call", async () => {
    const { angelcam, requests } = setUp();
    const urls: string[] = [];
    const seen: string[] = [];
    class OwnRequest extends Request {
      constructor(url: string | URL, init?: RequestInit) {
        super(url, init);
        seen.push(String(url));
      }
    }
    await angelcam.api.GET("/v1/me/", {
      Request: OwnRequest,
      baseUrl: "https://proxy.example.com/angelcam",
      fetch: asked<(input: Request) => Promise<Response>>(async ({ url }: Request) => {
        urls.push(url);
        return json(account);
      }),
    });
    expect([urls, seen, requests]).toEqual([
      ["https://proxy.example.com/angelcam/v1/me/"],
      ["https://proxy.example.com/angelcam/v1/me/"],
      [],
    ]);
  });
});

describe("a header", () => {
  it("that is null or undefined is left out, and no headers at all are none", async () => {
    const { angelcam, requests } = setUp();
    await angelcam.me.get({ headers: asked<Record<string, string>>({ "X-A": undefined, "X-B": null, "X-C": "1" }) });
    await angelcam.me.get({ headers: asked<Record<string, string>>(null) });
    expect(requests.map(({ headers }) => ["X-A", "X-B", "X-C"].map((name) => headers.get(name)))).toEqual([
      [null, null, "1"],
      [null, null, null],
    ]);
  });
});

describe("an invalid option fails before a request is sent", () => {
  it.each<[string, unknown, RegExp]>([
    ["a signal that is none", { signal: "now" }, /^me\.get: signal must be an AbortSignal, got "now"$/],
    [
      "headers as a text, which may hold a token",
      { headers: "Authorization: Bearer abc" },
      /^me\.get: headers must be an object such as \{ "X-Request-Id": "7" \}, got a string$/,
    ],
    ["a retry that is no policy", { retry: { attempts: 0 } }, /^retry\.attempts must be a whole number from 1, got 0$/],
  ])("%s, of a method", async (_, options, message) => {
    const { angelcam, requests } = setUp();
    await expect(angelcam.me.get(asked<RequestOptions>(options))).rejects.toThrow(message);
    expect(requests).toEqual([]);
  });

  it("a retry that is no policy, of a helper", () => {
    const { angelcam } = setUp();
    const range = { start: "2026-11-24T08:00:00Z", end: "2026-11-24T09:00:00Z", retry: { attempts: 0 } };
    expect(() => footage(angelcam, { camera: 7 }, range)).toThrow(/^retry\.attempts must be a whole number from 1/);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "a query that is no object",
      { params: { query: "limit=5" } },
      /^cameras\.list: the query must be a plain object, got a string$/,
    ],
    ["params that are no object", { params: [] }, /^cameras\.list: params/],
    [
      "cookies, which no operation takes",
      { params: { cookie: {} } },
      /^unknown option of cameras\.list: params: "cookie"/,
    ],
    ["null in place of the options", null, /^cameras\.list: the options must be a plain object, got null$/],
    ["a body of a GET", { body: { name: "Gate" } }, /^cameras\.list takes no body$/],
  ])("%s, of a call by path", async (_, options, message) => {
    const { angelcam, requests } = setUp();
    await expect(angelcam.api.GET("/v1/cameras/", asked<Record<string, never>>(options))).rejects.toThrow(message);
    expect(requests).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ["a signal", new AbortController().signal, /got AbortSignal\. Pass it as \{ signal \}\.$/],
    ["Headers", new Headers(), /the options must be a plain object, got Headers$/],
  ])("%s in place of the options", async (_, options, message) => {
    const { angelcam, requests } = setUp();
    await expect(angelcam.me.get(options)).rejects.toThrow(message);
    expect(requests).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ["a list", [], /^cameras\.update: the body must be a plain object, got an array$/],
    ["a text", "Gate", /^cameras\.update: the body must be a plain object, got a string$/],
    ["nothing", undefined, /^cameras\.update: the body must be a plain object, got nothing$/],
  ])("%s as body", async (_, body, message) => {
    const { angelcam, requests } = setUp();
    await expect(angelcam.cameras.update(7, asked<{ name: string }>(body))).rejects.toThrow(message);
    expect(requests).toEqual([]);
  });
});
