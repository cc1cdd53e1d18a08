import { describe, expect, it } from "vitest";
import { type Case, faultsOf } from "./untrusted.ts";
import { credentialCases } from "./untrusted-credentials.ts";
import { helperCases } from "./untrusted-helpers.ts";
import { operationCases } from "./untrusted-operations.ts";

// Whatever JSON comes, in whatever place: data, or an AngelcamError that names the operation. A part of the cases here,
// spread evenly; all of them in the slow suite.

/** Every so many cases. */
function* some(cases: Iterable<Case>, step: number): Generator<Case> {
  let index = 0;
  for (const one of cases) if (index++ % step === 0) yield one;
}

describe("any JSON value in any place ends in data or in a typed error", () => {
  it("in the responses of operations", async () => {
    const { count, errors, faults } = await faultsOf(some(operationCases(), 13));
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(1000);
    expect(errors).toBeGreaterThan(count / 4);
  });

  it("in the responses that helpers read", async () => {
    const { count, errors, faults } = await faultsOf(some(helperCases(), 7));
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(300);
    expect(errors).toBeGreaterThan(count / 4);
  });

  it("in token responses, token files, Redis and webhooks", async () => {
    const cases: Case[] = [];
    const faults: string[] = [];
    for await (const one of credentialCases()) {
      cases.push(one);
      if (cases.length % 3 === 0) faults.push(...(await faultsOf([one])).faults);
    }
    expect(faults).toEqual([]);
    expect(cases.length).toBeGreaterThan(500);
  });
});

it("a bare error is found", async () => {
  const bare = async () => JSON.parse("null").results;
  const { faults } = await faultsOf([{ name: "x", run: bare }]);
  expect(faults).toEqual([expect.stringContaining("x: a bare TypeError")]);
});
