import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../support/mock.ts";
import { stalled } from "./malformed.ts";
import { fire, malformedShot, malformedShots, mutationShots, validShots } from "./storm.ts";

const TOTAL = 10_000;

/** The same in each run, unless a user looks for more: `npm run verify` does. */
const SEED = process.env.PROPERTY_SEED === "random" ? Date.now() % 2 ** 31 : 2026;

/** Valid requests for each operation, and those of which every mutation is sent. */
const EACH = 3;

let mock: Mock;

beforeAll(async () => {
  mock = await startMock();
});

afterAll(() => mock[Symbol.asyncDispose]());

test(`10,000 malformed and mutated requests, seed ${SEED}: no hang, no death, and each is rejected as documented`, async () => {
  const prism = await mock.prism();
  const mutated = mutationShots(mock.origin, EACH, SEED);
  const waiting = stalled.map((raw) => malformedShot(mock.origin, raw));
  const shots = [...mutated, ...waiting, ...malformedShots(mock.origin, TOTAL - mutated.length - waiting.length, SEED)];
  expect(mutated.length).toBeGreaterThan(4_000);
  expect(shots).toHaveLength(TOTAL);

  expect(await fire(shots)).toEqual([]);
  expect(await mock.prism()).toBe(prism);
  expect(mock.script.stdout()).not.toContain("started again");
}, 600_000);

test("valid requests to every operation get a documented success", async () => {
  const shots = validShots(mock.origin, EACH, SEED);
  expect(shots.length).toBeGreaterThan(EACH * 120);
  expect(await fire(shots)).toEqual([]);
}, 600_000);
