import { expect, test } from "vitest";
import { document } from "../client/documented.ts";
import { operationsOf } from "../spec/document.ts";
import { checkRequests } from "./check-requests.ts";

test.each(operationsOf(document))(
  "$operation.operationId: valid requests are taken, each single fault is named",
  (place) => {
    const { valid, mutated } = checkRequests(place, 100);
    expect(valid).toBe(100);
    expect(mutated).toBeGreaterThanOrEqual(2 * valid);
  },
);
