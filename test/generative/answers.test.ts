import { expect, test } from "vitest";
import { operations } from "../client/documented.ts";
import { runs } from "../support/property-runs.ts";
import { answerPlaces } from "./answers.ts";
import { checkAnswers } from "./check-answers.ts";

// One response in thirty here; every response in the slow suite.

const SETTINGS = { ...runs<[unknown]>("generated answers"), numRuns: 10 };

const answers = operations.flatMap(answerPlaces).filter((_, index) => index % 30 === 0);

test.each(answers)(
  "$place.operation.operationId $status: valid bodies come out typed, each damage is named",
  async (answer) => {
    const { valid, damaged } = await checkAnswers(answer, SETTINGS);
    expect(valid).toBe(SETTINGS.numRuns);
    expect(damaged).toBeGreaterThanOrEqual(valid);
  },
);
