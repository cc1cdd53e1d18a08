import type { RequestListener, ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import {
  Angelcam,
  type AngelcamError,
  ApiError,
  ConnectionError,
  personalAccessToken,
  ServerError,
  UnexpectedResponseError,
} from "../../src/index.ts";
import { listen, originWithoutServer } from "./loopback-server.ts";

// Responses of a real network, each with its typed error.

const TOKEN = "fe6a3f0c25b8";
const HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

type ErrorClass = new (...values: never[]) => Error;

interface Surprise {
  readonly name: string;
  readonly respond: (response: ServerResponse) => void;
  readonly error: ErrorClass;
  readonly facts: object;
}

function respondWith(status: number, type: string | undefined, body: string, headers: Record<string, string> = {}) {
  return (response: ServerResponse) =>
    response.writeHead(status, type === undefined ? headers : { "Content-Type": type, ...headers }).end(body);
}

const surprises: readonly Surprise[] = [
  {
    name: "HTML of a gateway",
    respond: respondWith(502, "text/html", HTML),
    error: UnexpectedResponseError,
    facts: { status: 502, retryable: true, detail: expect.stringContaining("<title>502 Bad Gateway") },
  },
  {
    name: "HTML with status 200, as a captive portal sends it",
    respond: respondWith(200, "text/html", "<html>Please sign in</html>"),
    error: UnexpectedResponseError,
    facts: { status: 200, detail: expect.stringContaining("Please sign in") },
  },
  {
    name: "HTML with status 404",
    respond: respondWith(404, "text/html", "<html>No such page</html>"),
    error: UnexpectedResponseError,
    facts: { status: 404, retryable: false },
  },
  {
    name: "JSON that was cut off",
    respond: respondWith(200, "application/json", '{"id":1234,"email":"user@exam'),
    error: UnexpectedResponseError,
    facts: { status: 200, detail: expect.stringContaining('{"id":1234') },
  },
  {
    name: "an error that was cut off",
    respond: respondWith(400, "application/json", '{"title":"invalid","det'),
    error: UnexpectedResponseError,
    facts: { status: 400, retryable: false },
  },
  {
    name: "an empty 200",
    respond: respondWith(200, "application/json", ""),
    error: UnexpectedResponseError,
    facts: { status: 200 },
  },
  {
    name: "a 204 where data is due",
    respond: respondWith(204, undefined, ""),
    error: UnexpectedResponseError,
    facts: { status: 204 },
  },
  {
    name: "another content type, although the text is JSON",
    respond: respondWith(200, "text/plain", '{"id":1234}'),
    error: UnexpectedResponseError,
    facts: { status: 200 },
  },
  {
    name: "an error without a body",
    respond: respondWith(500, undefined, ""),
    error: ServerError,
    facts: { status: 500, code: "server_error", retryable: true },
  },
  {
    name: "a status that is not documented",
    respond: respondWith(418, "application/json", '{"title":"teapot","detail":"Short and stout.","status":418}'),
    error: ApiError,
    facts: { status: 418, code: "api_error", title: "teapot", detail: "Short and stout.", retryable: false },
  },
  {
    name: "JSON of another form in an error",
    respond: respondWith(403, "application/json", '["no"]'),
    error: UnexpectedResponseError,
    facts: { status: 403 },
  },
  {
    name: "a redirect",
    respond: respondWith(302, undefined, "", { Location: "/v1/elsewhere/" }),
    error: UnexpectedResponseError,
    facts: { status: 302 },
  },
  {
    name: "a connection that ends before the response",
    respond: (response) => response.destroy(),
    error: ConnectionError,
    facts: { code: "connection_failed", retryable: true },
  },
  {
    name: "a connection that ends within the body",
    respond: (response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
      response.write('{"id":', () => response.destroy());
    },
    error: ConnectionError,
    facts: { code: "connection_failed", retryable: true },
  },
  {
    name: "a body that is not the gzip that it claims to be",
    respond: respondWith(200, "application/json", "this is no gzip", { "Content-Encoding": "gzip" }),
    error: ConnectionError,
    facts: { code: "connection_failed", retryable: true },
  },
];

test.each(surprises)("$name becomes a typed error", async ({ respond, error: expected, facts }) => {
  const { error, requests } = await failureOf((_request, response) => respond(response));
  expect(error).toBeInstanceOf(expected);
  expect(error).toMatchObject({ operationId: "me.get", method: "GET", path: "/v1/me/", ...facts });
  expect((error as Error).message).toMatch(/^me\.get/);
  expect(JSON.stringify(error)).not.toContain(TOKEN);
  expect(requests).toBe(1);
});

test("a long page is shown by its beginning only", async () => {
  const { error } = await failureOf((_request, response) =>
    respondWith(500, "text/html", "x".repeat(1_000_000))(response),
  );
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect((error as AngelcamError).detail?.length).toBe(1000);
});

describe("a redirect", () => {
  test("to another host is not followed, so that the host never sees the token", async () => {
    const seen: (string | undefined)[] = [];
    const elsewhere = await listen((request, response) => {
      seen.push(request.headers.authorization);
      respondWith(200, "application/json", '{"id":1}')(response);
    });
    const { error } = await failureOf((_request, response) => {
      respondWith(307, undefined, "", { Location: `${elsewhere}/v1/me/` })(response);
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect((error as Error).message).toContain(elsewhere);
    expect(seen).toEqual([]);
  });
});

test("a refused connection is a ConnectionError that names origin and reason, and keeps its cause", async () => {
  const origin = await originWithoutServer();
  const call = new Angelcam({ auth: personalAccessToken(TOKEN), baseUrl: origin, retry: false }).me.get();
  await expect(call).rejects.toThrow(ConnectionError);
  await expect(call).rejects.toThrow(`me.get could not reach ${origin}: ECONNREFUSED`);
  await expect(call).rejects.toMatchObject({ cause: { name: "TypeError" }, code: "connection_failed" });
});

/** Requests the account from a server once, and returns the error. */
async function failureOf(respond: RequestListener): Promise<{ error: unknown; requests: number }> {
  let requests = 0;
  const baseUrl = await listen((request, response) => {
    requests++;
    respond(request, response);
  });
  const angelcam = new Angelcam({ auth: personalAccessToken(TOKEN), baseUrl, retry: false });
  try {
    await angelcam.me.get();
  } catch (error) {
    return { error, requests };
  }
  throw new Error("The call should have failed.");
}
