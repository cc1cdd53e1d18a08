import { defineConfig } from "vitest/config";

const SLOW = "test/**/*.slow.test.ts";
const TYPES = "test/types/**/*.test.ts";

/** `vitest run` runs what is quick; `vitest run --mode slow`, a part of `npm run verify`, runs what is not. */
export default defineConfig(({ mode }) => ({
  test: {
    environment: "node",
    include: [mode === "slow" ? SLOW : "test/**/*.test.ts"],
    exclude: mode === "slow" ? [] : [SLOW, TYPES],
    // These hold no code to run: they are checked by the compiler.
    typecheck: { enabled: mode !== "slow", include: [TYPES], ignoreSourceErrors: true },
    globalSetup: ["test/support/prism-server.ts"],
    // Vitest leaves one of the cores idle by itself. The mock and the compilers that tests start need little.
    maxWorkers: 2,
    // A test without an assertion cannot fail.
    // What a test polls for comes when a busy machine gets to it; a second is not enough for a browser.
    expect: { requireAssertions: true, poll: { timeout: 20_000 } },
    allowOnly: false,
    passWithNoTests: false,
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
}));
