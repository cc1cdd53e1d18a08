import { describe, expect, inject, test } from "vitest";
import { contractMatchers, withContract } from "../../src/contract/index.ts";
import { Angelcam, OAuthSession, passwordGrant } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { messagesOf } from "./support.ts";

expect.extend(contractMatchers);

/** The three calls of the quick start, and a page more. */
async function quickStart(angelcam: Angelcam): Promise<void> {
  const account = await angelcam.me.get({ server: "test" });
  expect(account.email).toContain("@");
  const page = await angelcam.cameras.list({ limit: 5 });
  expect(page.results.length).toBeGreaterThan(0);
  const [camera] = page.results;
  expect((await angelcam.cameras.get(camera?.id ?? 0)).streams).toBeInstanceOf(Array);
}

describe("the client keeps the contract over the quick start, and so does", () => {
  test("the sandbox in memory", async () => {
    const sandbox = createSandbox();
    const { username, password } = sandbox.account;
    const fetch = withContract(sandbox.fetch);
    const grant = passwordGrant({ username, password });
    const session = new OAuthSession({ clientId: sandbox.client.clientId, grant });
    await quickStart(new Angelcam({ auth: session, fetch }));
    expect(fetch).toHaveNoViolations({ warnings: true });
    expect(fetch.contract).toMatchObject({ requests: 4, responses: 4 });
    expect(fetch).toCover({ operations: 4 / 126, parameters: 0.005, fields: 0.02, responses: 0.005, properties: 0.05 });
  });

  test("the sandbox over HTTP", async () => {
    const sandbox = createSandbox();
    await using server = await sandbox.listen();
    const { username, password } = sandbox.account;
    const fetch = withContract(globalThis.fetch, { baseUrl: server.origin });
    const grant = passwordGrant({ username, password });
    const session = new OAuthSession({ clientId: sandbox.client.clientId, grant });
    await quickStart(new Angelcam({ auth: session, fetch, baseUrl: server.origin }));
    expect(fetch).toHaveNoViolations({ warnings: true });
  });

  test("Prism", async () => {
    const baseUrl = inject("prismOrigin");
    const fetch = withContract(globalThis.fetch, { baseUrl });
    const grant = passwordGrant({ username: "user@example.com", password: "secret" });
    const session = new OAuthSession({ clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo", grant });
    await quickStart(new Angelcam({ auth: session, fetch, baseUrl }));
    expect(fetch).toHaveNoViolations({ warnings: true });
    expect(fetch.contract.requests).toBe(4);
  });
});

test("what the client does after errors keeps the contract as well", async () => {
  const sandbox = createSandbox({ quota: false });
  const { username, password } = sandbox.account;
  const fetch = withContract(sandbox.fetch, { mode: "report" });
  const grant = passwordGrant({ username, password });
  const session = new OAuthSession({ clientId: sandbox.client.clientId, grant });
  const angelcam = new Angelcam({ auth: session, fetch, quota: false });
  await expect(angelcam.cameras.get(999_999)).rejects.toThrow("404");
  sandbox.expireAccessTokens();
  await angelcam.me.get();
  expect(messagesOf(fetch.contract.violations)).toEqual([]);
  expect(fetch.contract.coverage().responses.missing).not.toContain("me.get 401");
});
