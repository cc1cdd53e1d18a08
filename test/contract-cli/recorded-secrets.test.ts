import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { Baseline } from "../../src/contract-cli/baseline.ts";
import type { Exchange } from "../../src/contract-cli/exchange.ts";
import { harOf } from "../../src/contract-cli/har-report.ts";
import { type ContractProxy, startProxy } from "../../src/contract-cli/proxy.ts";
import { Secrets } from "../../src/contract-cli/secrets.ts";
import { Sender } from "../../src/contract-cli/sender.ts";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";

// A program that is wrong in how it sends a credential has it masked in the recording all the same.

const SECRET = "s3cretOfTheUser";

let server: SandboxListener;
let proxy: ContractProxy;
const secrets = new Secrets();
const exchanges: Exchange[] = [];
let used = 0;

beforeAll(async () => {
  server = await createSandbox({ quota: false }).listen();
  const target = { baseUrl: server.origin, isAngelcam: false, isLocal: true, isMock: false };
  const sender = new Sender({
    ...{ target, secrets, mayWrite: true, deadline: Date.now() + 60_000, maxResponseTime: 20 },
    ...{ contract: createContract({ baseUrl: server.origin }), baseline: new Baseline("", []), onPause: () => {} },
    onExchange: (exchange) => exchanges.push(exchange),
  });
  proxy = await startProxy({ target, sender, secrets, forAnyClient: true });
});

afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server.close();
});

/** Sends a request through the proxy, also one that fetch would not send. Returns its status and its recording. */
async function record(method: string, path: string, headers: Record<string, string>, body = "") {
  exchanges.length = 0;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request(`${proxy.origin}${path}`, { method, headers }, (incoming) => {
      incoming.resume().once("end", () => resolve(incoming.statusCode));
    });
    outgoing.once("error", reject).end(body);
  });
  const [entry] = harOf({ exchanges, secrets } as never).log.entries;
  return { status, har: JSON.stringify(entry), violations: exchanges.flatMap((one) => one.violations) };
}

const form = "multipart/form-data; boundary=b";
const part = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test.each<[string, string, Record<string, string>, string]>([
  ["a token without its scheme", "GET /v1/me/", { Authorization: SECRET }, ""],
  ["a token behind a tab", "GET /v1/me/", { Authorization: `Bearer\t${SECRET}` }, ""],
  ["a token with a word behind it", "GET /v1/me/", { Authorization: `Bearer ${SECRET} again` }, ""],
  ["a token in a header of another name", "GET /v1/me/", { "X-Auth-Token": SECRET }, ""],
  [
    "a password in JSON that is cut off",
    "POST /oauth/token/",
    { "Content-Type": "application/json" },
    `{"password":"${SECRET}`,
  ],
  [
    "a password in a multipart form",
    "POST /oauth/token/",
    { "Content-Type": form },
    `${part("username", "a@example.com")}${part("password", SECRET)}--b--\r\n`,
  ],
  [
    "a password in a form that is sent as text",
    "POST /oauth/token/",
    { "Content-Type": "text/plain" },
    `username=a&password=${SECRET}`,
  ],
])("%s is not in the recording", async (_, operation, headers, body) => {
  const [method = "", path = ""] = operation.split(" ");
  // Another one for each test: one that was seen before is masked wherever it is.
  const secret = `${SECRET}${++used}`;
  const [ownHeaders, ownBody] = JSON.parse(JSON.stringify([headers, body]).replaceAll(SECRET, secret));
  const { har } = await record(method, path, ownHeaders, ownBody);
  expect(har).toContain("[secret]");
  expect(har).not.toContain(secret);
});

test("a short password in a form is not in the recording", async () => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const { har } = await record("POST", "/oauth/token/", headers, "username=a&password=abc&client_id=c");
  expect(har).toContain("username=a&password=[secret]&client_id=c");
});

test("a credential beside many megabytes is not in the recording", async () => {
  const sound = "SUQz".repeat(2_500_000);
  const json = `{"message":"${sound}","password":"behind-a-sound"`;
  const multipart = `${part("message", sound)}${part("password", "in-the-next-part")}--b--`;
  for (const [type, body] of Object.entries({ "application/json": json, [form]: multipart })) {
    const { har } = await record("POST", "/oauth/token/", { "Content-Type": type }, body);
    expect(har).toContain("[secret]");
    expect(har).not.toMatch(/behind-a-sound|in-the-next-part/);
  }
});

test("a GET with a body is sent without it, and reported", async () => {
  const headers = { "Content-Type": "application/json", "Content-Length": "9" };
  const { status, violations } = await record("GET", "/v1/me/", headers, '{"a":"b"}');
  expect(status).toBe(401);
  expect(violations.map(({ message }) => message)).toContain(
    "me.get request, body: must be empty: the operation takes no body",
  );
});
