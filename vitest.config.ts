import { availableParallelism, loadavg } from "node:os";
import { defineConfig } from "vitest/config";

const SLOW = "test/**/*.slow.test.ts";
const TYPES = "test/types/**/*.test.ts";

/** For `--mode coverage`: what runs src in this process, be it quick or slow, and not what looks at other things. */
const COVERING =
  "test/!(camera-grid|compilers|docs|gates|generate|package|prose|recipes|scripts|sizes|spec|stacks|types)/**/*.test.ts";
const COVERING_NOTHING_MORE = "test/{generative,node,redis,together}/**/*.slow.test.ts";

/** The recipes and the runtimes have packages of their own, some of which hold tests. */
const PACKAGES = "**/node_modules/**";

const FILES = {
  slow: { include: [SLOW], exclude: [PACKAGES] },
  coverage: { include: [COVERING], exclude: [PACKAGES, COVERING_NOTHING_MORE] },
  // The recipes have a configuration of their own, beside the packages that they use.
  quick: { include: ["test/**/*.test.ts"], exclude: [PACKAGES, SLOW, TYPES, "test/recipes/*/**"] },
};

/** Processes of this machine that were ready to run in the last minute, for each of its cores; 1 where there were fewer. */
const LOAD = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/**
 * Milliseconds until a test is taken for stuck. No test needs a tenth of it on an idle machine, and the load of the start
 * makes it longer: it costs nothing as long as tests end by themselves.
 */
const LIMIT = 300_000 * Math.min(LOAD, 5);

/** `vitest run` runs what is quick; `vitest run --mode slow`, a part of `npm run verify`, runs what is not. */
export default defineConfig(({ mode }) => ({
  test: {
    environment: "node",
    ...(mode === "slow" || mode === "coverage" ? FILES[mode] : FILES.quick),
    // These hold no code to run: the compiler checks them, where `--typecheck` is given, as `npm test` does.
    typecheck: { include: [TYPES], ignoreSourceErrors: true },
    globalSetup: ["test/support/prism-server.ts", "test/support/run-folder.ts"],
    // Vitest leaves one of the cores idle by itself. The mock and the compilers that tests start need little.
    maxWorkers: 2,
    // A test without an assertion cannot fail. What a test polls for comes when a busy machine gets to it.
    expect: { requireAssertions: true, poll: { timeout: LIMIT / 4 } },
    allowOnly: false,
    passWithNoTests: false,
    unstubGlobals: true,
    unstubEnvs: true,
    restoreMocks: true,
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
  },
}));
