// @ts-check
// The suite in a page: whoever drives the browser calls `runSuite` and gets the results.
import { run } from "./run.js";

Object.assign(globalThis, { runSuite: run });
