// Node only: the command `angelcam-contract`.
import { createContract } from "../contract/contract.ts";
import { packageVersion } from "../http/command-options.ts";
import { annotationsOf } from "./annotations.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { type CommandLine, readCommandLine } from "./command-line.ts";
import { runDiff } from "./diff-run.ts";
import { explore } from "./explore.ts";
import { formatSummary, formatWorkflow } from "./format.ts";
import { plainText } from "./plain-text.ts";
import { runProxy } from "./proxy-run.ts";
import { readWorkflows } from "./read-workflows.ts";
import type { Report } from "./report.ts";
import { findReportFiles, namedReportFiles } from "./report-options.ts";
import { runWorkflows } from "./run.ts";
import type { RunResult } from "./session.ts";
import { USAGE } from "./usage.ts";
import { type ReportFiles, removeReports, reportProblems, writeReports } from "./write-reports.ts";

/**
 * Exit codes: all is well, something is wrong with the server or the client, it could not begin or could not write a
 * report.
 */
const [PASSED, FAILED, CANNOT_RUN] = [0, 1, 2];

/** The surroundings of the command: the environment that it reads, where it writes, and what stops it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes a line for people. */
  readonly print: (line: string) => void;
  /** Takes a line about a problem. */
  readonly complain: (line: string) => void;
  /** Takes a line that replaces the one before it. Left out where no terminal is, such as in CI. */
  readonly progress?: (line: string) => void;
  /** Resolves when the command is to end, such as by Ctrl+C. Without it, it ends by itself, the proxy with its program. */
  readonly untilStopped?: () => Promise<void>;
}

/**
 * Runs the command.
 *
 * @param words Its arguments.
 * @returns The exit code.
 */
export async function main(words: string[], surroundings: Surroundings): Promise<number> {
  const reports = findReportFiles(words);
  const clear = () => removeReports(namedReportFiles(words));
  let hasReported = false;
  try {
    const commandLine = readCommandLine(words);
    // The help, the version and the list write no report, so the files are those of an earlier run.
    if ("reports" in commandLine) await clear();
    return await run(commandLine, surroundings, () => {
      hasReported = true;
    });
  } catch (error) {
    const isExpected = error instanceof CannotRunError;
    const problem = isExpected ? (error.message.split("\n\n")[0] ?? "") : "angelcam-contract itself failed";
    if (!hasReported) {
      await clear();
      await reportProblem(problem, reports, surroundings);
    }
    if (!isExpected) throw error;
    surroundings.complain(error.message);
    return CANNOT_RUN;
  }
}

async function run(commandLine: CommandLine, surroundings: Surroundings, onReport: () => void): Promise<number> {
  const { print, complain, environment } = surroundings;
  const lost = "reports" in commandLine ? [...(await reportProblems(commandLine.reports)).values()] : [];
  if (lost.length > 0) throw new CannotRunError(`The report cannot be written: ${lost.join("; ")}`);
  const watching = {
    environment,
    onWorkflow: (workflow: Report["workflows"][number]) => print(formatWorkflow(workflow)),
    onNote: (note: string) => complain(plainText(note)),
  };
  const finish = async (result: RunResult, files: ReportFiles): Promise<number> => {
    print(formatSummary(result.report));
    annotate(result.report, surroundings);
    onReport();
    await writeReports(files, result.report, result);
    return result.report.passed ? PASSED : FAILED;
  };
  // The proxy ends by itself, and has not failed then.
  const stop = ["run", "explore"].includes(commandLine.command) ? signalOf(surroundings) : undefined;
  switch (commandLine.command) {
    case "help":
      print(USAGE);
      return PASSED;
    case "version":
      print(packageVersion());
      return PASSED;
    case "list":
      print(await list(commandLine.files));
      return PASSED;
    case "run":
      return finish(await runWorkflows({ ...commandLine.options, ...watching, stop }), commandLine.reports);
    case "explore": {
      const { options, seed, reports } = commandLine;
      const { progress } = surroundings;
      return finish(await explore({ ...options, ...watching, stop, seed, print, progress }), reports);
    }
    case "proxy": {
      const { options, port, program, reports } = commandLine;
      const { untilStopped } = surroundings;
      return finish(await runProxy({ ...options, ...watching, port, program, print, untilStopped }), reports);
    }
    case "diff": {
      const { file, known, reports } = commandLine;
      onReport();
      return (await runDiff({ file, known, json: reports.json, print })) ? PASSED : FAILED;
    }
  }
}

/** Aborted when the command is to end. */
function signalOf({ untilStopped }: Surroundings): AbortSignal {
  const controller = new AbortController();
  untilStopped?.().then(() => controller.abort());
  return controller.signal;
}

/** The reports of a run that could not begin say so. */
async function reportProblem(problem: string, files: ReportFiles, surroundings: Surroundings): Promise<void> {
  const report: Report = {
    ...{ problem: plainText(problem), server: "", mock: false, passed: false, seconds: 0, requests: 0, checks: 0 },
    ...{ faults: [], ignored: [], workflows: [], coverage: createContract().coverage() },
  };
  annotate(report, surroundings);
  const lost = await reportProblems(files);
  const others = Object.fromEntries(Object.entries(files).filter(([form]) => !lost.has(form)));
  // The problem itself is about to be printed, and matters more than a report that cannot be written.
  await writeReports(others, report).catch((error: Error) => surroundings.complain(error.message));
}

function annotate(report: Report, { environment, print }: Surroundings): void {
  if (environment.GITHUB_ACTIONS === "true") for (const line of annotationsOf(report)) print(line);
}

async function list(files: readonly string[]): Promise<string> {
  const entries = await readWorkflows(files);
  const width = Math.max(...entries.map(({ name }) => name.length));
  return entries
    .map(({ name, workflow }) => {
      const effects = [...new Set([workflow, ...workflow.steps].flatMap((part) => part["x-effects"] ?? []))];
      return `${name.padEnd(width)}  ${workflow.summary ?? ""}${effects.length > 0 ? ` [${effects.join(", ")}]` : ""}`;
    })
    .join("\n");
}
