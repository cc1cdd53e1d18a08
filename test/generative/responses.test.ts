import { expect, test } from "vitest";
import { operations } from "../client/documented-operations.ts";
import { runs } from "../support/property-runs.ts";
import { checkResponses } from "./check-responses.ts";
import { documentedResponses } from "./responses.ts";

// One response in thirty here; every response in the slow suite.

const SETTINGS = { ...runs<[unknown]>("generated responses"), numRuns: 10 };

const responses = operations.flatMap(documentedResponses).filter((_, index) => index % 30 === 0);

test.each(responses)(
  "$place.operation.operationId $status: valid bodies come out typed, each damage is named",
  async (response) => {
    const { valid, damaged } = await checkResponses(response, SETTINGS);
    expect(valid).toBe(SETTINGS.numRuns);
    expect(damaged).toBeGreaterThanOrEqual(valid);
  },
);
