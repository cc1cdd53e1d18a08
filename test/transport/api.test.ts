import { describe, expect, it } from "vitest";
import { Angelcam, bearerToken, OAuthSession, passwordGrant, personalAccessToken, Quota } from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

function setUp(respond: () => Response = () => json(account)) {
  const fetch = recordingFetch(respond);
  return { fetch, angelcam: new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false }) };
}

describe("angelcam.api", () => {
  it.each<[string, (angelcam: Angelcam) => Promise<unknown>]>([
    ["GET", ({ api }) => api.GET("/v1/me/")],
    ["PUT", ({ api }) => api.PUT("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 7 } }, body: {} })],
    ["POST", ({ api }) => api.POST("/v1/cameras/", { body: {} as never })],
    ["DELETE", ({ api }) => api.DELETE("/v1/me/")],
  ])("sends %s with the client's own fetch, server and credential", async (method, send) => {
    const { angelcam, fetch } = setUp();
    await send(angelcam);
    expect(fetch.requests).toHaveLength(1);
    expect(fetch.requests[0]).toMatchObject({ method, authorization: `PersonalAccessToken ${"x".repeat(20)}` });
    expect(new URL(fetch.requests[0]?.url ?? "").origin).toBe("https://api.angelcam.com");
  });

  it.each(["OPTIONS", "HEAD", "PATCH", "TRACE"] as const)(
    "says of %s that the API has no such operation",
    async (method) => {
      const { angelcam, fetch } = setUp();
      const send = angelcam.api[method] as unknown as (path: string) => Promise<unknown>;
      await expect(send("/v1/me/")).rejects.toThrow(`${method} /v1/me/ is not an operation of the API`);
      expect(fetch.requests).toEqual([]);
    },
  );

  it("runs the middleware of one call, which gets a Request and a Response that it can read", async () => {
    const { angelcam } = setUp();
    const seen: unknown[] = [];
    const { data, response } = await angelcam.api.GET("/v1/me/", {
      middleware: [
        {
          onRequest: ({ request }) => void seen.push(request instanceof Request),
          onResponse: async ({ response: received }) => void seen.push(await received.json()),
        },
      ],
    });
    expect(seen).toEqual([true, account]);
    expect([data, await response.json()]).toEqual([account, account]);
  });

  it("JSON that was cut off: rejects, and says so", async () => {
    const { angelcam } = setUp(
      () => new Response('{"email": "us', { headers: { "Content-Type": "application/json" } }),
    );
    await expect(angelcam.api.GET("/v1/me/")).rejects.toThrow("me.get returned 200 with incomplete JSON");
  });

  it("takes the method as a value, as openapi-fetch does", async () => {
    const { angelcam, fetch } = setUp();
    expect((await angelcam.api.request("get", "/v1/me/")).data).toEqual(account);
    expect(fetch.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("sends a form where the document says so, and the headers that its caller adds", async () => {
    const { angelcam, fetch } = setUp(() => new Response(null, { status: 200 }));
    const body = { token: "abc def", client_id: "client" };
    await angelcam.api.POST("/oauth/token-revoke/", { body, headers: { "X-Trace": "7" } });
    const [request] = fetch.requests;
    expect(request).toMatchObject({
      url: "https://my.angelcam.com/oauth/token-revoke/",
      body: "token=abc+def&client_id=client",
      authorization: null,
    });
    expect(request?.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
    expect(request?.headers.get("X-Trace")).toBe("7");
  });

  it("sends JSON elsewhere", async () => {
    const { angelcam, fetch } = setUp();
    await angelcam.api.PUT("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 7 } },
      body: { name: "Door & gate" },
    });
    expect(fetch.requests[0]?.body).toBe('{"name":"Door & gate"}');
    expect(fetch.requests[0]?.headers.get("Content-Type")).toBe("application/json");
  });

  it.each([
    [
      "a path that the API does not have",
      "GET",
      "/v1/nothing/",
      "Paths start with /v1/ or /oauth/, end in a slash, and hold names in braces.",
    ],
    ["a method that the path does not have", "PUT", "/v1/me/", "Did you mean GET /v1/me/?"],
    ["a path without its slash", "GET", "/v1/me", "Did you mean GET /v1/me/?"],
  ])("rejects %s, and says what to do", async (_, method, path, advice) => {
    const { angelcam, fetch } = setUp();
    const request = angelcam.api.request as (method: string, path: string) => Promise<unknown>;
    await expect(request(method.toLowerCase(), path)).rejects.toThrow(
      new TypeError(`${method} ${path} is not an operation of the API. ${advice}`),
    );
    expect(fetch.requests).toEqual([]);
  });

  it("rejects a path whose id is missing, which plain JavaScript lets through", async () => {
    const { angelcam, fetch } = setUp();
    const { GET } = angelcam.api as unknown as Record<string, (path: string) => Promise<unknown>>;
    await expect(GET?.("/v1/cameras/{camera_id}/")).rejects.toThrow(/^cameras\.get: camera_id must be .*undefined/);
    expect(fetch.requests).toEqual([]);
  });

  it("takes the options that every method takes", async () => {
    const { angelcam, fetch } = setUp(() => json({ title: "bad_gateway", detail: "x", status: 503 }, 503));
    await angelcam.api.GET("/v1/me/", { retry: false, server: "test", space: 411 });
    expect(fetch.requests).toHaveLength(1);
    expect(new URL(fetch.requests[0]?.url ?? "").origin).toBe("https://api.test.angelcam.com");
    expect(fetch.requests[0]?.headers.get("X-Space-Id")).toBe("411");
  });

  it("sends the header parameters of an operation", async () => {
    const { angelcam, fetch } = setUp();
    await angelcam.api.GET("/v1/cameras/", {
      params: { header: { "X-Space-Id": 411 } },
      headers: { "X-Trace": "7" },
    });
    expect(fetch.requests[0]?.headers.get("X-Space-Id")).toBe("411");
    expect(fetch.requests[0]?.headers.get("X-Trace")).toBe("7");
  });

  it("takes headers of every kind", async () => {
    const { angelcam, fetch } = setUp();
    await angelcam.api.GET("/v1/me/", { headers: new Headers({ "X-Space-Id": "9" }) as never });
    expect(fetch.requests[0]?.headers.get("X-Space-Id")).toBe("9");
  });

  it("treats null as left out, for callers in plain JavaScript", async () => {
    const { angelcam, fetch } = setUp(() => json({ count: 0, next: null, previous: null, results: [] }));
    await angelcam.api.GET("/v1/cameras/", { params: { query: null as never } });
    await angelcam.cameras.list(null as never);
    await angelcam.cameras.get(7, null as never);
    expect(fetch.requests.map(({ url }) => new URL(url).search)).toEqual(["", "?limit=100", ""]);
    const inSpace = new Angelcam({ fetch, quota: false, space: 7 });
    await inSpace.me.get({ space: null as never });
    expect(fetch.requests.at(-1)?.headers.get("X-Space-Id")).toBe("7");
  });

  it("rejects a page of HTML", async () => {
    const { angelcam } = setUp(() => new Response("<html>", { headers: { "Content-Type": "text/html" } }));
    await expect(angelcam.api.GET("/v1/me/")).rejects.toMatchObject({ code: "unexpected_response" });
  });

  it("404 as HTML: rejects, because it is no error of the API", async () => {
    const { angelcam } = setUp(() => new Response("<html>", { status: 404 }));
    await expect(angelcam.api.GET("/v1/me/")).rejects.toMatchObject({ code: "unexpected_response", status: 404 });
  });

  it("500 with JSON that is no error of the API: rejects", async () => {
    const { angelcam } = setUp(() => json({ message: "internal error" }, 500));
    await expect(angelcam.api.GET("/v1/me/")).rejects.toMatchObject({ code: "unexpected_response", status: 500 });
  });

  it.each([
    ["without data", () => new Response("")],
    ["with a list in place of an object", () => json([])],
  ])("200 %s: rejects, and has no detail", async (_, respond) => {
    const error = await setUp(respond)
      .angelcam.api.GET("/v1/me/")
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unexpected_response", status: 200 });
    expect(error).not.toHaveProperty("detail");
  });

  it("404 without a body: the error is never undefined", async () => {
    const { angelcam } = setUp(() => new Response(null, { status: 404, statusText: "Not Found" }));
    const { data, error } = await angelcam.api.GET("/v1/me/");
    expect([data, error]).toEqual([undefined, { title: "Not Found", detail: "", status: 404 }]);
  });

  it("400 without a body and a reason: the status is the title", async () => {
    const { angelcam } = setUp(() => new Response(null, { status: 400 }));
    const { error } = await angelcam.api.GET("/v1/me/");
    expect(error).toEqual({ title: "status 400", detail: "", status: 400 });
  });

  it("returns status, status text and headers of the response unchanged", async () => {
    const headers = { "Content-Type": "application/json", "X-Trace": "7" };
    const { angelcam } = setUp(
      () => new Response(JSON.stringify(account), { status: 203, statusText: "By hearsay", headers }),
    );
    const { data, response } = await angelcam.api.GET("/v1/me/");
    expect(data).toEqual(account);
    expect([response.status, response.statusText, response.headers.get("X-Trace")]).toEqual([203, "By hearsay", "7"]);
  });

  it.each([200, 204, 205])("returns an empty response of %i as no data", async (status) => {
    const { angelcam } = setUp(() => new Response(null, { status }));
    const { data, response } = await angelcam.api.DELETE("/v1/me/");
    expect([data, response.status]).toEqual([undefined, status]);
  });

  it("rejects at once for a caller who aborts while the response is under way", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { angelcam, fetch } = setUp(() => {
      controller.abort(reason);
      return json({ title: "bad_gateway", detail: "x", status: 503 }, 503);
    });
    await expect(angelcam.api.GET("/v1/me/", { signal: controller.signal })).rejects.toBe(reason);
    expect(fetch.requests).toHaveLength(1);
  });

  it("returns the error beside its response", async () => {
    const { angelcam } = setUp(() => json({ title: "not_found", detail: "No.", status: 404 }, 404));
    const { error, response } = await angelcam.api.GET("/v1/me/");
    expect([error, response.status]).toEqual([{ title: "not_found", detail: "No.", status: 404 }, 404]);
  });
});

describe("a body that may be left out", () => {
  it("is not announced where there is none", async () => {
    const { angelcam, fetch } = setUp();
    await angelcam.speakers.play(7);
    expect(fetch.requests[0]?.body).toBe("");
    expect(fetch.requests[0]?.headers.has("Content-Type")).toBe(false);
    await angelcam.speakers.play(7, {});
    expect(fetch.requests[1]?.headers.get("Content-Type")).toBe("application/json");
  });
});

describe("a credential", () => {
  it("may be left out: the server decides then", async () => {
    const fetch = recordingFetch(() => json({ title: "not_authenticated", detail: "Sign in.", status: 401 }, 401));
    const angelcam = new Angelcam({ fetch, quota: false });
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "not_authenticated", attempts: 1 });
    expect(fetch.requests.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it("that names no scheme is its maker's business", async () => {
    const { fetch } = setUp();
    const auth = { schemes: [], authorization: async () => "Basic abc" };
    await new Angelcam({ auth, fetch, quota: false }).me.get();
    expect(fetch.requests.map(({ authorization }) => authorization)).toEqual(["Basic abc"]);
  });

  it("for one of the schemes of an operation is enough", async () => {
    const { fetch } = setUp();
    const auth = { schemes: ["PersonalAccessToken", "OAuth2"] as const, authorization: async () => "Bearer abc" };
    await new Angelcam({ auth, fetch, quota: false }).publicCameras.get(7);
    expect(fetch.requests).toHaveLength(1);
  });
});

describe("a token request", () => {
  it("goes before the queued calls, because they may depend on it", async () => {
    const clock = new ManualClock();
    const paths: string[] = [];
    const fetch = recordingFetch(({ url }) => {
      const { pathname } = new URL(url);
      paths.push(pathname);
      const tokens = { access_token: "a", refresh_token: "b", token_type: "Bearer", expires_in: 36_000 };
      return json(pathname === "/oauth/token/" ? tokens : account);
    });
    const grant = passwordGrant({ username: "user@example.com", password: "correct horse" });
    const session = new OAuthSession({ clientId: "client", grant });
    const quota = new Quota({ windows: [{ limit: 1, seconds: 60 }], maxWait: 600_000, clock });
    const angelcam = new Angelcam({ auth: session, fetch, clock, quota, deadline: 600_000, timeout: 600_000 });
    await clock.drive(angelcam.me.get());
    paths.length = 0;
    const calls = [angelcam.me.get(), angelcam.cameras.get(7)];
    await new Promise((resolve) => setImmediate(resolve));
    await clock.drive(Promise.all([...calls, session.refresh()]));
    expect(paths).toEqual(["/oauth/token/", "/v1/me/", "/v1/cameras/7/"]);
  });
});

it("bearerToken satisfies the schemes that take a bearer token", () => {
  expect(bearerToken("abc").schemes).toEqual(["OAuth2", "BearerToken"]);
  expect(personalAccessToken("abc").schemes).toEqual(["PersonalAccessToken"]);
});
