import { readFile } from "node:fs/promises";
import path from "node:path";
import { count, type Gate } from "./gate.ts";
import { linesOf, runTool } from "./run-tool.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Lines of output that show an error outside of a test, with its location. */
const LAST_LINES = 40;

interface Report {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Some of the tests as a gate: Vitest with these parameters, its output shown as it comes. */
export function tests(name: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Gate {
  return {
    name,
    check: (root) =>
      withTemporaryFolder(async (folder) => {
        const output = path.join(folder, "report.json");
        const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
        const run = await runTool("vitest", ["run", ...parameters, ...reporters], root, { environment, echo: true });
        const report = await readReport(output);
        const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : "";
        const faults = report.testResults.flatMap(faultsOf);
        // An error outside of the tests is printed on the last lines.
        if (run.code !== 0 && faults.length === 0) {
          faults.push(`vitest ended with ${run.code}`, ...linesOf(run.stdout + run.stderr).slice(-LAST_LINES));
        }
        return { examined: report.numPassedTests, summary: count(report.numPassedTests, "test") + skipped, faults };
      }),
  };
}

async function readReport(file: string): Promise<Report> {
  const nothing: Report = { numPassedTests: 0, numPendingTests: 0, testResults: [] };
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? nothing : (JSON.parse(text) as Report);
}

function faultsOf({ name, status, message, assertionResults }: Report["testResults"][number]): string[] {
  const failed = assertionResults.filter((one) => one.status === "failed").map(({ fullName }) => fullName);
  if (status === "failed" && failed.length === 0) failed.push(message);
  return failed.map((fault) => `${name}: ${fault}`);
}
