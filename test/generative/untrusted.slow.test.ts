import { expect, test } from "vitest";
import { faultsOf } from "./untrusted.ts";
import { credentialCases } from "./untrusted-credentials.ts";
import { helperCases } from "./untrusted-helpers.ts";
import { operationCases } from "./untrusted-operations.ts";

test("at least 20,000 responses that differ from the document end in data or in a typed error", async () => {
  const results = [await faultsOf(operationCases()), await faultsOf(helperCases())];
  for await (const one of credentialCases()) results.push(await faultsOf([one]));
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  const count = results.reduce((sum, result) => sum + result.count, 0);
  console.log(`${count} responses, 0 bare errors`);
  expect(count).toBeGreaterThanOrEqual(20_000);
}, 1_200_000);
