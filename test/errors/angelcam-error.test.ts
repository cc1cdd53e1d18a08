import { expect, test } from "vitest";
import { AngelcamError, NotFoundError } from "../../src/index.ts";

const facts = { code: "not_found", retryable: false, status: 404, title: undefined, detail: "" } as const;

test("an error has the known fields and no others", () => {
  const error = new NotFoundError("There is nothing.", facts);
  expect(Object.entries(error)).toEqual([
    ["name", "NotFoundError"],
    ["code", "not_found"],
    ["retryable", false],
    ["status", 404],
    ["detail", ""],
  ]);
  expect(error).toBeInstanceOf(AngelcamError);
  expect(Object.hasOwn(error, "cause")).toBe(false);
});

test("an error as JSON has its message too, and not its cause", () => {
  const error = new NotFoundError("There is nothing.", facts, new Error("why"));
  expect(error.cause).toEqual(new Error("why"));
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotFoundError",
    message: "There is nothing.",
    code: "not_found",
    retryable: false,
    status: 404,
    detail: "",
  });
});
