import { spawn } from "node:child_process";
import path from "node:path";

const BINARIES = path.resolve(import.meta.dirname, "../../node_modules/.bin");

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
  return new Promise((fulfil, reject) => {
    const child = spawn(tool, parameters, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (echo) process.stdout.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (echo) process.stderr.write(text);
    });
    child.on("error", (cause) => reject(new Error(`${tool} could not be started. Run npm ci first.`, { cause })));
    child.on("close", (code) => fulfil({ code, stdout, stderr }));
  });
}

/** The lines of a text, without the empty ones. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** Parses what a tool printed as JSON; a tool that printed something else has failed, and says why. */
export function readJson<T>({ code, stdout, stderr }: ToolRun, tool: string): T {
  // Some print a line for people behind it.
  const end = Math.max(stdout.lastIndexOf("}"), stdout.lastIndexOf("]"));
  try {
    return JSON.parse(stdout.slice(0, end + 1)) as T;
  } catch (cause) {
    throw new Error(`${tool} ended with ${code} and told nothing:\n${stdout}${stderr}`, { cause });
  }
}
