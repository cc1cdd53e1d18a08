import { readFile } from "node:fs/promises";
import path from "node:path";
import { count, type Gate } from "./gate.ts";
import { runTool } from "./run-tool.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

const FOLDERS = ["src", "scripts", "test"];

/** Shorter ones are the imports of a file, or a call with its options. */
const LEAST_TOKENS = 50;

/** Percent of the lines of the tests that may be duplicates, for those that are easier to read that way. */
const MOST_IN_TESTS = 0.5;

/** A package inside of this one, whose files are not code of this one. */
const IGNORED = ["**/node_modules/**"];

interface Clone {
  readonly lines: number;
  readonly firstFile: Where;
  readonly secondFile: Where;
}

interface Where {
  readonly name: string;
  readonly start: number;
}

interface Report {
  readonly duplicates: readonly Clone[];
  readonly statistics: {
    readonly formats: {
      readonly typescript?: { readonly sources: Readonly<Record<string, { readonly lines: number }>> };
    };
  };
}

/** Duplicated code: none in src and scripts, little in test. */
export const duplicates: Gate = {
  name: "duplicates",
  async check(root) {
    const { duplicates: clones, statistics } = await clonesIn(root);
    const inCode = clones.filter(({ firstFile, secondFile }) => !isTest(firstFile) && !isTest(secondFile));
    const inTests = clones.filter((clone) => !inCode.includes(clone));
    const files = Object.entries(statistics.formats.typescript?.sources ?? {});
    const testLines = files.reduce((sum, [name, { lines }]) => (isTest({ name }) ? sum + lines : sum), 0);
    const share = (100 * inTests.reduce((sum, { lines }) => sum + lines, 0)) / Math.max(testLines, 1);
    const faults = inCode.map((clone) => `${described(clone)}: the same code`);
    if (share > MOST_IN_TESTS) {
      faults.push(
        `${share.toFixed(2)} % of test is duplicated, more than ${MOST_IN_TESTS} %`,
        ...inTests.map(described),
      );
    }
    const summary = `${inCode.length} in src and scripts, ${share.toFixed(2)} % of test; ${count(files.length, "file")}`;
    return { examined: files.length, summary, faults };
  },
};

function clonesIn(root: string): Promise<Report> {
  return withTemporaryFolder(async (folder) => {
    const options = [`--min-tokens=${LEAST_TOKENS}`, "--format=typescript", `--ignore=${IGNORED.join(",")}`];
    const run = await runTool("jscpd", [...FOLDERS, ...options, "--reporters=json", `--output=${folder}`], root);
    const report = await readFile(path.join(folder, "jscpd-report.json"), "utf8").catch((cause) => {
      throw new Error(`jscpd ended with ${run.code} and printed no report:\n${run.stdout}${run.stderr}`, { cause });
    });
    return JSON.parse(report) as Report;
  });
}

function isTest({ name }: { readonly name: string }): boolean {
  return name.startsWith("test/");
}

function described({ lines, firstFile, secondFile }: Clone): string {
  return `${firstFile.name}:${firstFile.start} and ${secondFile.name}:${secondFile.start}, ${count(lines, "line")}`;
}
