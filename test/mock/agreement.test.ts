import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";
import { type Mock, startMock } from "../support/mock.ts";

// Mock and sandbox, over HTTP, return the same status for the same invalid request. The token of the sandbox is one that
// the mock accepts as well, and the ids are those of the document's examples that both know.

const sandbox = createSandbox({ quota: false });
const bearer = `Bearer ${sandbox.tokens.signIn().access_token}`;
const personal = `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}`;

let mock: Mock;
let server: SandboxListener;

beforeAll(async () => {
  [mock, server] = await Promise.all([startMock(), sandbox.listen()]);
});

afterAll(async () => {
  await mock[Symbol.asyncDispose]();
  await server.close();
});

interface WrongRequest {
  readonly name: string;
  readonly status: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  /** Headers that the response must have. */
  readonly has?: Readonly<Record<string, RegExp>>;
}

const auth = { Authorization: bearer };
const json = { ...auth, "Content-Type": "application/json" };
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const camera = { name: "Yard", type: "h264", connection_type: "direct", url: "rtsp://203.0.113.17/live" };
const grant = { grant_type: "password", client_id: "unknown", username: "user@example.com", password: "x" };
const slash = { "x-hint": /ends in a slash/ };

const requests: readonly WrongRequest[] = [
  // Cursors
  {
    name: "a declared cursor that no page has handed out",
    status: 400,
    path: "/v1/rts/messages/?next=bogus",
    headers: auth,
  },
  // Slash
  {
    name: "GET without its slash",
    status: 301,
    path: "/v1/me",
    headers: auth,
    has: { ...slash, location: /^\/v1\/me\/$/ },
  },
  {
    name: "GET without its slash and a query",
    status: 301,
    path: "/v1/shared-cameras?limit=5",
    headers: auth,
    has: slash,
  },
  { name: "GET without its slash and without a token", status: 301, path: "/v1/cameras", has: slash },
  {
    name: "POST without its slash",
    status: 404,
    path: "/v1/cameras",
    method: "POST",
    headers: json,
    body: "{}",
    has: slash,
  },
  { name: "PUT without its slash", status: 404, path: "/v1/rts", method: "PUT", headers: json, body: "{}", has: slash },
  {
    name: "DELETE without its slash",
    status: 404,
    path: "/v1/sensors/954",
    method: "DELETE",
    headers: auth,
    has: slash,
  },
  {
    name: "sign-in without its slash",
    status: 404,
    path: "/oauth/token",
    method: "POST",
    headers: form,
    body: "a=b",
    has: slash,
  },
  // Path and method
  { name: "an unknown path", status: 404, path: "/v1/nothing/", headers: auth },
  { name: "the root", status: 404, path: "/", headers: auth },
  { name: "an id that cannot be one", status: 404, path: "/v1/cameras/abc/", headers: auth },
  {
    name: "a wrong method",
    status: 405,
    path: "/v1/me/",
    method: "PUT",
    headers: json,
    body: "{}",
    has: { allow: /GET/ },
  },
  { name: "PATCH", status: 405, path: "/v1/cameras/20311/", method: "PATCH", headers: json, body: "{}" },
  { name: "a wrong method without a token", status: 405, path: "/v1/cameras/", method: "DELETE" },
  { name: "GET of the token endpoint", status: 405, path: "/oauth/token/" },
  { name: "HEAD of what GET returns", status: 200, path: "/v1/me/", method: "HEAD", headers: auth },
  { name: "HEAD without a token", status: 401, path: "/v1/me/", method: "HEAD" },
  { name: "HEAD of what only POST takes", status: 405, path: "/oauth/token/", method: "HEAD" },
  { name: "an id that is empty", status: 404, path: "/v1/cameras//", headers: auth },
  {
    name: "POST with a slash too many",
    status: 404,
    path: "/v1/cameras//",
    method: "POST",
    headers: json,
    body: JSON.stringify(camera),
  },
  { name: "DELETE with a slash too many", status: 404, path: "/v1/me//", method: "DELETE", headers: auth },
  { name: "a NUL in the path", status: 400, path: "/v1/cameras/%00/", headers: auth },
  { name: "an address too long", status: 414, path: `/v1/cameras/?tags=${"a".repeat(9_000)}`, headers: auth },
  // Everything is JSON
  ...["application/xml", "text/html", "application/json;q=0", "image/*"].map((type) => ({
    ...{ name: `a wish for ${type}`, status: 406, path: "/v1/me/", headers: { ...auth, Accept: type } },
  })),
  ...["*/*", "application/*", "text/html, */*;q=0.1", "APPLICATION/JSON; charset=utf-8", ","].map((type) => ({
    ...{ name: `a wish for ${type}`, status: 200, path: "/v1/me/", headers: { ...auth, Accept: type } },
  })),
  // Tokens
  { name: "no token", status: 401, path: "/v1/me/", has: { "www-authenticate": /Bearer/ } },
  { name: "no token and a wrong parameter", status: 401, path: "/v1/cameras/?limt=5" },
  {
    name: "no token and no JSON",
    status: 401,
    path: "/v1/cameras/",
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: "{",
  },
  { name: "an unknown scheme", status: 401, path: "/v1/me/", headers: { Authorization: "Basic dXNlcjpwYXNz" } },
  { name: "a token and a word", status: 401, path: "/v1/me/", headers: { Authorization: `${bearer} x` } },
  { name: "a token twice", status: 401, path: "/v1/me/", headers: { Authorization: `${bearer}, ${bearer}` } },
  { name: "a bare token", status: 401, path: "/v1/me/", headers: { Authorization: "sometoken" } },
  {
    name: "a personal token on public cameras",
    status: 403,
    path: "/v1/public-cameras/",
    headers: { Authorization: personal },
  },
  {
    name: "a personal token on a public camera",
    status: 403,
    path: "/v1/public-cameras/30418/",
    headers: { Authorization: personal },
  },
  // Query
  { name: "an unknown parameter", status: 400, path: "/v1/cameras/?limt=5", headers: auth },
  { name: "an unknown parameter of one item", status: 400, path: "/v1/sensors/954/?fields=name", headers: auth },
  ...["__proto__", "constructor", "toString"].map((name) => ({
    ...{ name: `a parameter called ${name}`, status: 400, path: `/v1/cameras/?${name}=1`, headers: auth },
  })),
  { name: "a parameter twice", status: 400, path: "/v1/cameras/?limit=5&limit=6", headers: auth },
  { name: "a blank number", status: 400, path: "/v1/cameras/?limit=", headers: auth },
  { name: "a number too small", status: 400, path: "/v1/cameras/?limit=0", headers: auth },
  { name: "text for a number", status: 400, path: "/v1/cameras/?offset=abc", headers: auth },
  { name: "a number too large to be exact", status: 400, path: `/v1/cameras/?limit=${"9".repeat(20)}`, headers: auth },
  {
    name: "an offset too large to be exact",
    status: 400,
    path: `/v1/cameras/?offset=${"9".repeat(400)}`,
    headers: auth,
  },
  { name: "a NUL in a parameter", status: 400, path: "/v1/cameras/?tags=%00", headers: auth },
  { name: "another value than the choices", status: 400, path: "/v1/cameras/?has_guests=2", headers: auth },
  { name: "a list with text among numbers", status: 400, path: "/v1/cameras/?ids=1,x", headers: auth },
  { name: "no date for a date", status: 400, path: "/v1/rts/incidents/?start=noon", headers: auth },
  { name: "a leap second", status: 400, path: "/v1/rts/incidents/?start=2026-11-24T23:59:60Z", headers: auth },
  { name: "a time with a space", status: 400, path: "/v1/rts/incidents/?start=2026-11-24%2008:00:00Z", headers: auth },
  { name: "a space that cannot be one", status: 400, path: "/v1/cameras/", headers: { ...auth, "X-Space-Id": "mine" } },
  { name: "GET with an encoding", status: 200, path: "/v1/me/", headers: { ...auth, "Content-Encoding": "gzip" } },
  {
    name: "GET with another charset",
    status: 200,
    path: "/v1/me/",
    headers: { ...auth, "Content-Type": "application/json; charset=iso-8859-1" },
  },
  { name: "a parameter twice, where errors are one sentence", status: 400, path: "/v1/events/?hash=a&hash=b" },
  { name: "authorize without its parameters", status: 400, path: "/oauth/authorize/" },
  // Body
  { name: "no body", status: 400, path: "/v1/cameras/", method: "POST", headers: json },
  { name: "no JSON", status: 400, path: "/v1/cameras/", method: "POST", headers: json, body: "{bad" },
  { name: "a list", status: 400, path: "/v1/cameras/", method: "POST", headers: json, body: "[]" },
  { name: "null", status: 400, path: "/v1/cameras/", method: "POST", headers: json, body: "null" },
  { name: "a number", status: 400, path: "/v1/cameras/", method: "POST", headers: json, body: "7" },
  {
    name: "a missing field",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ ...camera, name: undefined }),
  },
  {
    name: "an unknown field",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ ...camera, nmae: "x" }),
  },
  ...["__proto__", "constructor", "toString"].map((name) => ({
    ...{ name: `a field called ${name}`, status: 400, path: "/v1/cameras/", method: "POST", headers: json },
    body: `{"${name}":{"admin":true},${JSON.stringify(camera).slice(1)}`,
  })),
  {
    name: "a field of another type, where errors are one sentence",
    status: 400,
    path: "/v1/cameras/20311/clips/",
    method: "POST",
    headers: json,
    body: '{"name":5,"start":"2026-11-24T08:00:00Z","end":"2026-11-24T08:05:00Z"}',
  },
  {
    name: "an unknown field in a field",
    status: 400,
    path: "/v1/cameras/20311/guests/",
    method: "POST",
    headers: json,
    body: '{"email":"a@example.com","permissions":{"can_fly":true}}',
  },
  {
    name: "a field of another type",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ ...camera, name: 5 }),
  },
  {
    name: "another value than the choices of a field",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ ...camera, type: "vhs" }),
  },
  {
    name: "a body where none is taken",
    status: 400,
    path: "/v1/rts/arm/",
    method: "POST",
    headers: json,
    body: '{"now":true}',
  },
  {
    name: "bytes that are not UTF-8",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d),
  },
  {
    name: "bytes that are not UTF-8 and no token",
    status: 401,
    path: "/v1/cameras/",
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d),
  },
  {
    name: "a compressed body",
    status: 415,
    path: "/v1/cameras/",
    method: "POST",
    headers: { ...json, "Content-Encoding": "gzip" },
    body: gzipSync(JSON.stringify(camera)),
  },
  {
    name: "a body in another charset",
    status: 415,
    path: "/v1/cameras/",
    method: "POST",
    headers: { ...auth, "Content-Type": "application/json; charset=iso-8859-1" },
    body: JSON.stringify(camera),
  },
  {
    name: "a body of more than a megabyte",
    status: 413,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ ...camera, name: "a".repeat(1_100_000) }),
  },
  {
    name: "a sound of more than a megabyte",
    status: 201,
    path: "/v1/audio-messages/",
    method: "POST",
    headers: json,
    body: JSON.stringify({ name: "Private property", message: "SUQz".repeat(500_000) }),
  },
  {
    name: "a body nested too deep",
    status: 400,
    path: "/v1/cameras/",
    method: "POST",
    headers: json,
    body: `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  },
  {
    name: "another content type",
    status: 415,
    path: "/v1/cameras/",
    method: "POST",
    headers: { ...auth, "Content-Type": "text/plain" },
    body: JSON.stringify(camera),
  },
  {
    name: "a form for JSON",
    status: 415,
    path: "/v1/cameras/",
    method: "POST",
    headers: { ...auth, ...form },
    body: "name=a",
  },
  // Sign-in
  {
    name: "JSON for a form",
    status: 415,
    path: "/oauth/token/",
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(grant),
  },
  { name: "a broken form", status: 400, path: "/oauth/token/", method: "POST", headers: form, body: "%%%" },
  { name: "an empty form", status: 400, path: "/oauth/token/", method: "POST", headers: form },
  {
    name: "an unknown grant",
    status: 400,
    path: "/oauth/token/",
    method: "POST",
    headers: form,
    body: "grant_type=magic",
  },
  {
    name: "a grant without a field",
    status: 400,
    path: "/oauth/token/",
    method: "POST",
    headers: form,
    body: "grant_type=password&client_id=c",
  },
  {
    name: "an unknown field of a grant",
    status: 400,
    path: "/oauth/token/",
    method: "POST",
    headers: form,
    body: `${new URLSearchParams(grant)}&nickname=x`,
  },
  ...["__proto__", "constructor"].map((name) => ({
    ...{ name: `a field of a grant called ${name}`, status: 400, path: "/oauth/token/", method: "POST", headers: form },
    body: `${new URLSearchParams(grant)}&${name}=x`,
  })),
  {
    name: "a field of a grant twice",
    status: 400,
    path: "/oauth/token/",
    method: "POST",
    headers: form,
    body: `${new URLSearchParams(grant)}&username=y`,
  },
  {
    name: "a speed that there is not",
    status: 400,
    path: "/recording/streams/3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093/speed/",
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"speed":3}',
  },
];

describe("a wrong request gets one status from mock and sandbox", () => {
  test.each(requests)("$name: $status", async (request) => {
    for (const origin of [mock.origin, server.origin]) {
      const { path, method = "GET", headers = {}, body } = request;
      const response = await fetch(origin + path, { method, headers, redirect: "manual", ...(body ? { body } : {}) });
      expect(response.status, origin === mock.origin ? "mock" : "sandbox").toBe(request.status);
      for (const [name, pattern] of Object.entries(request.has ?? {}))
        expect(response.headers.get(name)).toMatch(pattern);
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
      // The document lacks some statuses, but has a form for the body of each that it knows.
      const { headers: received, status } = response;
      const message = { status, headers: received, bodyText: await response.text() };
      const found = createContract().checkResponse({ method, url: origin + path, headers }, message);
      const isHead = method === "HEAD";
      expect(found.filter(({ kind }) => kind !== "status" && !isHead).map((one) => one.message)).toEqual([]);
    }
  });

  // Requests that fetch cannot send.
  test.each([
    ["a path that is not UTF-8", "GET /v1/cameras/%E0%A4%A/ HTTP/1.1\r\nHost: localhost"],
    ["a query that is not UTF-8", `GET /v1/cameras/?tags=%FF HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${bearer}`],
    ["no HTTP at all", "nonsense"],
    ["no Host header", "GET /v1/me/ HTTP/1.1"],
    ["a Host header with a port that there is not", "GET /v1/me/ HTTP/1.1\r\nHost: localhost:99999"],
    ["an address with a backslash", "GET /v1\\me/ HTTP/1.1\r\nHost: localhost"],
    ["an address of another scheme", "GET ftp://localhost/v1/me/ HTTP/1.1\r\nHost: localhost"],
    ["HTTP/2 in the words of HTTP/1", "GET /v1/me/ HTTP/2.0\r\nHost: localhost"],
    ["two lengths", "POST /v1/cameras/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3"],
  ])("%s: 400", async (_, head) => {
    for (const origin of [mock.origin, server.origin])
      expect(await responseTo(origin, head)).toMatchObject({ status: 400 });
  });

  test.each([
    ["an absolute address", 400, `GET http://localhost/v1/me/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer}`],
    ["a path with dots", 404, `GET /v1/cameras/../me/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer}`],
    ["a path with encoded dots", 404, `GET /v1/cameras/%2e%2e/me/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer}`],
    ["CONNECT", 405, "CONNECT localhost:80 HTTP/1.1\r\nHost: x"],
    [
      "a Host header that is written out",
      200,
      `GET /v1/me/ HTTP/1.1\r\nHost: [0:0:0:0:0:0:0:1]:80\r\nAuthorization: ${bearer}`,
    ],
    ["another expectation", 417, "POST /v1/cameras/ HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nContent-Length: 0"],
    ["headers too long", 431, `GET /v1/me/ HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(70_000)}`],
  ])("%s: %i", async (_, status, head) => {
    for (const origin of [mock.origin, server.origin]) expect(await responseTo(origin, head)).toMatchObject({ status });
  });

  test("a response to what is no request is JSON that a page can read", async () => {
    for (const origin of [mock.origin, server.origin]) {
      const { text } = await responseTo(origin, "nonsense");
      expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*Access-Control-Allow-Origin: \*/i);
      expect(text).toContain('{"title":"invalid","detail":"This is not a well-formed HTTP request.","status":400}');
    }
  });
});

describe("a page on another origin", () => {
  test.each([["/v1/cameras/"], ["/v1/me"], ["/oauth/token/"], ["/v1/nothing/"]])(
    "may send a preflight request for %s",
    async (path) => {
      for (const origin of [mock.origin, server.origin]) {
        const response = await fetch(origin + path, {
          method: "OPTIONS",
          headers: {
            Origin: "https://app.example.com",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization,content-type,x-space-id",
            "Access-Control-Request-Private-Network": "true",
          },
        });
        expect(response.status).toBe(204);
        expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
        expect(response.headers.get("Access-Control-Allow-Private-Network")).toBe("true");
        expect(response.headers.get("Access-Control-Allow-Methods")).toMatch(/GET|POST/);
        expect(response.headers.get("Access-Control-Allow-Headers")).toBe("authorization,content-type,x-space-id");
      }
    },
  );
});

async function responseTo(origin: string, head: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  const text = String(data);
  return { status: Number(text.split(" ")[1]), text };
}
