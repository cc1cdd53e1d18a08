// @ts-check
// The suite in a page: the process that drives the browser calls `runSuite` for the results.
import { run } from "./run.js";

Object.assign(globalThis, { runSuite: run });
