import path from "node:path";
import { pathToFileURL } from "node:url";

/** The repository. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The folder of files that the bench creates. */
export const WORKSHOP = path.join(ROOT, "dist/bench");

/** The client that Redocly generates, as JavaScript. */
export const REDOCLY_CLIENT = path.join(WORKSHOP, "redocly/client.js");

/** The built package's main entry. */
export const OUR_CLIENT = path.join(ROOT, "dist/package/bundled/index.js");

/**
 * Loads a package of `scripts/bench/package.json`. The compiler does not see it, for only the bench installs it: so the
 * caller says how much of it is used.
 */
export async function loadPeer<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}

/** The built sandbox. */
export const OUR_SANDBOX = path.join(ROOT, "dist/package/bundled/sandbox/index.js");

/** Loads a module that was made by this repository, and not written in it. */
export async function loadBuilt<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(file).href)) as T;
}
