import { getEventListeners } from "node:events";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { Angelcam, type AngelcamOptions, OAuthSession, passwordGrant, personalAccessToken } from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

const asked = <T>(value: unknown) => value as T;

const TOKEN = "pat-middleware-token";

function setUp(respond: Parameters<typeof recordingFetch>[0] = () => json(account), options: AngelcamOptions = {}) {
  const fetch = recordingFetch(respond);
  return { fetch, angelcam: new Angelcam({ auth: personalAccessToken(TOKEN), fetch, quota: false, ...options }) };
}

describe("middleware of api.use()", () => {
  test("sees the calls of methods and of api.GET alike: request, path, parameters and response", async () => {
    const { angelcam } = setUp();
    const seen: unknown[] = [];
    angelcam.api.use({
      onRequest: ({ request, schemaPath, params }) => {
        seen.push([request instanceof Request, request.method, request.url, schemaPath, params.path]);
      },
      onResponse: async ({ response }) => {
        seen.push([response.status, await response.clone().json()]);
      },
    });
    await angelcam.cameras.get(7, { max_width: 640 });
    await angelcam.api.GET("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 7 }, query: { max_width: 640 } },
    });
    const request = [
      true,
      "GET",
      "https://api.angelcam.com/v1/cameras/7/?max_width=640",
      "/v1/cameras/{camera_id}/",
      { camera_id: 7 },
    ];
    expect(seen).toEqual([request, [200, account], request, [200, account]]);
  });

  test("changes the headers of the request", async () => {
    const { angelcam, fetch } = setUp();
    angelcam.api.use({ onRequest: ({ request }) => request.headers.set("X-Trace", "7") });
    await angelcam.me.get();
    expect(fetch.requests[0]?.headers.get("X-Trace")).toBe("7");
    expect(fetch.requests[0]?.headers.get("Authorization")).toBe(`PersonalAccessToken ${TOKEN}`);
  });

  test("a Request with other options of fetch: those are passed on, beside the options of the call, and no defaults", async () => {
    const received: (RequestInit | undefined)[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      received.push(init);
      return json(account);
    };
    const angelcam = new Angelcam({ auth: personalAccessToken(TOKEN), fetch, quota: false });
    let cache: RequestCache | undefined;
    angelcam.api.use({ onRequest: ({ request }) => (cache ? new Request(request, { cache }) : undefined) });
    await angelcam.me.get({ keepalive: true });
    cache = "reload";
    await angelcam.me.get({ keepalive: true });
    expect(received.map((init) => Object.keys(init ?? {}).sort())).toEqual([
      ["body", "cache", "headers", "keepalive", "method", "redirect", "signal"],
      ["body", "cache", "headers", "keepalive", "method", "redirect", "signal"],
    ]);
    expect(received).toMatchObject([
      { cache: "no-store", keepalive: true },
      { cache: "reload", keepalive: true },
    ]);
  });

  test("moves a request to another path of the same origin, where baseUrl has a path of its own", async () => {
    const { angelcam, fetch } = setUp(undefined, { baseUrl: "https://proxy.example.com/angelcam" });
    angelcam.api.use({
      onRequest: ({ request }) => new Request("https://proxy.example.com/other/v1/me/", request),
    });
    await angelcam.me.get();
    expect(fetch.requests[0]).toMatchObject({
      url: "https://proxy.example.com/other/v1/me/",
      authorization: `PersonalAccessToken ${TOKEN}`,
    });
  });

  test("replaces the request of a POST by another Request: its headers and body are sent, on every attempt", async () => {
    const { angelcam, fetch } = setUp(
      (_, index) => (index === 0 ? json({ title: "busy", detail: "", status: 503 }, 503) : json({ id: 1 }, 201)),
      { retry: { methods: ["POST"], baseDelay: 0 } },
    );
    angelcam.api.use({
      onRequest: ({ request }) =>
        new Request(request, {
          body: '{"name":"changed"}',
          headers: { "Content-Type": "application/json", "X-Trace": "8" },
        }),
    });
    const body = { name: "x", start: "2026-11-24T08:00:00Z", end: "2026-11-24T08:05:00Z" };
    await angelcam.cameras.clips.create(7, body);
    expect(fetch.requests.map(({ body: sent, headers }) => [sent, headers.get("X-Trace")])).toEqual([
      ['{"name":"changed"}', "8"],
      ['{"name":"changed"}', "8"],
    ]);
  });

  test("returns a Response of its own: nothing is sent, and the method returns its data", async () => {
    const { angelcam, fetch } = setUp();
    angelcam.api.use({ onRequest: () => Response.json({ ...account, email: "cached@example.com" }) });
    expect((await angelcam.me.get()).email).toBe("cached@example.com");
    expect(fetch.requests).toEqual([]);
  });

  test("replaces the response: methods and api.GET read the new one", async () => {
    const { angelcam } = setUp();
    angelcam.api.use({
      onResponse: async ({ response }) => Response.json({ ...(await response.json()), email: "new@example.com" }),
    });
    expect((await angelcam.me.get()).email).toBe("new@example.com");
    expect((await angelcam.api.GET("/v1/me/")).data?.email).toBe("new@example.com");
  });

  test("replaces the response: withResponse() has its status and headers, and a body that was read", async () => {
    const { angelcam } = setUp();
    const replaced = (body: object) => Response.json(body, { headers: { "X-Replaced": "yes" } });
    angelcam.api.use({ onResponse: async ({ response }) => replaced(await response.json()) });
    const { data, response } = await angelcam.me.get().withResponse();
    expect([data, response.headers.get("X-Replaced"), response.bodyUsed]).toEqual([account, "yes", true]);
  });

  test("replaces the response by an error that is none of the API: UnexpectedResponseError", async () => {
    const { angelcam } = setUp();
    angelcam.api.use({ onResponse: () => Response.json({ problem: "own" }, { status: 400 }) });
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "unexpected_response", status: 400 });
  });

  test("replaces an error by onError", async () => {
    const { angelcam } = setUp(() => Promise.reject(new Error("closed")), { retry: false });
    angelcam.api.use({ onError: () => Response.json(account) });
    expect(await angelcam.me.get()).toEqual(account);
  });

  test("sees no request after api.eject()", async () => {
    const { angelcam } = setUp();
    let calls = 0;
    const middleware: Middleware = { onRequest: () => void calls++ };
    angelcam.api.use(middleware);
    await angelcam.me.get();
    angelcam.api.eject(middleware);
    await angelcam.me.get();
    expect(calls).toBe(1);
  });

  test.each<[string, (api: Angelcam["api"], middleware: Middleware) => void]>([
    [
      "used twice and ejected once",
      (api, middleware) => {
        api.use(middleware, middleware);
        api.eject(middleware);
      },
    ],
    [
      "used together with one that is rejected",
      (api, middleware) => {
        expect(() => api.use(middleware, {} as Middleware)).toThrow("Middleware must be an object");
      },
    ],
  ])("%s still sees the request as a Request", async (_, use) => {
    const { angelcam } = setUp();
    const seen: unknown[] = [];
    use(angelcam.api, { onRequest: ({ request }) => void seen.push(request) });
    await angelcam.me.get();
    expect(seen).toEqual([expect.any(Request)]);
  });

  test("of one call is used for that call alone", async () => {
    const { angelcam, fetch } = setUp();
    const middleware: Middleware[] = [{ onRequest: ({ request }) => request.headers.set("X-Trace", "9") }];
    await angelcam.api.GET("/v1/me/", { middleware });
    await angelcam.api.GET("/v1/me/");
    expect(fetch.requests.map(({ headers }) => headers.get("X-Trace"))).toEqual(["9", null]);
  });

  test("cannot send the token to another origin", async () => {
    const { angelcam, fetch } = setUp();
    angelcam.api.use({ onRequest: ({ request }) => new Request("https://evil.example.com/v1/me/", request) });
    await expect(angelcam.me.get()).rejects.toThrow(
      "me.get: middleware moved the request to https://evil.example.com, and a token is sent to https://api.angelcam.com alone",
    );
    expect(fetch.requests).toEqual([]);
  });

  test("cannot send the password of a token request to another origin", async () => {
    const fetch = recordingFetch(() => json({ access_token: "first-access", expires_in: 3600 }));
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const angelcam = new Angelcam({ auth: new OAuthSession({ clientId: "client", grant }), fetch });
    angelcam.api.use({
      onRequest: ({ request }) => new Request(request.url.replace("my.angelcam.com", "evil.example.com"), request),
    });
    await expect(angelcam.me.get()).rejects.toThrow(
      "oauth.createToken: middleware moved the request to https://evil.example.com",
    );
    expect(fetch.requests).toEqual([]);
  });

  test("passes the caller's abort on", async () => {
    const controller = new AbortController();
    const { angelcam } = setUp(() => new Promise(() => {}));
    angelcam.api.use({ onRequest: ({ request }) => new Request(request) });
    const call = angelcam.me.get({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
  });
});

