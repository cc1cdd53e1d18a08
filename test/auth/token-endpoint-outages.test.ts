import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Angelcam, OAuthSession, passwordGrant, refreshTokenGrant } from "../../src/index.ts";
import { account } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { TokenServer } from "../support/token-server.ts";
import {
  cutHandshake,
  makeCertificate,
  type OutageServer,
  plainHttpOnTls,
  rawOutage,
  refusedPort,
  resetsReusedConnection,
  untrustedTls,
} from "./outage-servers.ts";
import { ScaledClock } from "./scaled-clock.ts";

type Outcome = "unused" | "unknown";

interface Outage {
  readonly name: string;
  readonly outcome: Outcome;
  readonly open: () => Promise<OutageServer>;
  /** Milliseconds of a try, for servers that never respond. */
  readonly timeout?: number;
  /** Sends a request before, so that the failing one reuses its connection. */
  readonly warmUp?: boolean;
}

function http(status: number, body: string, headers: Record<string, string> = {}): string {
  const all = { "Content-Length": String(Buffer.byteLength(body)), Connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n${body}`;
}

const HTML = { "Content-Type": "text/html; charset=utf-8" };
const JSON_TYPE = { "Content-Type": "application/json" };

const BODIES: readonly [string, (status: number) => string][] = [
  ["an HTML page", (status) => http(status, "<html><body>Gateway</body></html>", { ...HTML, ...locationOf(status) })],
  [
    "an error of the API",
    (status) =>
      http(status, JSON.stringify({ title: "error", detail: "x", status }), { ...JSON_TYPE, ...locationOf(status) }),
  ],
  ["no body", (status) => http(status, "", locationOf(status))],
];

function locationOf(status: number): Record<string, string> {
  return status >= 300 && status < 400 ? { Location: "https://login.example.com/" } : {};
}

const STATUSES: readonly (readonly [number, Outcome])[] = [
  ...[301, 302, 307, 400, 401, 403, 404, 407, 408, 429, 451, 503].map((status) => [status, "unused"] as const),
  ...[500, 501, 502, 504, 520].map((status) => [status, "unknown"] as const),
];

const certificate = makeCertificate();

const outages: readonly Outage[] = [
  ...STATUSES.flatMap(([status, outcome]) =>
    BODIES.map(
      ([body, response]): Outage => ({
        name: `${status} with ${body}`,
        outcome,
        open: () => rawOutage(response(status), "end"),
      }),
    ),
  ),
  ...[
    ["401 with invalid_client", http(401, '{"error":"invalid_client"}', JSON_TYPE), "unused"],
    ["400 with temporarily_unavailable", http(400, '{"error":"temporarily_unavailable"}', JSON_TYPE), "unused"],
    ["500 with invalid_grant", http(500, '{"error":"invalid_grant"}', JSON_TYPE), "unknown"],
    ["200 with an empty object", http(200, "{}", JSON_TYPE), "unknown"],
    ["200 with null", http(200, "null", JSON_TYPE), "unknown"],
    ["200 with a list", http(200, "[]", JSON_TYPE), "unknown"],
    ["200 with an OAuth error", http(200, '{"error":"invalid_grant"}', JSON_TYPE), "unknown"],
    ["200 with the page of a captive portal", http(200, "<html>Accept our terms</html>", HTML), "unknown"],
    ["200 without a body", http(200, "", JSON_TYPE), "unknown"],
    ["200 with an access token of two lines", http(200, '{"access_token":"a\\r\\nb"}', JSON_TYPE), "unknown"],
    [
      "200 that is cut off in the middle",
      http(200, '{"access_token":"abc', { ...JSON_TYPE, "Content-Length": "400" }),
      "unknown",
    ],
    ["200 with JSON that is cut off", http(200, '{"access_token":"abc', JSON_TYPE), "unknown"],
    ["200 with a body that is not gzip", http(200, "no gzip", { ...JSON_TYPE, "Content-Encoding": "gzip" }), "unknown"],
    ["204", http(204, "", { "Content-Length": "0" }), "unknown"],
    ["bytes that are not HTTP", "SSH-2.0-OpenSSH_9.6\r\n", "unknown"],
    ["a connection that ends without a response", "", "unknown"],
  ].map(
    ([name = "", bytes = "", outcome]): Outage => ({
      name,
      outcome: outcome as Outcome,
      open: () => rawOutage(bytes, "end"),
    }),
  ),
  { name: "a connection that is reset", outcome: "unknown", open: () => rawOutage("", "reset") },
  {
    name: "a reset after the head of a 200",
    outcome: "unknown",
    open: () => rawOutage("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n", "reset"),
  },
  { name: "a reused connection that is reset", outcome: "unknown", open: resetsReusedConnection, warmUp: true },
  { name: "no response at all", outcome: "unknown", open: () => rawOutage("", "hang"), timeout: 4_500 },
  {
    name: "a body that never ends",
    outcome: "unknown",
    open: () => rawOutage("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n{", "hang"),
    timeout: 4_500,
  },
  { name: "a connection that is refused", outcome: "unused", open: refusedPort },
  {
    name: "a host name that does not resolve",
    outcome: "unused",
    open: async () => ({ origin: "http://token.invalid", close: async () => {} }),
  },
  { name: "plain http at an https address", outcome: "unused", open: plainHttpOnTls },
  { name: "a TLS handshake that is cut off", outcome: "unused", open: cutHandshake },
  ...(certificate
    ? (["localhost", "127.0.0.1"] as const).map(
        (host): Outage => ({
          name: `a certificate that is not trusted, at ${host}`,
          outcome: "unused",
          open: () => untrustedTls(certificate, host),
        }),
      )
    : []),
];

/** The working Angelcam, over HTTP. */
const angelcamServer = { origin: "", tokens: new TokenServer(new ManualClock()) };
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const result = await angelcamServer.tokens.fetch(`http://localhost${request.url}`, {
    method: request.method ?? "GET",
    headers: { Authorization: request.headers.authorization ?? "" },
    body: Buffer.concat(chunks).toString(),
  });
  response.writeHead(result.status, Object.fromEntries(result.headers));
  response.end(await result.text());
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  angelcamServer.origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function setUp(outage: Outage, grant: "refresh_token" | "password") {
  const tokens = new TokenServer(new ManualClock());
  angelcamServer.tokens = tokens;
  const failing = await outage.open();
  onTestFinished(() => failing.close());
  const fixture = { isDown: false, tokenRequests: 0 };
  const clock = new ScaledClock();
  const session = new OAuthSession({
    clientId: "client",
    grant:
      grant === "password"
        ? passwordGrant({ username: "user@example.com", password: "correct horse" })
        : refreshTokenGrant({ refreshToken: tokens.begin() }),
    fetch: (input, init) => {
      fixture.tokenRequests++;
      const url = String(input);
      return fetch(fixture.isDown ? url.replace(angelcamServer.origin, failing.origin) : url, init);
    },
  });
  const angelcam = new Angelcam({
    auth: session,
    baseUrl: angelcamServer.origin,
    clock,
    quota: false,
    retry: false,
    timeout: outage.timeout ?? 30_000,
  });
  const codeOf = () =>
    angelcam.me.get().then(
      () => "ok",
      (error) => error.code ?? String(error),
    );
  if (outage.warmUp) await (await fetch(failing.origin, { method: "POST", body: "x" })).text();
  return { ...{ fixture, clock, angelcam, tokens, codeOf } };
}

