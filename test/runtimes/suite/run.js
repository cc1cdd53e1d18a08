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
 * The servers and credentials that the suite uses, on this machine.
 *
 * @typedef {object} Surroundings
 * @property {string} sandboxOrigin A sandbox over HTTP with 250 cameras and no quota. `publicCameras.list` hangs, and
 * the response of `locations.list` breaks off.
 * @property {string} mockOrigin The mock of the document.
 * @property {string} closedOrigin An origin at which no server listens.
 * @property {string} username
 * @property {string} password
 * @property {string} clientId
 */

/**
 * A promised behaviour of the package. `run` throws when the promise is broken.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {(surroundings: Surroundings) => Promise<void>} run
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [failure] The message of a failed check; undefined when it passed.
 */

/** Milliseconds for one check. The slowest needs some hundred; a machine may be busy. */
const LONGEST = 120_000;

/** The checks that every runtime must pass. */
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
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not end within ${LONGEST} ms`)), LONGEST);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
