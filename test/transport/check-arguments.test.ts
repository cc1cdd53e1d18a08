import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { ParameterRule } from "../../generated/operations.ts";
import type { CallOptions, Parameters } from "../../src/transport/call.ts";
import { checkCallOptions } from "../../src/transport/call-options.ts";
import { checkArguments } from "../../src/transport/check-arguments.ts";
import { exampleOperation } from "./example-call.ts";

const PATH: Record<string, ParameterRule> = {
  thing_id: { type: "integer", minimum: 1 },
  key: { type: "string" },
  other: { type: "string" },
};

const operation = exampleOperation({
  query: {
    limit: { type: "integer", minimum: 1, maximum: 100 },
    rate: { type: "number", minimum: 0 },
    share: { type: "number", maximum: 1 },
    factor: { type: "number" },
    count: { type: "integer" },
    tags: { type: "string" },
    before: { type: "date-time" },
    start: { type: "date-time" },
    end: { type: "date-time" },
  },
});

const check = ({ path = {}, ...parameters }: Parameters) => {
  const pathParameters = Object.fromEntries(Object.entries(PATH).filter(([name]) => name in path));
  checkArguments({ ...operation, pathParameters }, { path, ...parameters });
};
const asked = <T>(value: unknown) => value as T;
const [early, late] = [new Date("2026-11-24T11:00:00Z"), new Date("2026-11-24T12:00:00Z")];

type Case = readonly [string, Parameters, string];

describe("a value of the wrong kind is a TypeError that names operation, argument and value", () => {
  it.each<Case>([
    ["a string for a whole number", { path: { thing_id: "7" } }, 'thing_id must be a whole number from 1, got "7"'],
    [
      "nothing for a whole number",
      { path: { thing_id: asked(undefined) } },
      "thing_id must be a whole number from 1, got undefined",
    ],
    [
      "an object without a prototype",
      { query: { rate: Object.create(null) } },
      "rate must be a number from 0, got an object",
    ],
    [
      "a bigint for a whole number, as databases return it",
      { path: { thing_id: 7n } },
      "thing_id must be a whole number from 1, got a bigint",
    ],
    ["an object for a number", { query: { rate: {} } }, "rate must be a number from 0, got [object Object]"],
    ["a boolean for a number", { query: { rate: true } }, "rate must be a number from 0, got true"],
    ["a Date for a number", { query: { rate: early } }, `rate must be a number from 0, got ${String(early)}`],
    ["an empty string", { path: { key: "" } }, 'key must be a non-empty string, got ""'],
    ["a dot, which a path would swallow", { path: { key: "." } }, 'key must be a non-empty string, got "."'],
    ["two dots, which would climb", { path: { key: ".." } }, 'key must be a non-empty string, got ".."'],
    ["a number for a string", { path: { key: 7 } }, "key must be a non-empty string, got 7"],
    [
      "a number for a date",
      { query: { before: 5 } },
      "before must be a Date or an ISO string with its time zone (2026-11-24T08:00:00Z), got 5",
    ],
    [
      "an invalid Date",
      { query: { before: new Date("tomorrow") } },
      "before must be a Date or an ISO string with its time zone (2026-11-24T08:00:00Z), got Invalid Date",
    ],
    [
      "a start that is no date",
      { query: { start: "tomorrow" } },
      'start must be a Date or an ISO string with its time zone (2026-11-24T08:00:00Z), got "tomorrow"',
    ],
    [
      "an end that is no date",
      { query: { end: "tomorrow" } },
      'end must be a Date or an ISO string with its time zone (2026-11-24T08:00:00Z), got "tomorrow"',
    ],
    [
      "an end that is an object",
      { query: { start: early, end: {} } },
      "end must be a Date or an ISO string with its time zone (2026-11-24T08:00:00Z), got [object Object]",
    ],
  ])("%s", (_, parameters, message) => {
    const attempt = () => check(parameters);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(new TypeError(`things.get: ${message}`));
  });

  it.each<[string, unknown, string]>([
    ["missing", undefined, "nothing"],
    ["a text", "a=b", "a string"],
    ["null", null, "null"],
    ["URLSearchParams, whose content is in no property", new URLSearchParams({ name: "x" }), "URLSearchParams"],
    ["FormData", new FormData(), "FormData"],
    ["a Map", new Map([["name", "x"]]), "Map"],
    ["a promise that nobody awaited", Promise.resolve({ name: "x" }), "Promise"],
    ["a Date", new Date(0), "Date"],
  ])("a body that is due and is %s", (_, body, shown) => {
    const attempt = () =>
      checkArguments(
        exampleOperation({ body: { contentType: "application/json", required: true }, pathParameters: {} }),
        { body },
      );
    expect(attempt).toThrow(new TypeError(`things.get: the body must be a plain object, got ${shown}`));
  });

  it("a field of an unknown name in a body that may be left out", () => {
    const operation = exampleOperation({
      body: { contentType: "application/json", required: false, fields: ["name"] },
      pathParameters: {},
    });
    expect(() => checkArguments(operation, { body: { nmae: "x" } })).toThrow("Did you mean name?");
    expect(() => checkArguments(operation, { body: undefined })).not.toThrow();
  });

  it.each<[string, object]>([
    ["URLSearchParams", new URLSearchParams({ limit: "5" })],
    ["Map", new Map([["limit", 5]])],
  ])("a query that is a %s, which would not be sent", (kind, query) => {
    const attempt = () => check({ query: asked(query) });
    expect(attempt).toThrow(new TypeError(`things.get: the query must be a plain object, got ${kind}`));
  });
});

