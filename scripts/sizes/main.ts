import { execFileSync } from "node:child_process";
import path from "node:path";
import { isKept, judge, readBudget, report, writeBudget } from "./budget.ts";
import { measureBundles, typeMetrics } from "./measure.ts";
import { typeCost } from "./type-cost.ts";

// `npm run sizes`: compares the size of bundles and the work of the compiler with scripts/sizes/budget.json.
// `npm run sizes -- --write` writes the measured metrics as the new budget; the diff of that file shows what has changed.

execFileSync(process.execPath, [path.join(import.meta.dirname, "../build/main.ts")], { stdio: "inherit" });
const { metrics: sizes, strangers } = await measureBundles();
const budget = readBudget();
const cost = await typeCost((cost) => isKept(typeMetrics(cost), budget));
const metrics = [...sizes, ...typeMetrics(cost)];
const comparisons = judge(metrics, budget);
console.log(report(comparisons));
console.log(`        the type check took ${cost.client.total} s, on bare types ${cost.bare.total} s`);
for (const stranger of strangers) console.log(`NOT SHAKEN ${stranger}`);
if (process.argv.includes("--write")) writeBudget(metrics);
else if (comparisons.some((comparison) => !comparison.isKept)) process.exitCode = 1;
if (strangers.length > 0) process.exitCode = 1;
