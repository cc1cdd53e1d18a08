import { defineConfig } from "vitest/config";

/** The tests that a mutant of the ground floor has to survive: those that need neither the mock nor other processes. */
export default defineConfig({
  test: {
    environment: "node",
    // Once a mutant: 50 cases of a property find what 1,000 find, nearly always.
    env: { PROPERTY_RUNS: "50" },
    include: [
      "test/auth/**/*.test.ts",
      "test/transport/**/*.test.ts",
      "test/client/pagination/**/*.test.ts",
      "test/client/{arguments,credentials,encoding,secrets,servers,surprising-answers,time-and-abort,options}.test.ts",
      "test/together/account-survives.test.ts",
    ],
    exclude: ["test/transport/process-exit.test.ts"],
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 20_000,
  },
});
