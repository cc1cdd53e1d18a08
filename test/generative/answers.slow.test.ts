import { expect, test } from "vitest";
import { operations } from "../client/documented.ts";
import { answerPlaces } from "./answers.ts";
import { checkAnswers } from "./check-answers.ts";

test.each(operations.flatMap(answerPlaces))(
  "$place.operation.operationId $status: valid bodies come out typed, each damage is named",
  async (answer) => {
    const { valid, damaged } = await checkAnswers(answer, 20);
    expect(valid).toBe(20);
    expect(damaged).toBeGreaterThanOrEqual(valid);
  },
);
