import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { addressOf } from "../../src/contract-cli/address.ts";
import { Baseline } from "../../src/contract-cli/baseline.ts";
import { operationOf } from "../../src/contract-cli/operations.ts";
import { type ContractProxy, startProxy } from "../../src/contract-cli/proxy.ts";
import { Secrets } from "../../src/contract-cli/secrets.ts";
import { Sender } from "../../src/contract-cli/sender.ts";
import { signIn } from "../../src/contract-cli/sign-in.ts";
import { type Target, targetAt } from "../../src/contract-cli/target.ts";
import { type Change, type FaultyServer, startFaultyServer } from "./faulty-server.ts";

let server: FaultyServer;
let proxy: ContractProxy;
let sender: Sender;
const pauses: number[] = [];

function senderTo(target: Target, mayWrite: boolean, deadline: number): Sender {
  return new Sender({
    ...{ target, mayWrite, deadline, secrets: new Secrets(), baseline: new Baseline("", []), maxResponseTime: 20 },
    contract: createContract({ baseUrl: target.baseUrl }),
    onPause: (seconds) => {
      pauses.push(seconds);
      server.sandbox.clock.advance(1_000 * seconds);
    },
  });
}

async function start(
  mayWrite: boolean,
  deadline = Date.now() + 60_000,
  differences: Partial<Target> = {},
): Promise<void> {
  const target: Target = { baseUrl: server.origin, isAngelcam: false, isLocal: true, isMock: false, ...differences };
  sender = senderTo(target, mayWrite, deadline);
  proxy = await startProxy({ target, sender, secrets: new Secrets() });
}

