import { defineConfig } from "vitest/config";

// The checks of the recipes, with the packed package and the packages of package.json beside this file. They are no part
// of the tests around them: `recipes.slow.test.ts` installs what they need and starts them.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ["*/check.{ts,tsx}"],
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    unstubGlobals: true,
    expect: { requireAssertions: true, poll: { timeout: 60_000 } },
    allowOnly: false,
    passWithNoTests: false,
  },
});
