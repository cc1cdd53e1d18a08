import { defineConfig } from "vitest/config";

/** The tests that run for a mutant of the lower layers: those that need neither the mock nor other processes. */
export default defineConfig({
  test: {
    environment: "node",
    // These run once for each mutant, so a property has 50 cases in place of 1,000.
    env: { PROPERTY_RUNS: "50" },
    include: [
      "test/auth/**/*.test.ts",
      "test/transport/**/*.test.ts",
      "test/client/pagination/**/*.test.ts",
      "test/client/{arguments,client-options,credentials,encoding,middleware,options,response-size}.test.ts",
      "test/client/{secrets,servers,time-and-abort,unexpected-responses,wrong-names}.test.ts",
      "test/errors/**/*.test.ts",
      "test/quota/**/*.test.ts",
      "test/together/account-survives.test.ts",
    ],
    exclude: ["test/transport/process-exit.test.ts"],
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 20_000,
  },
});
