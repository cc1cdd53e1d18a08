import { expect, test } from "vitest";
import type { OperationId } from "../../src/index.ts";
import { checkOperation, rulesFor } from "../../src/sandbox/document.ts";
import { Routes } from "../../src/sandbox/route-table.ts";

const unknown = "cameras.lst" as OperationId;

test("an operation that the sandbox does not serve, or that the document does not have, is named", () => {
  expect(() => new Routes().of(unknown)).toThrow("The sandbox does not serve cameras.lst");
  expect(() => rulesFor(unknown)).toThrow("The document has no operation cameras.lst");
  expect(() => checkOperation("faults.add", unknown)).toThrow(/unknown operation "cameras.lst"\. Did you mean/);
  expect(() => checkOperation("faults.add", "zzzzzzzzzzzzzzzz")).toThrow(/unknown operation "zzzzzzzzzzzzzzzz"\.$/);
});

test("an operation that is served is found again with its handler", () => {
  const routes = new Routes();
  routes.signedIn("me.get", () => undefined);
  expect(routes.of("me.get")).toBe(routes.get("me.get"));
});