test("calls that have ended leave no listener on the caller's signal, with middleware or without", async () => {
  const { angelcam } = setUp();
  const { signal } = new AbortController();
  for (let call = 0; call < 3; call++) await angelcam.me.get({ signal });
  angelcam.api.use({ onRequest: () => undefined });
  for (let call = 0; call < 3; call++) await angelcam.me.get({ signal });
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

describe("options of openapi-fetch and of fetch", () => {
  test("parseAs: text, blob, arrayBuffer and stream return the body in that form", async () => {
    const { angelcam } = setUp();
    const text = JSON.stringify(account);
    expect((await angelcam.api.GET("/v1/me/", { parseAs: "text" })).data).toBe(text);
    const blob = (await angelcam.api.GET("/v1/me/", { parseAs: "blob" })).data as unknown as Blob;
    expect(await blob.text()).toBe(text);
    const buffer = (await angelcam.api.GET("/v1/me/", { parseAs: "arrayBuffer" })).data as unknown as ArrayBuffer;
    expect(new TextDecoder().decode(buffer)).toBe(text);
    const stream = (await angelcam.api.GET("/v1/me/", { parseAs: "stream" })).data as unknown as ReadableStream;
    expect(await new Response(stream).text()).toBe(text);
  });

  test("a querySerializer of the call", async () => {
    const { angelcam, fetch } = setUp(() => json({ count: 0, next: null, previous: null, results: [] }));
    await angelcam.api.GET("/v1/cameras/", { params: { query: { limit: 5 } }, querySerializer: () => "limit=6" });
    expect(fetch.requests[0]?.url).toBe("https://api.angelcam.com/v1/cameras/?limit=6");
  });

  test("a fetch function of the call", async () => {
    const { angelcam, fetch } = setUp();
    const own = recordingFetch(() => json({ ...account, email: "own@example.com" }));
    expect((await angelcam.api.GET("/v1/me/", { fetch: own })).data?.email).toBe("own@example.com");
    expect([fetch.requests.length, own.requests.length]).toEqual([0, 1]);
  });

  test("cache, credentials and next reach fetch, of methods and of api.GET; the default is no-store", async () => {
    const inits: (RequestInit | undefined)[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      inits.push(init);
      return json(account);
    };
    const angelcam = new Angelcam({ fetch, quota: false });
    await angelcam.me.get();
    await angelcam.me.get({ cache: "reload", credentials: "omit" });
    await angelcam.api.GET("/v1/me/", { cache: "reload", next: { revalidate: 60 } });
    expect(inits).toMatchObject([
      { cache: "no-store" },
      { cache: "reload", credentials: "omit" },
      { cache: "reload", next: { revalidate: 60 } },
    ]);
  });

  test("the response of withResponse() can still be read, any number of times", async () => {
    const { angelcam } = setUp();
    const { response } = await angelcam.me.get().withResponse();
    expect(await response.json()).toEqual(account);
    expect(await response.clone().text()).toBe(JSON.stringify(account));
    expect(response.url).toBe("");
  });
});

describe("middleware that never ends", () => {
  const hanging: [string, Middleware][] = [
    ["onRequest", { onRequest: () => new Promise(() => {}) }],
    ["onResponse", { onResponse: () => new Promise(() => {}) }],
  ];

  test.each(hanging)("in %s: the call ends at its deadline", async (_, middleware) => {
    const clock = new ManualClock();
    const { angelcam } = setUp(undefined, { clock });
    angelcam.api.use(middleware);
    const calls = [
      angelcam.me.get({ deadline: 2_000 }),
      angelcam.api.GET("/v1/me/", asked<Record<string, never>>({ deadline: 2_000 })),
    ];
    const results = await clock.drive(Promise.allSettled(calls));
    expect(results).toMatchObject(calls.map(() => ({ status: "rejected", reason: { code: "timeout" } })));
    expect([clock.monotonic(), clock.pending]).toEqual([2_000, 0]);
  });

  test.each(hanging)("in %s: the call ends when the caller aborts it", async (_, middleware) => {
    const { angelcam } = setUp();
    angelcam.api.use(middleware);
    const controller = new AbortController();
    const call = angelcam.me.get({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});

test("a signal that middleware puts into the request ends the call, and keeps no listener", async () => {
  const controller = new AbortController();
  const { angelcam, fetch } = setUp(() => {
    controller.abort(new Error("middleware has had enough"));
    return new Promise(() => {});
  });
  angelcam.api.use({ onRequest: ({ request }) => new Request(request, { signal: controller.signal }) });
  await expect(angelcam.me.get()).rejects.toThrow("middleware has had enough");
  await expect(angelcam.me.get()).rejects.toThrow("middleware has had enough");
  expect(fetch.requests).toHaveLength(1);
});