describe("a number out of bounds is a RangeError that names the bounds", () => {
  it.each<Case>([
    ["below both", { query: { limit: 0 } }, "limit must be a whole number from 1 to 100, got 0"],
    ["above both", { query: { limit: 101 } }, "limit must be a whole number from 1 to 100, got 101"],
    ["below the least", { path: { thing_id: 0 } }, "thing_id must be a whole number from 1, got 0"],
    ["not whole", { path: { thing_id: 1.5 } }, "thing_id must be a whole number from 1, got 1.5"],
    ["too big to be exact", { query: { count: 2 ** 53 } }, "count must be a whole number, got 9007199254740992"],
    ["below the least of any number", { query: { rate: -0.5 } }, "rate must be a number from 0, got -0.5"],
    ["above the most", { query: { share: 1.5 } }, "share must be a number to 1, got 1.5"],
    ["without end", { query: { factor: Number.POSITIVE_INFINITY } }, "factor must be a number, got Infinity"],
    ["no number at all", { query: { factor: Number.NaN } }, "factor must be a number, got NaN"],
    ["in a list", { query: { limit: [1, 2, 300] } }, "limit must be a whole number from 1 to 100, got 300"],
    ["no list", { query: { tags: [] } }, "tags must be left out, or a non-empty list"],
    [
      "a start at the end",
      { query: { start: "2026-11-24T11:00:00Z", end: "2026-11-24T12:00:00+01:00" } },
      'start must be before end, got "2026-11-24T11:00:00Z"',
    ],
    ["a start after the end", { query: { start: late, end: early } }, `start must be before end, got ${String(late)}`],
  ])("%s", (_, parameters, message) => {
    const attempt = () => check(parameters);
    expect(attempt).toThrow(RangeError);
    expect(attempt).toThrow(new RangeError(`things.get: ${message}`));
  });

  it.each<[string, CallOptions, Error]>([
    ["a timeout of 0", { timeout: 0 }, new RangeError("timeout must be a number from 1 to Infinity, got 0")],
    [
      "a timeout in words",
      { timeout: asked("30") },
      new TypeError('timeout must be a number from 1 to Infinity, got "30"'),
    ],
    ["a deadline of 0", { deadline: 0 }, new RangeError("deadline must be a number from 1 to Infinity, got 0")],
    ["no number", { deadline: Number.NaN }, new RangeError("deadline must be a number from 1 to Infinity, got NaN")],
  ])("%s", (_, options, error) => {
    error.message = `things.get: ${error.message}`;
    expect(() => checkCallOptions("things.get", options)).toThrow(error);
  });
});

describe("valid arguments are accepted", () => {
  it.each<[string, Parameters]>([
    ["numbers at their bounds", { path: { thing_id: 1 }, query: { limit: [1, 100], rate: 0, share: 1 } }],
    ["numbers without bounds", { query: { factor: -1.5, count: -3, share: -7.5 } }],
    ["the biggest whole number that is exact", { path: { thing_id: Number.MAX_SAFE_INTEGER } }],
    ["a text for a name in the path", { path: { key: "5f0c2d1a", other: "..." } }],
    ["nothing for a number of the query", { query: { limit: undefined, rate: null } }],
    ["a start without end", { query: { start: late } }],
    ["an end without start", { query: { end: early } }],
    ["a start whose end is null", { query: { start: late, end: null } }],
    ["an end whose start is null", { query: { start: null, end: early } }],
    ["a start before its end", { query: { start: early, end: late.toISOString() } }],
    ["a valid Date", { query: { before: early } }],
    ["a Date of another realm", { query: { before: runInNewContext("new Date(0)") } }],
  ])("%s", (_, parameters) => {
    expect(() => check(parameters)).not.toThrow();
  });

  it("a body that is due and is there", () => {
    const body = { contentType: "application/json", required: true, fields: ["name"] } as const;
    const due = exampleOperation({ body, pathParameters: {} });
    expect(() => checkArguments(due, { body: { name: "x" } })).not.toThrow();
    expect(() => checkCallOptions("things.get", { timeout: 1, deadline: Number.POSITIVE_INFINITY })).not.toThrow();
  });
});
