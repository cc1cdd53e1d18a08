// @ts-check
import { abort } from "./abort.js";
import { errors } from "./errors.js";
import { cameraFootage } from "./footage.js";
import { loopback } from "./loopback.js";
import { pages } from "./pages.js";
import { quickStart } from "./quick-start.js";
import { quota } from "./quota.js";
import { readme } from "./readme.js";
import { session } from "./session.js";

/**
 * What there is around the suite, on this machine.
 *
 * @typedef {object} Surroundings
 * @property {string} sandboxOrigin A sandbox over HTTP with 250 cameras and no quota. `publicCameras.list` hangs, and
 * the answer of `locations.list` breaks off.
 * @property {string} mockOrigin The mock of the document.
 * @property {string} closedOrigin Where nobody listens.
 * @property {string} username
 * @property {string} password
 * @property {string} clientId
 */

/**
 * Something that the package promises. `run` throws when it is not so.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {(surroundings: Surroundings) => Promise<void>} run
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [failure] What was not as promised; without it all was.
 */

/** Milliseconds for one check. The slowest needs some hundred; a machine may be busy. */
const LONGEST = 30_000;

/** What every runtime must pass. */
export const checks = [
  ...quickStart,
  ...session,
  ...quota,
  ...pages,
  ...abort,
  ...errors,
  ...cameraFootage,
  ...loopback,
  ...readme,
];

/**
 * Runs checks one after the other.
 *
 * @param {Surroundings} surroundings
 * @param {readonly Check[]} [chosen]
 * @returns {Promise<Result[]>}
 */
export async function run(surroundings, chosen = checks) {
  const results = [];
  for (const check of chosen) {
    const failure = await withinTime(check.run(surroundings)).then(
      () => undefined,
      (error) => `${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
    results.push(failure === undefined ? { name: check.name } : { name: check.name, failure });
  }
  return results;
}

/**
 * @param {Promise<void>} work
 * @returns {Promise<void>}
 */
function withinTime(work) {
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not end within ${LONGEST} ms`)), LONGEST);
    work.then(fulfil, reject).finally(() => clearTimeout(timer));
  });
}
