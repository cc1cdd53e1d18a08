import { execFileSync } from "node:child_process";
import path from "node:path";
import { judge, readBudget, report, writeBudget } from "./sizes/budget.ts";
import { measureBundles, typeFigures } from "./sizes/measure.ts";
import { typeCost } from "./sizes/type-cost.ts";

// `npm run sizes`: what the package weighs in an app and in the compiler, held against scripts/sizes/budget.json.
// `npm run sizes -- --write` makes the figures of now the budget; the diff of that file shows what has changed.

/** Runs of the compiler for each program; the median counts. */
const RUNS = 5;

execFileSync(process.execPath, [path.join(import.meta.dirname, "build.ts")], { stdio: "inherit" });
const { figures: sizes, strangers } = await measureBundles();
const cost = await typeCost(RUNS);
const figures = [...sizes, ...typeFigures(cost)];
const verdicts = judge(figures, readBudget());
console.log(report(verdicts));
console.log(
  `        the type check took ${cost.client.total} s, on bare types ${cost.bare.total} s (median of ${RUNS})`,
);
for (const stranger of strangers) console.log(`NOT SHAKEN ${stranger}`);
if (process.argv.includes("--write")) writeBudget(figures);
else if (verdicts.some(({ isKept }) => !isKept)) process.exitCode = 1;
if (strangers.length > 0) process.exitCode = 1;
