import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Angelcam, BadRequestError, bearerToken } from "../../src/index.ts";
import { type Mock, startMock } from "../support/mock.ts";

const BEARER = { Authorization: "Bearer anything" };
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const JSON_BODY = { ...BEARER, "Content-Type": "application/json" };
const GRANT = { grant_type: "password", client_id: "c", username: "user@example.com", password: "secret" };

let mock: Mock;
let angelcam: Angelcam;

beforeAll(async () => {
  mock = await startMock();
  angelcam = new Angelcam({ baseUrl: mock.origin, auth: bearerToken("anything"), quota: false });
});

afterAll(() => mock[Symbol.asyncDispose]());

function send(target: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${mock.origin}${target}`, { headers: BEARER, ...init });
}

function post(target: string, body: BodyInit, headers: Record<string, string> = JSON_BODY): Promise<Response> {
  return send(target, { method: "POST", headers, body });
}

async function placesIn(response: Response): Promise<string[]> {
  const violations = JSON.parse(response.headers.get("sl-violations") ?? "[]") as { location: string[] }[];
  return violations.map(({ location }) => location.join(" "));
}

describe("the paths of all hosts are on one origin", () => {
  test.each([
    ["/v1/me/", "GET"],
    [
      "/oauth/authorize/?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Fexample.com%2F&scope=user_access&state=s",
      "GET",
    ],
    ["/recording/streams/3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093/", "GET"],
  ])("%s", async (target, method) => {
    const { status } = await send(target, { method, redirect: "manual" });
    expect([200, 302]).toContain(status);
  });
});

describe("a request that the document does not know", () => {
  test("with an unknown query parameter is rejected, and the likely one is named", async () => {
    const response = await send("/v1/cameras/?limt=5");
    expect(response.status).toBe(400);
    expect(await placesIn(response)).toEqual(["request query limt"]);
    expect(await response.json()).toEqual({
      title: "invalid",
      detail: [{ limt: ['Is not in the document, got "5". Did you mean "limit"?'] }],
      status: 400,
    });
  });

  test("with an unknown form field is rejected in the form of OAuth", async () => {
    const response = await post("/oauth/token/", new URLSearchParams({ ...GRANT, user: "x" }), FORM);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "invalid_request",
      error_description: "user: Is not in the document, got a text of 1 characters.",
    });
  });

  test("with an unknown field of its JSON, however deep, is rejected", async () => {
    const camera = { name: "a", type: "h264", connection_type: "direct", url: "rtsp://192.0.2.1/", nmae: "b" };
    const flat = await post("/v1/cameras/", JSON.stringify(camera));
    expect(await placesIn(flat)).toContain("request body nmae");
    const service = { arrow_client: "00000000-0000-4000-8000-000000000000", service_id: "1", prot: 5 };
    const deep = await post("/v1/cameras/stream-detection/", JSON.stringify({ arrow_service: service }));
    expect(await deep.json()).toMatchObject({ detail: [{ "arrow_service.prot": [expect.any(String)] }] });
  });

  test("with a parameter that was sent twice, or left blank, is rejected", async () => {
    const twice = await send("/v1/cameras/?limit=5&limit=6");
    expect(await twice.json()).toMatchObject({
      detail: [{ limit: ["Is present 2 times."] }],
    });
    const blank = await send("/v1/cameras/?limit=");
    expect(await blank.json()).toMatchObject({ detail: [{ limit: expect.any(Array) }] });
  });

  test("with a body for an operation that takes none is rejected, unless the body is empty", async () => {
    expect((await post("/v1/cameras/1/broadcasting/start/", "{}")).ok).toBe(true);
    expect((await post("/v1/cameras/1/broadcasting/start/", '{"now":true}')).status).toBe(400);
  });

  test("on a path without its slash is redirected if it is a GET, and gets an error that says so otherwise", async () => {
    const hint = "Every path of the API ends in a slash: /v1/cameras/";
    const redirect = await send("/v1/cameras?limit=5", { redirect: "manual" });
    expect([redirect.status, redirect.headers.get("Location"), redirect.headers.get("X-Hint")]).toEqual([
      301,
      "/v1/cameras/?limit=5",
      hint,
    ]);
    expect((await send("/v1/cameras?limit=5")).status).toBe(200);
    const posted = await post("/v1/cameras", "{}");
    expect([posted.status, posted.headers.get("X-Hint"), await posted.json()]).toMatchObject([
      404,
      hint,
      { title: "not_found", detail: hint },
    ]);
  });

  test("with another method gets an error that lists the methods", async () => {
    const response = await send("/v1/cameras/", { method: "PATCH" });
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("GET, POST");
    expect(await response.json()).toMatchObject({ title: "method_not_allowed", status: 405 });
  });
});

describe("what the document does not allow", () => {
  test("is named field by field, in the body and in the header sl-violations", async () => {
    const response = await send("/v1/cameras/?limit=0&offset=abc");
    expect(response.status).toBe(400);
    expect(await placesIn(response)).toEqual(["request query limit", "request query offset"]);
    expect(await response.json()).toEqual({
      title: "invalid",
      detail: [{ limit: ["Must be 1 or more, got 0."] }, { offset: ['Must be an integer, got "abc".'] }],
      status: 400,
    });
  });

  test("is a 404 that names the parameter where an id cannot be one", async () => {
    const response = await send("/v1/cameras/abc/broadcasting/");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      title: "not_found",
      detail: 'camera_id: Must be an integer, got "abc".',
    });
  });

  test("of several grants gets the errors of the grant it selects", async () => {
    const { password: _, ...rest } = GRANT;
    const missing = await post("/oauth/token/", new URLSearchParams(rest), FORM);
    expect(await missing.json()).toEqual({
      error: "invalid_request",
      error_description: "password: This field is required.",
    });
    const unknown = await post("/oauth/token/", new URLSearchParams({ ...GRANT, grant_type: "magic" }), FORM);
    expect(await unknown.json()).toEqual({
      error: "unsupported_grant_type",
      error_description: 'grant_type: Must be one of "password", "authorization_code", "refresh_token", got "magic".',
    });
  });

  test("reaches the client as typed errors", async () => {
    const call = angelcam.cameras.update(20311, { name: 5 as never });
    await expect(call).rejects.toThrow(BadRequestError);
    await expect(call).rejects.toMatchObject({ fields: { name: ["Must be a text, got 5."] } });
  });

  test("of a token that is missing goes before everything else", async () => {
    const response = await send("/v1/cameras/?limt=5", { headers: {} });
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toBe('Bearer realm="api"');
    expect(await response.json()).toMatchObject({ title: "not_authenticated", status: 401 });
  });
});

describe("what is malformed never reaches Prism", () => {
  test.each([
    ["a form", "/oauth/token/", FORM, "%%%", 400, "The body has a broken % escape."],
    ["JSON", "/v1/cameras/", JSON_BODY, "{bad", 400, "The body is not JSON."],
    ["JSON that is no object", "/v1/cameras/", JSON_BODY, "[]", 400, "The body must be an object"],
    [
      "a body of another type",
      "/v1/cameras/",
      { ...BEARER, "Content-Type": "text/plain" },
      "{}",
      415,
      "must be application/json, got text/plain.",
    ],
    [
      "a body in an encoding",
      "/v1/cameras/",
      { ...JSON_BODY, "Content-Encoding": "gzip" },
      "{}",
      415,
      'encoded as "gzip"',
    ],
    ["no body", "/v1/cameras/", JSON_BODY, "", 400, "The body is missing."],
    [
      "a body too long",
      "/v1/cameras/",
      JSON_BODY,
      `{"name":"${"a".repeat(1_100_000)}"}`,
      413,
      "longer than 1048576 bytes",
    ],
  ])("%s", async (_, target, headers, body, status, detail) => {
    const response = await post(target, body, headers);
    expect(response.status).toBe(status);
    const envelope = (await response.json()) as { detail?: string; error_description?: string };
    expect(envelope.detail ?? envelope.error_description).toContain(detail);
  });

  test.each([
    ["/v1/cameras/%E0%A4%A/", 400, "The path is not percent-encoded UTF-8."],
    ["/v1/cameras/%00/", 400, "The path holds a control character."],
    [`/v1/cameras/?tags=${"a".repeat(9_000)}`, 414, "at most 8192 are read"],
  ])("the address %.40s", async (target, status, detail) => {
    const response = await send(target);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
  });

  test("and the connection serves the next request", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const statuses: (number | undefined)[] = [];
    const length = 3_000_000;
    for (const headers of [{ ...JSON_BODY, "Content-Length": length }, BEARER, BEARER]) {
      const isPost = "Content-Length" in headers;
      const outgoing = request(`${mock.origin}/v1/${isPost ? "cameras" : "me"}/`, {
        agent,
        headers,
        method: isPost ? "POST" : "GET",
      });
      outgoing.end(isPost ? "x".repeat(length) : undefined);
      const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
      await once(incoming.resume(), "end");
      statuses.push(incoming.statusCode);
      expect(outgoing.reusedSocket).toBe(statuses.length > 1);
    }
    expect(statuses).toEqual([413, 200, 200]);
    agent.destroy();
  });
});

describe("a list", () => {
  test("comes in the pages that are requested, and its links lead back to the mock", async () => {
    const all = await angelcam.cameras.list();
    const page = await angelcam.cameras.list({ limit: 3, offset: 3 });
    expect(page.results).toEqual(all.results.slice(3, 6));
    expect(page.count).toBe(all.results.length);
    const raw = (await (await send("/v1/cameras/?limit=3&offset=3&refresh_rate=2")).json()) as Record<string, unknown>;
    expect(raw).toMatchObject({
      next: `${mock.origin}/v1/cameras/?limit=3&offset=6&refresh_rate=2`,
      previous: `${mock.origin}/v1/cameras/?limit=3&refresh_rate=2`,
    });
  });

  test("is empty behind its end", async () => {
    const page = await angelcam.cameras.list({ offset: 1_000 });
    expect(page.results).toEqual([]);
    expect(page.next).toBeNull();
  });

  test("with a cursor is walked by its links, to the last item", async () => {
    const first = await angelcam.cameras.clips.list(20311);
    expect(first.next).toMatch(new RegExp(`^${mock.origin}/v1/cameras/20311/clips/\\?cursor=`));
    const ids = await angelcam.cameras.clips.list(20311).toArray();
    expect(ids.length).toBe(first.count);
    expect(ids.length).toBeGreaterThan(first.results.length);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
  });

  test("with a cursor that the mock never returned is rejected", async () => {
    const response = await send("/v1/cameras/20311/clips/?cursor=nonsense");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: "Invalid cursor." });
  });

  test("is walked by the client from page to page", async () => {
    const sizes: number[] = [];
    for await (const page of angelcam.cameras.list({ limit: 4 }).pages()) sizes.push(page.results.length);
    expect(sizes.length).toBeGreaterThan(2);
  });
});

describe("the Prefer header", () => {
  test("Prefer: code=429 returns 429", async () => {
    const response = await send("/v1/me/", { headers: { ...BEARER, Prefer: "code=429" } });
    expect(response.status).toBe(429);
    const offline = await send("/v1/cameras/20311/", { headers: { ...BEARER, Prefer: "example=offline" } });
    expect(await offline.json()).toMatchObject({ status: "offline" });
  });

  test("for an example of a list keeps its content, and its links lead back to the mock", async () => {
    const response = await send("/v1/cameras/", { headers: { ...BEARER, Prefer: "example=middle_page" } });
    expect(await response.json()).toMatchObject({
      count: 11,
      next: `${mock.origin}/v1/cameras/?limit=5&offset=10`,
      previous: `${mock.origin}/v1/cameras/?limit=5`,
    });
  });

  test("without a matching response is rejected by name", async () => {
    const response = await send("/v1/me/", { headers: { ...BEARER, Prefer: "code=599" } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: [{ Prefer: [expect.stringContaining("599")] }] });
  });
});

describe("a page on another origin", () => {
  test("gets a response to its preflight request", async () => {
    const response = await fetch(`${mock.origin}/v1/cameras/`, {
      method: "OPTIONS",
      headers: {
        Origin: "https://app.example.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(response.headers.get("Access-Control-Allow-Methods")).toBe("GET, POST");
    expect(response.headers.get("Access-Control-Allow-Headers")).toBe("authorization,content-type");
  });

  test.each([["/v1/me/"], ["/v1/nothing/"], ["/v1/cameras/?limit=0"]])(
    "may read the response of %s",
    async (target) => {
      const { headers } = await send(target);
      expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(headers.get("Access-Control-Expose-Headers")).toBe("*");
    },
  );
});
