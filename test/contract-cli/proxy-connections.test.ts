import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { Baseline } from "../../src/contract-cli/baseline.ts";
import { type ContractProxy, startProxy } from "../../src/contract-cli/proxy.ts";
import { Secrets } from "../../src/contract-cli/secrets.ts";
import { Sender } from "../../src/contract-cli/sender.ts";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";

let server: SandboxListener;
let proxy: ContractProxy;

beforeAll(async () => {
  server = await createSandbox({ quota: false }).listen();
  const target = { baseUrl: server.origin, isAngelcam: false, isLocal: true, isMock: false };
  const secrets = new Secrets();
  const sender = new Sender({
    ...{ target, secrets, mayWrite: true, deadline: Date.now() + 60_000, maxResponseTime: 20 },
    ...{ contract: createContract({ baseUrl: server.origin }), baseline: new Baseline("", []), onPause: () => {} },
  });
  proxy = await startProxy({ target, sender, secrets, forAnyClient: true });
});

afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server.close();
});

/** The response to these bytes. */
async function responseTo(head: string): Promise<string> {
  const { hostname, port } = new URL(proxy.origin);
  const socket = connect(Number(port), hostname);
  socket.write(`${head}\r\n\r\n`);
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return String(data);
}

test.each([
  ["what is no HTTP", "nonsense", 400],
  ["CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: x", 405],
  ["headers too long", `GET /v1/me/ HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(70_000)}`, 431],
])("the proxy responds to %s with JSON that a page can read", async (_, head, status) => {
  const text = await responseTo(head);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(text).toMatch(/access-control-allow-origin: \*/i);
  expect(text).toMatch(/\{"title":"\w+","detail":".+","status":\d+\}$/);
});

test("the proxy takes headers as long as mock and sandbox take them", async () => {
  const response = await fetch(`${proxy.origin}/v1/me/`, { headers: { "X-Long": "a".repeat(20_000) } });
  expect(response.status).toBe(401);
});

// Node's own limit is 5 seconds: a program that pauses longer may send into a connection that is just being closed.
test("the proxy keeps a connection open for a program that pauses", async () => {
  const agent = new Agent({ keepAlive: true });
  const [incoming] = (await once(request(`${proxy.origin}/v1/me/`, { agent }).end(), "response")) as [IncomingMessage];
  await once(incoming.resume(), "end");
  agent.destroy();
  expect(incoming.headers["keep-alive"]).toBe("timeout=60");
});
