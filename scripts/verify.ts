import { spawnSync } from "node:child_process";
import path from "node:path";

// The gates that take longer than a developer likes to wait: CI runs them after `npm test`.

const ROOT = path.resolve(import.meta.dirname, "..");

const GATES: readonly (readonly [name: string, command: string, ...rest: string[]])[] = [
  // Some slow tests look at the built package.
  ["build", "node", "scripts/build.ts"],
  ["slow tests", "vitest", "run", "--mode", "slow"],
  ["docs of every operation", "vitest", "run", "test/docs/page"],
  [
    "property tests with a random seed",
    "vitest",
    "run",
    "test/transport/quota",
    "test/auth/session-model",
    "test/pagination",
    "test/generative",
  ],
];

let failed = 0;
for (const [name, command, ...rest] of GATES) {
  console.log(`\n== ${name}: ${command} ${rest.join(" ")}`);
  const { status } = spawnSync(path.join(ROOT, "node_modules/.bin", command), rest, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PROPERTY_SEED: "random", EVERY_OPERATION: "yes" },
  });
  if (status !== 0) failed++;
  console.log(status === 0 ? `ok     ${name}` : `FAILED ${name}`);
}
console.log(`\n${GATES.length - failed} of ${GATES.length} gates passed`);
process.exitCode = failed === 0 ? 0 : 1;
