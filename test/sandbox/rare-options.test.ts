import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { clientOf, get, stillSandbox } from "./support.ts";

// The rare options of the sandbox that a user's own test may need.

test("incidents of the same moment are listed with the last one first", async () => {
  const sandbox = stillSandbox({ quota: false });
  const created_at = "2031-01-01T00:00:00Z";
  const ids = Array.from({ length: 3 }, () => sandbox.incidents.add({ created_at }).id);
  const { results } = await clientOf(sandbox).rts.incidents.list({ start: created_at });
  expect(results.map(({ id }) => id)).toEqual(ids.toReversed());
});

test("a recording that a test adds keeps its footage for as long as the test says", async () => {
  const sandbox = stillSandbox({ quota: false });
  const camera = sandbox.account.cameras.add();
  const { id } = sandbox.recordings.add(camera.id, { retention: "P30D" });
  expect((await clientOf(sandbox).recordings.get(id)).retention).toBe("P30D");
});

describe("a fault that is named by its kind", () => {
  test.each([
    [{ kind: "status", status: 418 }, 418, { title: "error", status: 418 }],
    [{ kind: "latency", latency: 50 }, 200, { email: "user@example.com" }],
  ] as const)("is the same as one that is not: %j", async (fault, status, body) => {
    const { kind, ...unnamed } = fault;
    for (const ordered of [fault, unnamed]) {
      const pauses: number[] = [];
      const sandbox = stillSandbox({ sleep: async (milliseconds) => void pauses.push(milliseconds) });
      sandbox.faults.add(ordered);
      const response = await get(sandbox, "/v1/me/", sandbox.tokens.signIn().access_token);
      expect([response.status, await response.json()]).toMatchObject([status, body]);
      expect(pauses).toEqual(kind === "latency" ? [50] : []);
      expect(sandbox.requests.map((entry) => entry.fault)).toEqual([kind]);
    }
  });

  test("and slows a response without a body stays without effect", async () => {
    const pauses: number[] = [];
    const sandbox = stillSandbox({ sleep: async (milliseconds) => void pauses.push(milliseconds) });
    const { id } = sandbox.account.cameras.add();
    sandbox.faults.add({ kind: "slow" });
    const init = { method: "DELETE" };
    const response = await get(sandbox, `/v1/cameras/${id}/`, sandbox.tokens.signIn().access_token, init);
    expect([response.status, await response.text(), pauses]).toEqual([204, "", []]);
  });
});

test("accounts of a list without names get generated ones", () => {
  const { accounts } = createSandbox({ accounts: [{}, { username: "eva@example.com" }] });
  expect(accounts.map(({ username }) => username)).toEqual(["user@example.com", "eva@example.com"]);
});

test("an account of another sandbox gets no token", () => {
  const { account } = createSandbox({ accounts: [{ username: "eva@example.com" }] });
  const { tokens } = createSandbox();
  const wanted = new RangeError("This account is not one of sandbox.accounts");
  expect(() => tokens.signIn({ account })).toThrow(wanted);
  expect(() => tokens.personalAccessToken({ account })).toThrow(wanted);
});
