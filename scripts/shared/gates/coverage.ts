import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Gate } from "./gate.ts";
import { runTool } from "./run-tool.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** The least coverage of all of src, in percent. */
const LEAST_COVERAGE = 95;

const KINDS = ["lines", "branches"] as const;

type Summary = Readonly<
  Record<string, Record<(typeof KINDS)[number], { readonly total: number; readonly pct: number }>>
>;

/**
 * Files that tests start as programs of their own, over HTTP or a shell, so that coverage in the process of a test never
 * sees them: the mock with Prism behind it, each command, what starts redocly, and the lock among worker threads.
 */
const PROGRAMS = ["src/mock/**", "src/*/command.ts", "src/contract-cli/redocly.ts", "src/node/thread-lock.ts"];

/** The coverage of src by lines and by branches, by the tests that run it in their own process. */
export const coverage: Gate = {
  name: "coverage of src",
  check: (root) =>
    withTemporaryFolder(async (folder) => {
      const { code } = await runTool("vitest", ["run", "--mode", "coverage", ...options(folder)], root, {
        echo: true,
      });
      const result = judge(await readSummary(folder), root);
      return code === 0 ? result : { ...result, faults: [`vitest ended with ${code}: see above`, ...result.faults] };
    }),
};

/** Compares a summary of Istanbul's with the goal, and names the files that are furthest from it. */
export function judge(summary: Summary, root: string) {
  const { total, ...files } = summary;
  const low = KINDS.filter((kind) => !((total?.[kind].pct ?? 0) >= LEAST_COVERAGE));
  const furthest = Object.entries(files)
    .sort(([, one], [, other]) => one.branches.pct - other.branches.pct)
    .slice(0, low.length > 0 ? 10 : 0)
    .map(
      ([file, { lines, branches }]) => `${path.relative(root, file)}: ${lines.pct} % lines, ${branches.pct} % branches`,
    );
  return {
    examined: total?.branches.total ?? 0,
    summary: KINDS.map((kind) => `${total?.[kind].pct ?? 0} % of ${total?.[kind].total ?? 0} ${kind}`).join(", "),
    faults: [
      ...low.map((kind) => `${kind}: ${total?.[kind].pct ?? 0} %, the least is ${LEAST_COVERAGE} %`),
      ...furthest,
    ],
  };
}

function options(folder: string): string[] {
  return [
    "--coverage.enabled",
    "--coverage.provider=v8",
    "--coverage.include=src/**",
    ...PROGRAMS.map((program) => `--coverage.exclude=${program}`),
    "--coverage.reporter=json-summary",
    `--coverage.reportsDirectory=${folder}`,
  ];
}

async function readSummary(folder: string): Promise<Summary> {
  const text = await readFile(path.join(folder, "coverage-summary.json"), "utf8").catch(() => "{}");
  return JSON.parse(text) as Summary;
}
