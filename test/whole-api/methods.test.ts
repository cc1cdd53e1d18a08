import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { Angelcam } from "../../src/index.ts";
import { document, operations } from "../client/documented-operations.ts";
import { type DocumentedOperation, operationsOf } from "../spec/document.ts";
import { testAll } from "../support/test-all.ts";
import { carryOut, type Exchange, methodOf } from "./carry-out.ts";
import { coverageOf, KINDS, missing } from "./coverage.ts";
import { coverageTable, summary } from "./coverage-table.ts";
import { callsOf } from "./plan.ts";
import { requestFaults } from "./request-faults.ts";
import { responseFaults } from "./response-faults.ts";

// Everything that the document says, said to the mock by the client: each operation with each of its parameters, bodies
// and responses. The consent page has no method; the URL that the client makes for it is opened as a browser does it.

const REPORT = new URL("../../dist/coverage/api.md", import.meta.url);

const places = operationsOf(document);

let exchanges: readonly Exchange[];

beforeAll(async () => {
  exchanges = await carryOut(places.flatMap(callsOf), inject("prismOrigin"));
});

test("every operation is a method of the client but the consent page, which is for a browser", () => {
  const angelcam = new Angelcam();
  const without = places.filter((place) => methodOf(angelcam, place) === undefined);
  expect(without.map(({ operation }) => operation.operationId)).toEqual(["oauth.authorize"]);
  expect(operations.length).toBe(places.length - 1);
});

testAll(
  "each operation sends what the document requests, and the mock finds nothing wrong",
  places,
  "$name",
  (place) => {
    const own = exchangesOf(place);
    expect(own.length).toBeGreaterThan(1);
    expect(own.flatMap((exchange) => faultsWith(requestFaults, exchange))).toEqual([]);
  },
);

testAll(
  "each operation returns every response as documented: data, or an error with the status",
  places,
  "$name",
  (place) => {
    const own = exchangesOf(place);
    expect(own.filter(({ planned }) => planned.response).length).toBeGreaterThan(1);
    expect(own.flatMap((exchange) => faultsWith(responseFaults, exchange))).toEqual([]);
  },
);

describe("coverage of the document", () => {
  test("is written to dist/coverage/api.md", () => {
    const coverage = coverageOf(exchanges);
    mkdirSync(new URL(".", REPORT), { recursive: true });
    writeFileSync(REPORT, coverageTable(coverage));
    console.log(summary(coverage).join("\n"));
    expect(coverage.documented["schema properties"].size).toBeGreaterThan(0);
  });

  test.each(KINDS.filter((kind) => kind !== "schema properties"))("is complete for %s", (kind) => {
    const coverage = coverageOf(exchanges);
    expect(coverage.documented[kind].size).toBeGreaterThan(0);
    expect(missing(coverage, kind)).toEqual([]);
  });

  test("names the operation that was not called, its parameters and its responses", () => {
    const others = exchanges.filter(({ planned }) => planned.place.operation.operationId !== "cameras.clips.list");
    const coverage = coverageOf(others);
    expect(missing(coverage, "operations")).toEqual(["cameras.clips.list"]);
    expect(missing(coverage, "parameters")).toContain("cameras.clips.list path camera_id");
    expect(missing(coverage, "responses")).toContain("cameras.clips.list 404");
  });

  test.each(KINDS)("is nothing for %s when nothing ran", (kind) => {
    const coverage = coverageOf([]);
    expect(missing(coverage, kind)).toEqual([...coverage.documented[kind]]);
  });
});

describe("a wrong request would be found:", () => {
  const wrong: [string, (exchange: Exchange) => Exchange, RegExp][] = [
    ["none at all", (exchange) => ({ ...exchange, requests: [] }), /no request/],
    ["one too many", (exchange) => ({ ...exchange, requests: [...exchange.requests, ...exchange.requests] }), /^2 req/],
    ["another method", changed({ method: "POST" }), /^operation is/],
    ["another path", changed({ url: "https://api.angelcam.com/v1/camera/?limit=5" }), /^operation is/],
    ["another host", changed({ url: "https://my.angelcam.com/v1/cameras/?limit=5" }), /^origin is/],
    ["a query without the parameter", changed({ url: "https://api.angelcam.com/v1/cameras/" }), /^query is/],
    ["an unknown parameter", changed({ url: "https://api.angelcam.com/v1/cameras/?limit=5&page=1" }), /^query is/],
    ["a body", changed({ body: "{}" }), /^body is/],
    ["no token", changed({ headers: new Headers({ Accept: "application/json" }) }), /^signed in is/],
    ["a violation", (exchange) => ({ ...exchange, violations: "[{}]" }), /^the mock found/],
  ];

  test.each(wrong)("%s", (_, change, fault) => {
    const list = exchanges.find(({ planned }) => planned.purpose === "with limit=5") as Exchange;
    expect(requestFaults(list)).toEqual([]);
    expect(requestFaults(change(list))).toContainEqual(expect.stringMatching(fault));
  });

  function changed(part: Partial<Exchange["requests"][number]>): (exchange: Exchange) => Exchange {
    return (exchange) => ({ ...exchange, requests: exchange.requests.map((request) => ({ ...request, ...part })) });
  }
});

function exchangesOf(place: DocumentedOperation): Exchange[] {
  return exchanges.filter(({ planned }) => planned.place === place);
}

function faultsWith(check: (exchange: Exchange) => string[], exchange: Exchange): string[] {
  return check(exchange).map((fault) => `${exchange.planned.purpose}: ${fault}`);
}
