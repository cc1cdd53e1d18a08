// @ts-check

/**
 * @param {unknown} actual
 * @param {unknown} expected Compared as JSON, so that a list or an object can be passed as it is.
 * @param {string} what
 */
export function equal(actual, expected, what) {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

/**
 * @param {unknown} condition
 * @param {string} what
 */
export function truth(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/**
 * The error that a call rejects with.
 *
 * @template {Error} Failure
 * @param {PromiseLike<unknown>} call
 * @param {new (...values: never[]) => Failure} kind
 * @returns {Promise<Failure>}
 */
export async function failure(call, kind) {
  const [outcome] = await Promise.allSettled([call]);
  if (outcome.status === "fulfilled") throw new Error(`expected a ${kind.name}, but it succeeded`);
  if (outcome.reason instanceof kind) return outcome.reason;
  throw new Error(`expected a ${kind.name}, found ${outcome.reason}`);
}
