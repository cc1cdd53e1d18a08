import { expect, test } from "vitest";
import { failuresOf, testAll } from "./test-all.ts";

test("failuresOf names each case for which the check fails, and its reason", async () => {
  const cases = [
    { name: "a", size: 1 },
    { name: "b", size: 2 },
    { name: "c", size: 3 },
  ];
  const failures = await failuresOf(cases, "$name of $size", async ({ size }) => expect(size).toBe(2));
  expect(failures).toEqual([expect.stringMatching(/^a of 1: expected 1 to be 2/), expect.stringMatching(/^c of 3: /)]);
  expect(await failuresOf(["x"], "$", () => Promise.reject("no"))).toEqual(["x: no"]);
});

testAll("testAll passes where the check passes for each case", [1, 2], "$", (number) => {
  expect(number).toBeGreaterThan(0);
});
