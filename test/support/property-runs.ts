import type { Parameters } from "fast-check";

/** The default seed, so that a failure can be reproduced. */
const FIXED_SEED = 20_261_124;

/** Cases of a property with the fixed seed, which are the same in every run, and with any other seed. */
const RUNS = { fixed: 300, other: 1000 };

/**
 * How a property test runs: 300 times with the fixed seed. With `PROPERTY_SEED=random` it runs 1,000 times with a random seed,
 * as in `npm run verify`, and with `PROPERTY_SEED=123` with that one; it is printed either way. `PROPERTY_RUNS=50` sets the
 * number, for mutation tests, which run it once a mutant.
 */
export function runs<T>(name: string): Parameters<T> {
  const wish = process.env.PROPERTY_SEED;
  const seed = wish === "random" ? Math.floor(Math.random() * 2 ** 31) : wish ? Number(wish) : FIXED_SEED;
  const isFixed = seed === FIXED_SEED;
  if (!isFixed) console.log(`property "${name}" runs with PROPERTY_SEED=${seed}`);
  return { numRuns: Number(process.env.PROPERTY_RUNS ?? RUNS[isFixed ? "fixed" : "other"]), seed };
}
