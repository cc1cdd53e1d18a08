import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { withTemporaryFolder } from "./temporary-folder.ts";

const BINARIES = path.resolve(import.meta.dirname, "../../../node_modules/.bin");

/** How a tool ended, and what it printed. */
export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a tool. */
export interface ToolOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** Shows what the tool prints while it runs, for those that take minutes. */
  readonly echo?: boolean;
}

/** Runs a tool of this repository's node_modules in a folder, with this Node, and without reports to its makers. */
export function runTool(
  tool: string,
  parameters: readonly string[],
  folder: string,
  { environment = {}, echo = false }: ToolOptions = {},
): Promise<ToolRun> {
  const env = {
    ...process.env,
    PATH: [path.dirname(process.execPath), BINARIES, process.env.PATH].join(path.delimiter),
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
    NO_COLOR: "1",
    ...environment,
  };
  const start = (output: StdioOptions) => spawn(tool, parameters, { cwd: folder, env, stdio: output });
  return echo ? shown(start(["ignore", "pipe", "pipe"])) : kept(start);
}

/** Reads the output from files, because some tools end before a pipe has received all of it. */
function kept(start: (output: StdioOptions) => ChildProcess): Promise<ToolRun> {
  return withTemporaryFolder(async (folder) => {
    const [stdout, stderr] = [path.join(folder, "stdout"), path.join(folder, "stderr")];
    await using out = await open(stdout, "w");
    await using err = await open(stderr, "w");
    const code = await ended(start(["ignore", out.fd, err.fd]));
    return { code, stdout: await readFile(stdout, "utf8"), stderr: await readFile(stderr, "utf8") };
  });
}

async function shown(child: ChildProcess): Promise<ToolRun> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    process.stdout.write(text);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    process.stderr.write(text);
  });
  return { code: await ended(child), stdout, stderr };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(new Error(`${child.spawnfile} could not be started.`, { cause })));
    child.on("close", resolve);
  });
}

/** The lines of a text, without the empty ones. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** Parses what a tool printed as JSON; a tool that printed something else has failed. */
export function readJson<T>({ code, stdout, stderr }: ToolRun, tool: string): T {
  // Some tools print a message after the JSON.
  const end = Math.max(stdout.lastIndexOf("}"), stdout.lastIndexOf("]"));
  try {
    return JSON.parse(stdout.slice(0, end + 1)) as T;
  } catch (cause) {
    throw new Error(`${tool} ended with ${code} and printed no report:\n${stdout}${stderr}`, { cause });
  }
}
