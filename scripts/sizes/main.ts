import { execFileSync } from "node:child_process";
import path from "node:path";
import { isKept, judge, readBudget, report, writeBudget } from "./budget.ts";
import { measureBundles, typeFigures } from "./measure.ts";
import { typeCost } from "./type-cost.ts";

// `npm run sizes`: what the package weighs in an app and in the compiler, held against scripts/sizes/budget.json.
// `npm run sizes -- --write` makes the figures of now the budget; the diff of that file shows what has changed.

execFileSync(process.execPath, [path.join(import.meta.dirname, "../build/main.ts")], { stdio: "inherit" });
const { figures: sizes, strangers } = await measureBundles();
const budget = readBudget();
const cost = await typeCost((cost) => isKept(typeFigures(cost), budget));
const figures = [...sizes, ...typeFigures(cost)];
const verdicts = judge(figures, budget);
console.log(report(verdicts));
console.log(`        the type check took ${cost.client.total} s, on bare types ${cost.bare.total} s`);
for (const stranger of strangers) console.log(`NOT SHAKEN ${stranger}`);
if (process.argv.includes("--write")) writeBudget(figures);
else if (verdicts.some((verdict) => !verdict.isKept)) process.exitCode = 1;
if (strangers.length > 0) process.exitCode = 1;
