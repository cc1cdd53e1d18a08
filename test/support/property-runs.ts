import type { Parameters } from "fast-check";

/** The default seed, so that a failure can be reproduced. */
const FIXED_SEED = 20_261_124;

/**
 * How a property test runs: 1,000 times with the fixed seed. With `PROPERTY_SEED=random` the seed is a random one, and
 * with `PROPERTY_SEED=123` that one; it is printed either way. `PROPERTY_RUNS=50` makes it shorter, for mutation tests,
 * which run it once a mutant.
 */
export function runs<T>(name: string): Parameters<T> {
  const wish = process.env.PROPERTY_SEED;
  const seed = wish === "random" ? Math.floor(Math.random() * 2 ** 31) : wish ? Number(wish) : FIXED_SEED;
  if (seed !== FIXED_SEED) console.log(`property "${name}" runs with PROPERTY_SEED=${seed}`);
  return { numRuns: Number(process.env.PROPERTY_RUNS ?? 1000), seed };
}
