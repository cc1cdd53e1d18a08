import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { serializeBody, serializeQuery } from "../../src/transport/serialize.ts";

const date = new Date("2026-11-24T19:00:00+01:00");

test.each<[string, Record<string, unknown>, string]>([
  ["nothing", {}, ""],
  ["values in their order", { b: 1, a: "x" }, "b=1&a=x"],
  ["values that are falsy", { a: 0, b: false, c: "" }, "a=0&b=false&c="],
  ["nothing for what is missing", { a: undefined, b: null, c: 1 }, "c=1"],
  ["names encoded like values", { "a&b=c": 1 }, "a%26b%3Dc=1"],
  ["a list with commas", { ids: [1, 2], tags: ["a,b", "c d"] }, "ids=1,2&tags=a%2Cb,c%20d"],
  ["a Date of another realm", { at: runInNewContext("new Date(0)") }, "at=1970-01-01T00%3A00%3A00.000Z"],
  ["a Date in UTC", { at: date, all: [date] }, "at=2026-11-24T18%3A00%3A00.000Z&all=2026-11-24T18%3A00%3A00.000Z"],
])("a query holds %s", (_, query, expected) => {
  expect(serializeQuery(query)).toBe(expected);
});

test("a number that JSON cannot hold is rejected by name, and is not sent as null", () => {
  expect(() => serializeBody({ size: Number.NaN }, "application/json")).toThrow(
    new RangeError("size must be a number, got NaN"),
  );
});

test("an invalid Date in a body is rejected by name, and is not sent as null", () => {
  expect(() => serializeBody({ occurred_at: new Date("yesterday") }, "application/json")).toThrow(
    new TypeError("occurred_at must be a date, got Invalid Date"),
  );
});

test("a form holds what is there, and null is not", () => {
  const body = { user: "a+b@example.com", scope: "", age: 0, none: null, missing: undefined, at: date };
  expect(serializeBody(body, "application/x-www-form-urlencoded")).toBe(
    "user=a%2Bb%40example.com&scope=&age=0&at=2026-11-24T18%3A00%3A00.000Z",
  );
});

test.each(["application/json", undefined] as const)(
  "a body of type %s is JSON, in which null is a value",
  (contentType) => {
    const body = { name: "Front door", note: null, at: date };
    expect(serializeBody(body, contentType)).toBe('{"name":"Front door","note":null,"at":"2026-11-24T18:00:00.000Z"}');
  },
);
