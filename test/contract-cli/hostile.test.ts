import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { Baseline } from "../../src/contract-cli/baseline.ts";
import { plainText } from "../../src/contract-cli/plain-text.ts";
import { type ContractProxy, startProxy } from "../../src/contract-cli/proxy.ts";
import { Secrets } from "../../src/contract-cli/secrets.ts";
import { Sender } from "../../src/contract-cli/sender.ts";
import { type Target, targetAt } from "../../src/contract-cli/target.ts";
import { type Change, type FaultyServer, startFaultyServer } from "./faulty-server.ts";

// A server, or a client, that tries to get a credential to another origin.

/** Sent with every request; no other server may ever see it. */
const TOKEN = "9f2c1e7a44d0b8c6";

let elsewhere: FaultyServer;
let target: FaultyServer;
let change: Change = () => {};

beforeEach(async () => {
  change = () => {};
  elsewhere = await startFaultyServer();
  target = await startFaultyServer((...parameters) => change(...parameters), { quota: false, cameras: 3 });
});

afterEach(async () => {
  await target[Symbol.asyncDispose]();
  await elsewhere[Symbol.asyncDispose]();
});

async function startProxyTo(baseUrl: string, forAnyClient: boolean): Promise<ContractProxy> {
  const place: Target = { baseUrl, isAngelcam: false, isLocal: true, isMock: false };
  const secrets = new Secrets();
  const sender = new Sender({
    ...{ target: place, secrets, mayWrite: true, deadline: Date.now() + 30_000, baseline: new Baseline("", []) },
    ...{ contract: createContract({ baseUrl }), maxResponseTime: 20, onPause: () => {} },
  });
  return startProxy({ target: place, sender, secrets, forAnyClient });
}

/** Sends a request line as it is, which no HTTP client would. */
async function sendRaw(origin: string, requestLine: string, headers = ""): Promise<string> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    `${requestLine} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\n${headers}Connection: close\r\n\r\n`,
  );
  return text(socket);
}

describe("a path that would lead to another host is not sent:", () => {
  const other = () => new URL(elsewhere.origin).host;
  const PATHS: readonly [string, () => string][] = [
    ["two slashes", () => `//${other()}/v1/me/`],
    ["three slashes", () => `///${other()}/v1/me/`],
    ["a slash and a backslash", () => `/\\${other()}/v1/me/`],
    ["two backslashes", () => `\\\\${other()}/v1/me/`],
    ["an absolute address", () => `${elsewhere.origin}/v1/me/`],
    ["an absolute address without slashes", () => `http:${other()}/v1/me/`],
    ["a host with a user name", () => `//me@${other()}/v1/me/`],
    ["a user name that continues the base URL", () => `@${other()}/v1/me/`],
    ["a port that continues the base URL", () => `:80@${other()}/v1/me/`],
    ["a domain that continues the base URL", () => ".example.com/v1/me/"],
    ["a way upwards", () => `/v1/../..//${other()}/`],
    ["an encoded way upwards", () => `/v1/%2e%2E/%2e%2e//${other()}/`],
    ["a way upwards behind an encoded slash", () => `/v1/cameras/..%2f..%2foauth/`],
    ["a way upwards behind an encoded backslash", () => `/v1/cameras/..%5c..%5coauth/`],
    ["a way upwards with a parameter", () => `/v1/..;x=1/..;/oauth/token/`],
    ["an encoded line break", () => `/v1/me/%0d%0aHost:%20${other()}`],
    ["an encoded zero", () => "/v1/me/%00/"],
    ["a fragment", () => `/v1/me/#@${other()}`],
    ["only a query", () => `?next=${elsewhere.origin}`],
  ];

  test.each(PATHS)("%s", async (_, path) => {
    for (const forAnyClient of [false, true]) {
      await using proxy = await startProxyTo(target.origin, forAnyClient);
      const response = await sendRaw(proxy.origin, `GET ${path()}`);
      expect(response).toMatch(/^HTTP\/1.1 40[03] /);
      expect([elsewhere.requests, target.requests]).toEqual([[], []]);
    }
  });

  test("a tab or a control character, which node:http rejects", async () => {
    await using proxy = await startProxyTo(target.origin, true);
    for (const path of [`/\t/${other()}/`, `/v1/me/\u0001`, `/v1/me/\u007f`]) {
      expect(await sendRaw(proxy.origin, `GET ${path}`)).toMatch(/^HTTP\/1.1 40[03] /);
    }
    expect([elsewhere.requests, target.requests]).toEqual([[], []]);
  });

  test("CONNECT and Upgrade open no tunnel", async () => {
    await using proxy = await startProxyTo(target.origin, true);
    await sendRaw(proxy.origin, `CONNECT ${other()}`).catch(() => "");
    const upgraded = await sendRaw(proxy.origin, "GET /v1/me/", "Upgrade: websocket\r\n");
    expect(upgraded).toMatch(/^HTTP\/1.1 401 /);
    expect(elsewhere.requests).toEqual([]);
  });

  test("headers that name another host change nothing, and cookies of this machine stay here", async () => {
    await using proxy = await startProxyTo(target.origin, true);
    let seen: string[] = [];
    change = (_, __, ___, headers) => {
      seen = Object.keys(headers ?? {});
    };
    const headers = `X-Secret: 1\r\nCookie: session=1\r\nProxy-Authorization: Basic eA==\r\nConnection: x-secret\r\n`;
    await sendRaw(proxy.origin, "GET /v1/me/", `X-Forwarded-Host: ${other()}\r\n${headers}`);
    expect([target.requests, elsewhere.requests]).toEqual([["GET /v1/me/"], []]);
    expect(seen).toContain("authorization");
    expect(seen.filter((name) => /cookie|proxy-auth|x-secret/.test(name))).toEqual([]);
  });
});

