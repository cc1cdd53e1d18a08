import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { assertContract, assertCoverage, createContract, withContract } from "../../src/contract/index.ts";

const CONTRACT = fileURLToPath(new URL("../../src/contract/index.ts", import.meta.url));
const REQUEST = { method: "GET", url: "https://api.angelcam.com/v1/me/", headers: { Authorization: "Bearer x" } };

describe("assertContract", () => {
  test("fails when nothing was checked, also for a fetch of withContract", () => {
    expect(() => assertContract(createContract())).toThrow("nothing was checked");
    expect(() => assertContract(withContract(fetch))).toThrow("nothing was checked");
  });

  test("passes when requests were checked and nothing was wrong", () => {
    const contract = createContract();
    contract.checkRequest(REQUEST);
    expect(() => assertContract(contract)).not.toThrow();
  });

  test("fails with the report for a violation; for a warning only when asked to", () => {
    const contract = createContract();
    contract.checkRequest({ ...REQUEST, url: `${REQUEST.url}?colour=red` });
    expect(() => assertContract(contract)).toThrow(/me\.get request, query colour: is not in the document/);
    const warned = createContract();
    const account = { status: 401, title: "a", detail: "b", more: 1 };
    const response = {
      status: 401,
      headers: { "Content-Type": "application/json" },
      bodyText: JSON.stringify(account),
    };
    warned.check(REQUEST, response);
    expect(warned.violations.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(() => assertContract(warned)).not.toThrow();
    expect(() => assertContract(warned, { warnings: true })).toThrow("/more: is not in the document");
  });

  test("takes nothing else", () => {
    expect(() => assertContract({})).toThrow("assertContract takes a contract, or a fetch of withContract");
  });
});

test("assertCoverage names what is missing, and rejects an invalid goal", () => {
  const contract = createContract();
  contract.checkRequest(REQUEST);
  expect(() => assertCoverage(contract, { operations: 0.001 })).not.toThrow();
  expect(() => assertCoverage(contract, { operations: 1 })).toThrow(
    /operations: 1 of \d+, wanted 100 %\. Missing: .*cameras/,
  );
  expect(() => assertCoverage(contract, {})).toThrow("assertCoverage: name at least one kind");
  expect(() => assertCoverage(contract, { operations: 40 })).toThrow("must be from 0 to 1, got 40");
});

test("under node:test, a suite that checked nothing is red", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-node-test-"));
  try {
    const file = path.join(folder, "contract.test.mjs");
    await writeFile(
      file,
      `import { after, test } from "node:test";
import { assertContract, withContract } from ${JSON.stringify(CONTRACT)};
const fetch = withContract(globalThis.fetch, { mode: "report" });
after(() => assertContract(fetch));
test("sends nothing", () => {});
`,
    );
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
    const run = promisify(execFile)(process.execPath, ["--test", file], { env: environment });
    const error = await run.then(
      () => undefined,
      (reason: { code: number; stdout: string }) => reason,
    );
    expect([error?.code, error?.stdout]).toEqual([1, expect.stringContaining("nothing was checked")]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
