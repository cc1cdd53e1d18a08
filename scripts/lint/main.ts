import path from "node:path";
import { STATIC_GATES } from "../shared/gates/registry.ts";
import { runGates } from "../shared/gates/run-gates.ts";

// Every static check of the repository. Two at once, for some of the tools use more than one core by themselves.

const ROOT = path.resolve(import.meta.dirname, "../..");
process.exitCode = (await runGates(STATIC_GATES, ROOT, { atOnce: 2, print: console.log })) ? 0 : 1;
