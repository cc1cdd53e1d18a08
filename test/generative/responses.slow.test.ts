import { expect, test } from "vitest";
import { operations } from "../client/documented-operations.ts";
import { runs } from "../support/property-runs.ts";
import { checkResponses } from "./check-responses.ts";
import { documentedResponses } from "./responses.ts";

const SETTINGS = { ...runs<[unknown]>("generated responses"), numRuns: 5 };

test.each(operations.flatMap(documentedResponses))(
  "$place.operation.operationId $status: valid bodies come out typed, each damage is named",
  async (response) => {
    const { valid, damaged } = await checkResponses(response, SETTINGS);
    expect(valid).toBe(SETTINGS.numRuns);
    expect(damaged).toBeGreaterThanOrEqual(valid);
  },
);