beforeEach(async () => {
  pauses.length = 0;
  // The clock of the sandbox is frozen, so that its quota does not depend on the speed of the machine.
  const now = Date.now();
  server = await startFaultyServer(undefined, {
    clock: { now: () => now },
    quota: { windows: [{ limit: 20, seconds: 60 }] },
  });
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe("without permission to write", () => {
  test.each([
    "POST /v1/cameras/",
    "PUT /v1/cameras/20311/",
    "DELETE /v1/me/",
    "POST /oauth/token-revoke/",
    "GET /v1/events/?hash=0123456789abcdef0123456789abcdef",
    "GET /v1/speakers/7/test/",
    "PATCH /v1/me/",
    "GET /v1/no/such/path/",
  ])("%s is rejected and never sent", async (request) => {
    await start(false);
    const [method = "", path = ""] = request.split(" ");
    const response = await fetch(`${proxy.origin}${path}`, { method });
    expect([response.status, server.requests]).toEqual([403, []]);
    expect(proxy.take(true)).toEqual([
      expect.objectContaining({
        method,
        status: undefined,
        problem: expect.stringContaining("was rejected and not sent"),
      }),
    ]);
  });

  test.each(["GET /v1/me/", "GET /v1/cameras/", "POST /oauth/token/"])("%s passes", async (request) => {
    await start(false);
    const [method = "", path = ""] = request.split(" ");
    await fetch(`${proxy.origin}${path}`, { method });
    expect(server.requests).toEqual([request]);
  });
});

test("with permission to write, everything passes and is held to the contract", async () => {
  await start(true);
  await fetch(`${proxy.origin}/v1/cameras/?colour=red`, { method: "POST", body: "{}" });
  expect(server.requests).toEqual(["POST /v1/cameras/?colour=red"]);
  const [exchange] = proxy.take(true);
  expect(exchange).toMatchObject({ operationId: "cameras.create", status: 401 });
  expect(exchange?.violations).toContainEqual(expect.objectContaining({ kind: "unknown", pointer: "colour" }));
});

test("without a test of the quota, a 429 is waited out for as long as the server says", async () => {
  await start(false);
  const headers = { Authorization: `Bearer ${server.sandbox.tokens.signIn({}).access_token}` };
  const send = () => fetch(`${proxy.origin}/v1/me/`, { headers });
  proxy.take(false);
  for (let count = 0; count < 20; count++) expect((await send()).status).toBe(200);
  expect((await send()).status).toBe(429);
  expect(pauses).toEqual([]);
  // A second is left of the minute.
  server.sandbox.clock.advance(59_000);
  proxy.take(true);
  expect((await send()).status).toBe(200);
  expect(pauses).toEqual([1]);
  expect(proxy.take(true).map(({ status }) => status)).toEqual([200]);
});

test("a 429 whose pause is longer than the time that is left is passed on", async () => {
  await start(false, Date.now() + 10_000);
  const headers = { Authorization: `Bearer ${server.sandbox.tokens.signIn({}).access_token}` };
  for (let count = 0; count < 20; count++) await fetch(`${proxy.origin}/v1/me/`, { headers });
  expect((await fetch(`${proxy.origin}/v1/me/`, { headers })).status).toBe(429);
  expect(pauses).toEqual([]);
});

test("at Angelcam, sign-in goes to its own server, and no credential to a host that the document does not name", async () => {
  await start(false);
  const addresses = async (base: string | undefined) => {
    const target = await targetAt(base);
    return ["POST /oauth/token/", "GET /v1/me/", "GET /recording/streams/1/"].map((request) => {
      const [method = "", path = ""] = request.split(" ");
      const address = addressOf(target, path, operationOf(method, new URL(path, "http://localhost")));
      return "url" in address ? address.url.href : undefined;
    });
  };
  const signIn = "https://my.angelcam.com/oauth/token/";
  expect(await addresses(undefined)).toEqual([signIn, "https://api.angelcam.com/v1/me/", undefined]);
  expect(await addresses("https://api.test.angelcam.com")).toEqual([
    signIn,
    "https://api.test.angelcam.com/v1/me/",
    undefined,
  ]);
});

test.each([
  ["GET /recording/streams/1/", "recordingStreams.get"],
  ["GET /v1/no/such/path/", "GET"],
])("at Angelcam, %s is not sent, for its server is unknown", async (request, what) => {
  await start(true, undefined, { baseUrl: "https://api.angelcam.com", isAngelcam: true, isLocal: false });
  const [method = "", path = ""] = request.split(" ");
  const response = await fetch(`${proxy.origin}${path}`, { method });
  const detail = `${what} was not sent: the document names no fixed server for it`;
  expect([response.status, await response.json()]).toEqual([403, { title: "not_sent", detail, status: 403 }]);
  expect(proxy.take(true)).toEqual([expect.objectContaining({ method, status: undefined, problem: detail })]);
});

describe("no response is reported with its reason:", () => {
  async function problem(): Promise<unknown> {
    const response = await fetch(`${proxy.origin}/v1/me/`);
    const [exchange] = proxy.take(true);
    expect([response.status, await response.json()]).toEqual([
      502,
      { title: "no_response", detail: exchange?.problem, status: 502 },
    ]);
    return exchange?.problem;
  }

  test("the code of the system, where no server listens", async () => {
    await server[Symbol.asyncDispose]();
    await start(false);
    expect(await problem()).toBe("no response: ECONNREFUSED");
  });

  test("the words of fetch, where there is no code", async () => {
    await start(false, undefined, { baseUrl: "http://127.0.0.1:1" });
    expect(await problem()).toBe("no response: bad port");
  });

  test("the time, where a server says nothing until it is over", async () => {
    const silent = createServer(() => {});
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await start(false, Date.now(), { baseUrl });
    expect(await problem()).toBe("no response: the time is up (see --timeout)");
    silent.closeAllConnections();
    silent.close();
  });
});

test("signing in at a server that returns no token and no reason reports its status", async () => {
  const changes: Change[] = [
    (response) => void Object.assign(response, { body: "{}", headers: {} }),
    (response) => void Object.assign(response, { type: "text/html", body: "<h1>Hello</h1>", headers: {} }),
    // A line break would add a header to every request.
    (response) =>
      void Object.assign(response, { body: JSON.stringify({ access_token: "a\r\nX-Evil: 1" }), headers: {} }),
  ];
  await start(false);
  for (const change of changes) {
    await using faulty = await startFaultyServer(change);
    const { client, account } = faulty.sandbox;
    const credentials = { clientId: client.clientId, username: account.username, password: account.password };
    const target: Target = { baseUrl: faulty.origin, isAngelcam: false, isLocal: true, isMock: false };
    const { fault } = await signIn(credentials, senderTo(target, false, Date.now() + 60_000));
    expect(fault).toBe("signing in gave no token: the server returned 200");
  }
});
