import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import type { Exchange } from "../../src/contract-cli/exchange.ts";
import { judge } from "../../src/contract-cli/judge.ts";
import { junitOf } from "../../src/contract-cli/junit.ts";
import type { RedoclyStep } from "../../src/contract-cli/redocly.ts";
import { faultsOf, type Report, type StepReport } from "../../src/contract-cli/report.ts";
import { Secrets } from "../../src/contract-cli/secrets.ts";
import { elementsOf } from "./xml.ts";

const EXCHANGE: Exchange = {
  ...{ method: "GET", operationId: "me.get", status: 200 },
  ...{ violations: [], problem: undefined, request: undefined, response: undefined, startedAt: 0, duration: 0 },
};

/** Characters that mean something in XML or must not be in it at all, and any other. */
const HOSTILE = fc.oneof(
  fc.constantFrom("<", ">", "&", '"', "'", "]]>", "&amp;", "-->", "\u0000", "\uffff", "\n"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

const COVERAGE = createContract().coverage();

function attempt(stepId: string, passed: boolean | undefined, url = "http://127.0.0.1/"): RedoclyStep {
  const check = { name: "success criteria check", severity: "error", condition: "$statusCode == 200" };
  return { stepId, request: { url }, checks: passed === undefined ? [] : [{ ...check, passed }] };
}

describe("a step", () => {
  test("is judged by its last try, and counts the requests of all", () => {
    const tries = [attempt("poll", false), attempt("poll", false), attempt("poll", true), attempt("next", true)];
    const reports = judge(tries, Array(4).fill(EXCHANGE), []);
    expect(reports.map(({ name, requests, faults }) => [name, requests, faults])).toEqual([
      ["poll", 3, []],
      ["next", 1, []],
    ]);
  });

  test("fails when a retried step broke the contract, whatever the last one says", () => {
    const [violation] = createContract().checkRequest({
      method: "GET",
      url: "https://api.angelcam.com/v1/me",
      headers: {},
    });
    const broken = { ...EXCHANGE, violations: violation ? [violation] : [] };
    const [report] = judge([attempt("poll", false), attempt("poll", true)], [broken, EXCHANGE], []);
    expect(report?.faults).toEqual([expect.stringContaining("lacks the slash at its end")]);
  });

  test("fails when it checks nothing", () => {
    const [report] = judge([attempt("idle", undefined)], [EXCHANGE], []);
    expect(report?.faults).toEqual([expect.stringContaining("checks nothing")]);
  });

  test("whose response belongs to no operation is reported by its method", () => {
    const stray = { ...EXCHANGE, operationId: undefined, status: 404 };
    const [report] = judge([attempt("only", false)], [stray], []);
    expect(report?.faults).toEqual(["not met: $statusCode == 200 (GET returned 404)"]);
  });

  test("takes no exchange that belongs to another when it was not sent", () => {
    const reports = judge([attempt("unsent", false, ""), attempt("sent", true)], [EXCHANGE], []);
    expect(reports.map(({ name, requests }) => [name, requests])).toEqual([
      ["unsent", 0],
      ["sent", 1],
    ]);
  });
});

test("the same fault in every item of a list takes four lines, and another one beside it is not hidden", () => {
  const results = Array.from({ length: 40 }, (_, index) => ({ id: String(index), name: index === 7 ? 5 : "Yard" }));
  const request = {
    method: "GET",
    url: "https://api.angelcam.com/v1/cameras/",
    headers: { Authorization: "Bearer x" },
  };
  const headers = { "Content-Type": "application/json" };
  const bodyText = JSON.stringify({ count: 40, next: null, previous: null, results });
  const violations = createContract()
    .checkResponse(request, { status: 200, headers, bodyText })
    .filter(({ kind }) => kind === "type");
  const { faults } = faultsOf([...violations, ...violations], false);
  expect(faults).toEqual([
    'cameras.list response 200, body /results/0/id: must be an integer, got "0"',
    'cameras.list response 200, body /results/1/id: must be an integer, got "1"',
    'cameras.list response 200, body /results/2/id: must be an integer, got "2"',
    "cameras.list response 200, body /results/*/id (type): 37 more of these",
    "cameras.list response 200, body /results/7/name: must be a text, got 5",
  ]);
});

describe("the JUnit report", () => {
  test("is well-formed whatever a server makes us write, and reports it as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: HOSTILE, minLength: 1 }), (text) => {
        const step: StepReport = {
          ...{ name: text, operationId: undefined, status: undefined, requests: 0, checks: 0 },
          ...{ faults: [text], warnings: [text], violations: [], seconds: 0 },
        };
        const workflow = {
          name: "own",
          status: "failed" as const,
          seconds: 0,
          notes: [],
          faults: [text],
          steps: [step],
        };
        const [suites] = elementsOf(junitOf(reportOf(workflow)));
        const cases = suites?.children[0]?.children ?? [];
        expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([
          ["failure"],
          ["properties", "failure"],
        ]);
        const [properties, failure] = cases[1]?.children ?? [];
        if (!/^[\x20-\x7e]+$/.test(text)) return;
        expect([properties?.children[0]?.attributes.value, failure?.text]).toEqual([text, text]);
      }),
    );
  });

  test("has a number for each further case of one name, which GitLab would take for the first", () => {
    const steps = ["list", "next", "list", "next", "list"].map(
      (name): StepReport => ({
        ...{ name, operationId: undefined, status: 200, requests: 1, checks: 1 },
        ...{ faults: [], warnings: [], violations: [], seconds: 0 },
      }),
    );
    const workflow = { name: "own", status: "passed" as const, seconds: 0, notes: [], faults: [], steps };
    const [suites] = elementsOf(junitOf(reportOf(workflow)));
    const cases = suites?.children[0]?.children ?? [];
    expect(cases.map(({ attributes }) => attributes.name)).toEqual([
      "list",
      "next",
      "list (2)",
      "next (2)",
      "list (3)",
    ]);
  });

  test("has a skipped case with its reason", () => {
    const workflow = {
      name: "own",
      status: "skipped" as const,
      seconds: 0,
      notes: ["it writes"],
      faults: [],
      steps: [],
    };
    const [suites] = elementsOf(junitOf(reportOf(workflow)));
    expect(suites?.children[0]).toMatchObject({
      attributes: { name: "own", tests: "1", skipped: "1", failures: "0" },
      children: [{ children: [{ name: "skipped", attributes: { message: "it writes" } }] }],
    });
  });
});

