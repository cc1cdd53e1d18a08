import { breakingChanges } from "./breaking-changes.ts";
import { build } from "./build.ts";
import { command } from "./command.ts";
import { coverage } from "./coverage.ts";
import { deadExports } from "./dead-exports.ts";
import { dependencies } from "./dependencies.ts";
import { duplicates } from "./duplicates.ts";
import { foreignErrors } from "./foreign-errors.ts";
import { format } from "./format.ts";
import type { Gate } from "./gate.ts";
import { licences } from "./licences.ts";
import { publicTypes } from "./public-types.ts";
import { publishedFiles } from "./published-files.ts";
import { publishedTypes } from "./published-types.ts";
import { redoclyLint, workflowLint } from "./redocly-lint.ts";
import { regularExpressions } from "./regular-expressions.ts";
import { spectral } from "./spectral.ts";
import { storeys } from "./storeys.ts";
import { tests } from "./tests.ts";
import { types } from "./types.ts";

/** The checks of the repository without a build: `npm run lint`. */
export const STATIC_GATES: readonly Gate[] = [
  format,
  types,
  redoclyLint,
  workflowLint,
  spectral,
  breakingChanges,
  deadExports,
  duplicates,
  dependencies,
  storeys,
  regularExpressions,
  foreignErrors,
];

/** The checks of the built package. */
export const PACKAGE_GATES: readonly Gate[] = [publishedFiles, publishedTypes, publicTypes, licences];

/** Everything that takes longer than `npm test` may: `npm run verify`, one after the other. */
export const VERIFY_GATES: readonly Gate[] = [
  ...STATIC_GATES,
  build,
  ...PACKAGE_GATES,
  // The coverage gate runs the other slow tests.
  tests("slow tests", ["--mode", "uncovering"]),
  coverage,
  tests("the tests of src on the package", ["--mode", "package"]),
  tests(
    "property tests with a random seed",
    [
      "test/quota",
      "test/auth/session-model",
      "test/base",
      "test/client/pagination",
      "test/generative",
      "test/helpers/footage",
    ],
    { PROPERTY_SEED: "random" },
  ),
  command("the package on every runtime", ["node", "test/runtimes/main.ts"], /(\d+) of \d+ runtimes pass/),
  command("the package in quick stacks", ["node", "scripts/stacks/main.ts", "--quick"], /(\d+) of \d+ stacks pass/),
  command("the bench runs", ["node", "scripts/bench/main.ts", "--quick"], /(\d+) clients side by side/),
];