describe("an outage of the token endpoint", () => {
  it("is tried in at least 40 forms", () => {
    expect(outages.length).toBeGreaterThanOrEqual(40);
    expect(certificate, "openssl makes the certificate for two of them").toBeDefined();
  });

  it.each(outages)("$name leaves the refresh token $outcome, and the next call after it succeeds", async (outage) => {
    const { fixture, clock, angelcam, tokens, codeOf } = await setUp(outage, "refresh_token");
    expect(await angelcam.me.get()).toEqual(account);
    expect(fixture.tokenRequests).toBe(1);

    fixture.isDown = true;
    tokens.expire();
    expect(await codeOf()).toMatch(
      /^(?:oauth_error|unexpected_response|connection_failed|timeout|server_error|api_error|rate_limited|bad_request|not_authenticated|permission_denied|not_found)$/,
    );
    expect(fixture.tokenRequests).toBe(2);

    // The second call of the outage sends it again: at once where it is unused, else after half a second.
    clock.timers = [];
    expect(await codeOf()).not.toBe("session_ended");
    expect(fixture.tokenRequests).toBe(3);
    expect(clock.timers.includes(500)).toBe(outage.outcome === "unknown");

    fixture.isDown = false;
    expect(await angelcam.me.get()).toEqual(account);
    expect(fixture.tokenRequests).toBe(4);
    expect(tokens.tokenRequests()).toHaveLength(2);
    expect(tokens.reuses).toBe(0);
  });

  it.each(outages.filter(({ outcome }) => outcome === "unknown"))(
    "$name does not end a session with a password, also when the server has used up the refresh token",
    async (outage) => {
      const { fixture, angelcam, tokens, codeOf } = await setUp(outage, "password");
      expect(await angelcam.me.get()).toEqual(account);
      fixture.isDown = true;
      tokens.expire();
      await codeOf();
      tokens.begin();
      tokens.expire();
      fixture.isDown = false;
      expect(await angelcam.me.get()).toEqual(account);
      expect(tokens.tokenRequests("password")).toHaveLength(2);
      expect(tokens.tokenRequests("refresh_token")).toHaveLength(0);
      expect(tokens.reuses).toBe(0);
    },
  );
});
