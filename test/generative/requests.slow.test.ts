import { expect, test } from "vitest";
import { document } from "../client/documented-operations.ts";
import { operationsOf } from "../spec/document.ts";
import { runs } from "../support/property-runs.ts";
import { checkRequests } from "./check-requests.ts";
import type { GeneratedRequest } from "./requests.ts";

const SETTINGS = { ...runs<[GeneratedRequest]>("generated requests"), numRuns: 20 };

test.each(operationsOf(document))(
  "$operation.operationId: valid requests are taken, each single fault is named",
  (place) => {
    const { valid, mutated } = checkRequests(place, SETTINGS);
    expect(valid).toBe(SETTINGS.numRuns);
    expect(mutated).toBeGreaterThanOrEqual(2 * valid);
  },
);
