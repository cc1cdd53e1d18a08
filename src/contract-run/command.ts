#!/usr/bin/env node
// Node only: the command `angelcam-contract`.
import { writeFile } from "node:fs/promises";
import { CannotRunError } from "./cannot-run-error.ts";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { formatSummary, formatWorkflow } from "./format.ts";
import { junitOf } from "./junit.ts";
import { readWorkflows } from "./read-workflows.ts";
import { runContract } from "./run.ts";

/** Ways to end: all is well, something is wrong with the server, it could not begin. */
const [PASSED, FAILED, CANNOT_RUN] = [0, 1, 2];

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const commandLine = readCommandLine(process.argv.slice(2));
    if (commandLine === "help") return print(USAGE);
    return commandLine.list ? print(await list(commandLine)) : await check(commandLine);
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    console.error(error.message);
    return CANNOT_RUN;
  }
}

async function check({ json, junit, ...options }: CommandLine): Promise<number> {
  const report = await runContract({
    ...options,
    environment: process.env,
    onWorkflow: (workflow) => console.log(formatWorkflow(workflow)),
    onNote: (note) => console.error(note),
  });
  console.log(formatSummary(report));
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

function print(text: string): number {
  console.log(text);
  return PASSED;
}
