import { expect, test } from "vitest";
import { document } from "../client/documented.ts";
import { operationsOf } from "../spec/document.ts";
import { checkRequests } from "./check-requests.ts";

// One operation in seven here, and all of those with a form; every operation in the slow suite.

const places = operationsOf(document).filter(
  ({ operation }, index) =>
    index % 7 === 0 || "application/x-www-form-urlencoded" in (operation.requestBody?.content ?? {}),
);

test.each(places)("$operation.operationId: valid requests are taken, each single fault is named", (place) => {
  const { valid, mutated } = checkRequests(place, 10);
  expect(valid).toBe(10);
  expect(mutated).toBeGreaterThanOrEqual(2 * valid);
});
