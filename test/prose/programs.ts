import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeBlock } from "./code-blocks.ts";
import type { ProgramRun } from "./run-programs.ts";

const RUNNER = path.join(import.meta.dirname, "run-programs.ts");
const PACKAGE = pathToFileURL(path.join(import.meta.dirname, "../support/package-source.ts")).href;

/** Milliseconds until programs are killed. */
const LONGEST_RUN = 200_000;

/** A block that is a test for `node --test` reports by its exit code, not by what it throws. */
const IS_TEST = /from "node:test"/;

/** A block that makes an Angelcam of its own need not reach ours. */
const HAS_OWN_SANDBOX = /from "angelcam-client\/(sandbox|contract)"/;

/**
 * Runs TypeScript blocks, each as a program of a user of the package.
 *
 * @param folder An empty folder for the files that the programs write.
 * @returns Each fault, with the file and line where the block was written.
 */
export async function runPrograms(blocks: readonly CodeBlock[], folder: string, mock: string): Promise<string[]> {
  const programs = new Map<string, CodeBlock>();
  for (const [index, block] of blocks.entries()) {
    const file = path.join(folder, String(index), "block.mts");
    await mkdir(path.dirname(file), { recursive: true });
    // Empty lines in front, so that a stack names the line of the Markdown.
    await writeFile(file, "\n".repeat(block.line - 1) + block.code);
    programs.set(file, block);
  }
  const files = [...programs.keys()];
  const tests = files.filter((file) => IS_TEST.test(programs.get(file)?.code ?? ""));
  const others = files.filter((file) => !tests.includes(file));
  const runs = (await Promise.all([runTogether(others, mock), ...tests.map(runTest)])).flat();
  return runs.flatMap(({ file, fault, requests }) => {
    const block = programs.get(file);
    if (block === undefined) throw new Error(`there is no block for ${file}`);
    if (fault !== undefined) return [`${block.file}:${lineIn(fault, block)}: ${messageOf(fault)}`];
    const idle = requests === 0 && !HAS_OWN_SANDBOX.test(block.code);
    return idle ? [`${block.file}:${block.line}: it runs, and asks Angelcam for nothing`] : [];
  });
}

async function runTogether(files: readonly string[], mock: string): Promise<ProgramRun[]> {
  if (files.length === 0) return [];
  const { code, stdout, stderr } = await node(RUNNER, mock, ...files);
  if (code !== 0) throw new Error(`The programs were not run to their end: ${stderr || stdout}`);
  return JSON.parse(stdout) as ProgramRun[];
}

async function runTest(file: string): Promise<ProgramRun> {
  const prepare = `data:text/javascript,import { resolvePackageToSource } from "${PACKAGE}"; resolvePackageToSource();`;
  const { code, stdout, stderr } = await node("--import", prepare, "--test-reporter=tap", file);
  const tests = Number(stdout.match(/^# tests (\d+)$/m)?.[1] ?? 0);
  const [, reason = "a test without any test in it", stack = ""] =
    stdout.match(/error: ([^\n]*).*?stack: \|-\n(.*)/s) ?? [];
  const fault = code === 0 && tests > 0 ? undefined : `error: ${reason}\n${stack}\n${stderr}`;
  return { file, fault, output: stdout, requests: 0 };
}

async function node(...parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { timeout: LONGEST_RUN, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

function lineIn(fault: string, block: CodeBlock): number {
  return Number(fault.match(/block\.mts:(\d+)/)?.[1] ?? block.line);
}

/** The line of a stack with the error message. */
function messageOf(fault: string): string {
  const lines = fault.split("\n").map((line) => line.trim());
  return lines.find((line) => /error\b/i.test(line) && !line.startsWith("at ")) ?? lines[0] ?? "";
}
