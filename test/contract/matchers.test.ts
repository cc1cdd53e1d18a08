import { describe, expect, test } from "vitest";
import { type ContractMatchers, contractMatchers, createContract, withContract } from "../../src/contract/index.ts";
import { exampleResponse, json, TOKEN } from "./support.ts";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T> extends ContractMatchers<R> {}
}

expect.extend(contractMatchers);

const headers = { Authorization: `Bearer ${TOKEN}` };
const LIST = "https://api.angelcam.com/v1/cameras/";
const list = () => json(exampleResponse("cameras.list", "first_page"));

describe("toHaveNoViolations", () => {
  test("passes when the contract was kept, and takes the fetch as well", async () => {
    const fetch = withContract(async () => list(), { mode: "report" });
    await fetch(`${LIST}?limit=5`, { headers });
    expect(fetch.contract).toHaveNoViolations();
    expect(fetch).toHaveNoViolations();
    expect(() => expect(fetch).not.toHaveNoViolations()).toThrow("it was kept");
  });

  test("fails with the report when it was broken", async () => {
    const fetch = withContract(async () => list(), { mode: "report" });
    await fetch(`${LIST}?limt=5`, { headers });
    expect(() => expect(fetch).toHaveNoViolations()).toThrow(
      'error   cameras.list request, query limt: is not in the document, got "5". Did you mean "limit"?',
    );
    expect(fetch).not.toHaveNoViolations();
  });

  test("fails when nothing was checked", () => {
    expect(() => expect(createContract()).toHaveNoViolations()).toThrow("nothing was checked");
  });

  test("passes with warnings, unless they are requested", async () => {
    const fetch = withContract(async () => json({ ...exampleResponse("cameras.list", "first_page"), colour: "red" }));
    await fetch(LIST, { headers });
    expect(fetch).toHaveNoViolations();
    expect(() => expect(fetch).toHaveNoViolations({ warnings: true })).toThrow("warning cameras.list response 200");
  });
});

describe("toCover", () => {
  test("passes when enough was exercised, and names what is missing when not", async () => {
    const fetch = withContract(async () => list());
    await fetch(LIST, { headers });
    expect(fetch).toCover({ operations: 1 / 126, responses: 0.001 });
    expect(() => expect(fetch).toCover({ operations: 1 })).toThrow(/operations: 1 of 126, wanted 100 %.*me\.get/);
    expect(fetch).not.toCover({ parameters: 0.5 });
    expect(() => expect(fetch).not.toCover({ operations: 1 / 126 })).toThrow(
      "expected less of the document to be exercised",
    );
  });

  test("rejects an invalid goal", () => {
    const contract = createContract();
    expect(() => expect(contract).toCover({})).toThrow(TypeError);
    expect(() => expect(contract).toCover({ operations: 100 })).toThrow(RangeError);
    expect(() => expect(contract).toCover({ endpoints: 1 } as object)).toThrow("endpoints is not counted");
  });
});

test("anything else than a contract is rejected", () => {
  expect(() => expect({}).toHaveNoViolations()).toThrow("takes a contract, or a fetch of withContract");
});

test("a matcher returns what both Vitest and Jest take, and needs neither", () => {
  const { pass, message } = contractMatchers.toHaveNoViolations(createContract());
  expect(pass).toBe(false);
  expect(message()).toContain("expected the contract to be kept");
});