describe("a base URL with a path of its own", () => {
  test.each(["/v1/../../other/", "/../other/", "/%2e%2e/other/"])("is not left by %s", async (path) => {
    await using proxy = await startProxyTo(`${target.origin}/tenant`, true);
    expect(await sendRaw(proxy.origin, `GET ${path}`)).toMatch(/^HTTP\/1.1 40[03] /);
    expect(target.requests).toEqual([]);
  });
});

describe("a redirect to another origin is not followed, and not passed on:", () => {
  const LOCATIONS: readonly [number, () => string][] = [301, 302, 303, 307, 308].flatMap(
    (status): [number, () => string][] => [
      [status, () => `${elsewhere.origin}/v1/me/`],
      [status, () => `//${new URL(elsewhere.origin).host}/v1/me/`],
    ],
  );

  test.each(LOCATIONS)("%i", async (status, location) => {
    change = (response) => void Object.assign(response, { status, headers: { location: location(), refresh: "0" } });
    for (const forAnyClient of [false, true]) {
      await using proxy = await startProxyTo(target.origin, forAnyClient);
      const response = await fetch(`${proxy.origin}/v1/me/`, { headers: { Authorization: `Bearer ${TOKEN}` } });
      expect([response.status, response.headers.get("location"), response.headers.get("refresh")]).toEqual([
        status,
        null,
        null,
      ]);
    }
    expect(elsewhere.requests).toEqual([]);
  });

  test("one to the server itself leads to the proxy", async () => {
    change = (response, request, origin) => {
      if (request === "GET /v1/me") Object.assign(response, { status: 301, headers: { location: `${origin}/v1/me/` } });
    };
    await using proxy = await startProxyTo(target.origin, true);
    const response = await fetch(`${proxy.origin}/v1/me`, { redirect: "manual" });
    expect(response.headers.get("location")).toBe(`${proxy.origin}/v1/me/`);
  });
});

describe("a text of a server", () => {
  test.each([
    ["::error::x", ": :error::x"],
    ["  ::error::x", "  : :error::x"],
    ["at [::1]:80", "at [::1]:80"],
    ["a\n::error::x", "a\\n::error::x"],
    ["##[group]x", "# #[group]x"],
    ["## heading", "## heading"],
    ["\u001b[31m", "\\u001b[31m"],
  ])("%j is printed as %j", (hostile, plain) => {
    expect(plainText(hostile)).toBe(plain);
  });

  test("a text of a megabyte is cut", () => {
    expect(plainText("x".repeat(1_000_000)).length).toBeLessThan(3_000);
  });
});

test.each([
  ["a user name", (host: string) => `http://me:hidden-word@${host}`],
  ["a query", (host: string) => `http://${host}/?a=b`],
  ["another scheme", (host: string) => `ftp://${host}`],
])("a server whose address has %s is rejected, and a password in it is not shown", async (_, address) => {
  const error = await targetAt(address(new URL(target.origin).host)).catch((reason: Error) => reason);
  expect(String(error)).toContain("--server takes the address of a server");
  expect(String(error)).not.toContain("hidden-word");
  expect(target.requests).toEqual([]);
});

test("the question whether a server is a mock follows no redirect and carries no credential", async () => {
  change = (response) => void Object.assign(response, { status: 302, headers: { location: `${elsewhere.origin}/` } });
  await targetAt(target.origin);
  expect([elsewhere.requests, target.credentials]).toEqual([[], ["Bearer none"]]);
});
