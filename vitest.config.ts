import { availableParallelism, loadavg } from "node:os";
import { defineConfig } from "vitest/config";
import { packageAlias, testsOnThePackage } from "./test/support/on-the-package.ts";

const SLOW = "test/**/*.slow.test.ts";
const TYPES = "test/types/**/*.test.ts";

/** What runs src in the process of the test, quick or slow, and not what looks at other things or starts programs. */
const COVERING =
  "test/!(camera-grid|compilers|docs|gates|generate|package|prose|recipes|scripts|sizes|spec|stacks|types)/**/*.test.ts";
const COVERING_NOTHING_MORE = "test/{generative,http,mock,node,redis,support,together}/**/*.slow.test.ts";
const SLOW_AND_COVERING = "test/{auth,client,contract-cli,sandbox}/**/*.slow.test.ts";

/** The recipes and the runtimes have packages of their own, some of which hold tests. */
const PACKAGES = "**/node_modules/**";

const FILES = {
  slow: { include: [SLOW], exclude: [PACKAGES] },
  // `npm run verify` takes these two in place of `slow`, so that no slow test runs twice.
  coverage: { include: [COVERING], exclude: [PACKAGES, COVERING_NOTHING_MORE] },
  // What knows only entry points, on the built package in place of src.
  package: { include: testsOnThePackage(COVERING), exclude: [PACKAGES, SLOW] },
  uncovering: { include: [SLOW], exclude: [PACKAGES, SLOW_AND_COVERING] },
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

function isMode(mode: string): mode is keyof typeof FILES {
  return Object.hasOwn(FILES, mode);
}

/** `vitest run` runs what is quick; `vitest run --mode slow` runs what is not. */
export default defineConfig(({ mode }) => ({
  resolve: { alias: mode === "package" ? [packageAlias] : [] },
  test: {
    environment: "node",
    ...(isMode(mode) ? FILES[mode] : FILES.quick),
    // These hold no code to run: the compiler checks them, where `--typecheck` is given, as `npm test` does.
    typecheck: { include: [TYPES], ignoreSourceErrors: true },
    globalSetup: ["test/support/prism-server.ts", "test/support/run-folder.ts"],
    // One more than there are cores: many tests wait for a process that they have started.
    maxWorkers: availableParallelism() + 1,
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
