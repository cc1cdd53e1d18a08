import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../support/mock.ts";
import { fire, malformedShots, mutationShots, type Shot, validShots } from "./storm.ts";

// A sample of what `mock.slow.test.ts` throws at the mock.

const SEED = 2026;

let mock: Mock;

beforeAll(async () => {
  mock = await startMock();
});

afterAll(() => mock[Symbol.asyncDispose]());

test("a malformed request is rejected in the documented envelope, and neither kills nor hangs the mock", async () => {
  const prism = await mock.prism();
  const shots = malformedShots(mock.origin, 200, SEED);
  expect(shots).toHaveLength(200);
  expect(await fire(shots)).toEqual([]);
  expect(await mock.prism()).toBe(prism);
});

test("a valid request to any operation gets a success response", async () => {
  const shots = validShots(mock.origin, 1, SEED);
  expect(shots.length).toBeGreaterThan(120);
  expect(await fire(shots)).toEqual([]);
});

test("a request with one thing wrong is rejected, and the error names that field alone", async () => {
  const shots = everyTenth(mutationShots(mock.origin, 1, SEED));
  expect(shots.length).toBeGreaterThan(100);
  expect(await fire(shots)).toEqual([]);
});

function everyTenth(shots: readonly Shot[]): Shot[] {
  return shots.filter((_, index) => index % 10 === 0);
}
