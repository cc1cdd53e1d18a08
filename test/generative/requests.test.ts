import { expect, test } from "vitest";
import { document } from "../client/documented-operations.ts";
import { operationsOf } from "../spec/document.ts";
import { runs } from "../support/property-runs.ts";
import { checkRequests } from "./check-requests.ts";
import type { GeneratedRequest } from "./requests.ts";

// One operation in seven here, and all of those with a form; every operation in the slow suite.

const SETTINGS = { ...runs<[GeneratedRequest]>("generated requests"), numRuns: 10 };

const places = operationsOf(document).filter(
  ({ operation }, index) =>
    index % 7 === 0 || "application/x-www-form-urlencoded" in (operation.requestBody?.content ?? {}),
);

test.each(places)("$operation.operationId: valid requests are taken, each single fault is named", (place) => {
  const { valid, mutated } = checkRequests(place, SETTINGS);
  expect(valid).toBe(SETTINGS.numRuns);
  expect(mutated).toBeGreaterThanOrEqual(2 * valid);
});
