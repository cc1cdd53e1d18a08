// Node only: what the command `angelcam-contract` does.
import { writeFile } from "node:fs/promises";
import { CannotRunError } from "./cannot-run-error.ts";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { formatSummary, formatWorkflow } from "./format.ts";
import { junitOf } from "./junit.ts";
import { readWorkflows } from "./read-workflows.ts";
import { runContract } from "./run.ts";

/** Ways to end: all is well, something is wrong with the server, it could not begin. */
const [PASSED, FAILED, CANNOT_RUN] = [0, 1, 2];

/** What surrounds the command: the environment that it reads, and where it writes. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes a line for people. */
  readonly print: (line: string) => void;
  /** Takes a line about what is in the way. */
  readonly complain: (line: string) => void;
}

/**
 * Runs the command.
 *
 * @param words What stands behind its name.
 * @returns The exit code.
 */
export async function main(words: string[], surroundings: Surroundings): Promise<number> {
  try {
    const commandLine = readCommandLine(words);
    if (commandLine !== "help" && !commandLine.list) return await check(commandLine, surroundings);
    surroundings.print(commandLine === "help" ? USAGE : await list(commandLine));
    return PASSED;
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    surroundings.complain(error.message);
    return CANNOT_RUN;
  }
}

async function check(
  { json, junit, ...options }: CommandLine,
  { environment, print, complain }: Surroundings,
): Promise<number> {
  const report = await runContract({
    ...options,
    environment,
    onWorkflow: (workflow) => print(formatWorkflow(workflow)),
    onNote: complain,
  });
  print(formatSummary(report));
  if (json !== undefined) await write(json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (junit !== undefined) await write(junit, junitOf(report));
  return report.passed ? PASSED : FAILED;
}

async function list({ files }: CommandLine): Promise<string> {
  const journeys = await readWorkflows(files);
  const width = Math.max(...journeys.map(({ name }) => name.length));
  return journeys
    .map(({ name, workflow }) => {
      const effects = [...new Set([workflow, ...workflow.steps].flatMap((part) => part["x-effects"] ?? []))];
      return `${name.padEnd(width)}  ${workflow.summary ?? ""}${effects.length > 0 ? ` [${effects.join(", ")}]` : ""}`;
    })
    .join("\n");
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CannotRunError(`The report cannot be written: ${(error as Error).message}`);
  }
}