describe("secrets", () => {
  test("that were never added leave a text as it is", () => {
    expect(new Secrets().mask("pass word+1")).toBe("pass word+1");
  });

  test("are taken out of texts, also as a form or an address writes them, and never out of a longer word", () => {
    const secrets = new Secrets();
    secrets.add("pass word+1");
    secrets.addHeader("Bearer abcd1234");
    secrets.addText('{"refresh_token":"first-one","streams":[{"url":"https://e1.example.com/x?token=third1"}]}');
    secrets.addText("grant_type=refresh_token&refresh_token=second-one");
    const text = "pass word+1 pass%20word%2B1 pass+word%2B1 abcd1234 first-one third1 second-one";
    expect(secrets.mask(text)).toBe(Array(7).fill("[secret]").join(" "));
    expect(secrets.mask("xabcd1234 refresh_token abcd12345")).toBe("xabcd1234 refresh_token abcd12345");
    expect(secrets.maskAll({ list: ["abcd1234"], count: 1 })).toEqual({ list: ["[secret]"], count: 1 });
  });

  // The time limit is the check: a search for each of them took 74 seconds, and this takes a fifth of one.
  test("that are as many as the links of a long recording cost no more than a few", { timeout: 30_000 }, () => {
    const secrets = new Secrets();
    const tokenOf = (index: number) => `${btoa(`{"time":${1_796_069_712_000_000 + index}}`)}.${index}`;
    for (let index = 0; index < 30_000; index++) secrets.add(tokenOf(index));
    for (let index = 0; index < 30_000; index++) secrets.mask(`Camera ${index}, online since 2026-11-24T08:00:00Z`);
    expect(secrets.mask(`https://e1.example.com/?token=${encodeURIComponent(tokenOf(29_999))}`)).toBe(
      "https://e1.example.com/?token=[secret]",
    );
    expect(secrets.mask("A".repeat(3_000))).toBe("A".repeat(3_000));
    expect(secrets.mask(`${"A".repeat(3_000)} ${tokenOf(7)}`)).toBe(`${"A".repeat(3_000)} [secret]`);
  });
});

function reportOf(workflow: Report["workflows"][number]): Report {
  return {
    ...{ server: "http://127.0.0.1", mock: false, passed: false, seconds: 0, requests: 0, checks: 0 },
    ...{ workflows: [workflow], coverage: COVERAGE, faults: [], ignored: [] },
  };
}
