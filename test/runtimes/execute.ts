import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/** The output of a program. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface ExecuteOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds until a program counts as stuck. The slowest is the install of the runtimes over a slow connection. */
const LONGEST = 600_000;

/**
 * Runs a program to its end.
 *
 * @throws Error with the program's output, when it fails.
 */
export async function execute(
  program: string,
  parameters: readonly string[],
  { cwd, env = {} }: ExecuteOptions,
): Promise<Output> {
  try {
    return await promisify(execFile)(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      timeout: LONGEST,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "", code } = error as Partial<Output> & { code?: unknown };
    throw new Error(`${path.basename(program)} ${parameters[0] ?? ""} ended with ${code}:\n${stdout}${stderr}`);
  }
}
