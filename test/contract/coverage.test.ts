import { describe, expect, test } from "vitest";
import {
  type Contract,
  type Coverage,
  type CoverageKind,
  createContract,
  formatCoverage,
  formatReport,
} from "../../src/contract/index.ts";
import { document } from "../client/documented-operations.ts";
import { operationsOf } from "../spec/document.ts";
import { exampleRequest, exampleResponse, TOKEN } from "./support.ts";

const headers = { Authorization: `Bearer ${TOKEN}` };
const KINDS: readonly CoverageKind[] = ["operations", "parameters", "fields", "responses", "properties"];

describe("coverage", () => {
  test("is nothing when nothing ran, of everything that the document has", () => {
    const coverage = createContract().coverage();
    expect(coverage.operations.total).toBe(operationsOf(document).length);
    for (const kind of KINDS) {
      expect(coverage[kind]).toMatchObject({ exercised: 0, total: coverage[kind].missing.length });
      expect(coverage[kind].total).toBeGreaterThan(100);
    }
  });

  test("counts the operation, its parameters, its status, and the properties of the response", () => {
    const contract = createContract();
    listCameras(contract);
    const before = createContract().coverage();
    expect(exercised(before, contract.coverage(), "operations")).toEqual(["cameras.list"]);
    expect(exercised(before, contract.coverage(), "parameters")).toEqual([
      "cameras.list query limit",
      "cameras.list query tags",
    ]);
    expect(exercised(before, contract.coverage(), "responses")).toEqual(["cameras.list 200"]);
    expect(exercised(before, contract.coverage(), "properties")).toEqual(
      expect.arrayContaining(["CameraList.count", "CameraList.results", "CameraBase.id", "Camera.tags", "Stream.url"]),
    );
  });

  test("counts the fields of a request, of the grant that was meant only", () => {
    const contract = createContract();
    contract.checkRequest({
      method: "POST",
      url: "https://my.angelcam.com/oauth/token/",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      bodyText: new URLSearchParams(
        exampleRequest("oauth.createToken", "refresh_token") as Record<string, string>,
      ).toString(),
    });
    expect(exercised(createContract().coverage(), contract.coverage(), "fields")).toEqual([
      "RefreshTokenGrant.grant_type",
      "RefreshTokenGrant.client_id",
      "RefreshTokenGrant.refresh_token",
    ]);
  });

  test("does not count what the document does not have", () => {
    const contract = createContract();
    const request = { method: "GET", url: "https://api.angelcam.com/v1/cameras/1/?colour=red", headers };
    contract.check(request, { status: 418, headers: {}, bodyText: "" });
    contract.check({ ...request, url: "https://api.angelcam.com/v1/teapots/" }, { status: 200, headers: {} });
    const coverage = contract.coverage();
    expect([coverage.operations.exercised, coverage.parameters.exercised, coverage.responses.exercised]).toEqual([
      1, 1, 0,
    ]);
  });

  test("goes on from that of other runs, which may have been written to a file", () => {
    const first = createContract();
    listCameras(first);
    const kept = JSON.parse(JSON.stringify(first.coverage())) as Coverage;
    const second = createContract({ coverage: [kept] });
    expect(second.coverage()).toEqual(first.coverage());
    expect(createContract({ coverage: kept }).coverage()).toEqual(first.coverage());
    second.checkRequest({ method: "GET", url: "https://api.angelcam.com/v1/me/", headers });
    expect(second.coverage().operations.exercised).toBe(2);
  });

  test.each([
    ["of a document that has one operation less", { operations: { exercised: 0, total: 125, missing: [] } }],
    [
      "that misses a name which is none any more",
      { responses: { exercised: 0, total: 765, missing: ["me.gone 200"] } },
    ],
    ["that lacks a kind", { properties: undefined }],
  ])("%s is rejected: what is new would count as exercised", (_, change) => {
    const kept = { ...createContract().coverage(), ...change } as Coverage;
    expect(() => createContract({ coverage: kept })).toThrow(
      /^createContract: the coverage is not one of this document/,
    );
  });

  test("of every example of the document is all of the responses", () => {
    const contract = createContract();
    for (const { operation, method, path } of operationsOf(document)) {
      for (const status of Object.keys(operation.responses)) {
        const url = `https://api.angelcam.com${path.replaceAll(/\{\w+\}/g, "1")}`;
        contract.checkResponse({ method, url, headers }, { status: Number(status), headers: {} });
      }
    }
    expect(contract.coverage().responses.missing).toEqual([]);
  });

  test("is a table in Markdown that names what is missing", () => {
    const contract = createContract();
    listCameras(contract);
    const text = formatCoverage(contract.coverage());
    expect(text).toMatch(/^\| +\| exercised \| documented \| % +\|\n\|-+\|/);
    expect(text).toMatch(/^\| operations +\| 1 +\| 126 +\| 0\.8 +\|$/m);
    expect(text).toMatch(/^Missing operations: .*`me\.get`.*, and \d+ more$/m);
  });
});

describe("the plain report", () => {
  test("lists each violation, the coverage and the totals", () => {
    const contract = createContract();
    for (const limit of ["5", "0", "0"]) {
      contract.checkRequest({ method: "GET", url: `https://api.angelcam.com/v1/cameras/?limit=${limit}`, headers });
    }
    expect(formatReport(contract).split("\n")).toEqual([
      "error   cameras.list request, query limit: must be 1 or more, got 0 (2 times)",
      expect.stringMatching(/^covered 1 of 126 operations, 1 of \d+ parameters/),
      "3 requests, 0 responses: 2 errors, 0 warnings",
      "",
    ]);
  });

  test("lists a violation that all items of a list have in common once", () => {
    const contract = createContract();
    const page = exampleResponse("cameras.list", "first_page");
    const results = (page.results as object[]).map((camera) => ({ ...camera, id: "1" }));
    expect(results.length).toBeGreaterThan(1);
    contract.checkResponse(
      { method: "GET", url: "https://api.angelcam.com/v1/cameras/", headers },
      {
        status: 200,
        headers: { "Content-Type": "application/json" },
        bodyText: JSON.stringify({ ...page, results }),
      },
    );
    expect(formatReport(contract).split("\n")[0]).toBe(
      `error   cameras.list response 200, body /results/0/id: must be an integer, got "1" (${results.length} times)`,
    );
  });

  test("says so when nothing was checked", () => {
    expect(formatReport(createContract())).toContain("no request was seen: nothing was checked");
  });
});

function listCameras(contract: Contract): void {
  contract.check(
    { method: "GET", url: "https://api.angelcam.com/v1/cameras/?limit=5&tags=outdoor", headers },
    {
      status: 200,
      headers: { "Content-Type": "application/json" },
      bodyText: JSON.stringify(exampleResponse("cameras.list", "first_page")),
    },
  );
  expect(contract.violations).toEqual([]);
}

function exercised(before: Coverage, after: Coverage, kind: CoverageKind): string[] {
  return before[kind].missing.filter((name) => !after[kind].missing.includes(name));
}
