import path from "node:path";
import { VERIFY_GATES } from "../shared/gates/registry.ts";
import { runGates } from "../shared/gates/run-gates.ts";

// The gates that take minutes: CI runs them after `npm test`.
// `npm run verify -- spectral attw` runs those alone whose names hold one of the words.

const ROOT = path.resolve(import.meta.dirname, "../..");
const words = process.argv.slice(2);
const chosen = VERIFY_GATES.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error(
    `No gate is called ${words.join(" or ")}. There are: ${VERIFY_GATES.map(({ name }) => name).join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  process.exitCode = (await runGates(chosen, ROOT, { atOnce: 1, print: console.log })) ? 0 : 1;
}
