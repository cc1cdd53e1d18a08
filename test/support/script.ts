import { execFile, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { endWithTest } from "./end-with-test.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A script of this repository, running as a process of its own. */
export interface Script extends AsyncDisposable {
  readonly pid: number;
  /** Its output so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until the script has printed something like this; rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Its exit code or signal, once all of its output is there. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a script. It is killed at the end of an `await using` block, with its test, or with this process, if it has not
 * ended by then.
 */
export function startScript(arguments_: readonly string[], environment: NodeJS.ProcessEnv = {}): Script {
  // The environment of these tests is not passed on, because it may hold credentials.
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, arguments_, {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  endWithTest(child);
  let [stdout, stderr] = ["", ""];
  let onOutput = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onOutput();
  });
  const ended = new Promise<Awaited<Script["ended"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    kill: (signal) => child.kill(signal),
    printed(pattern) {
      return new Promise((resolve, reject) => {
        onOutput = () => {
          const match = (stdout + stderr).match(pattern);
          if (match) resolve(match);
        };
        onOutput();
        ended.then(({ code }) =>
          reject(new Error(`It ended with ${code} and never printed ${pattern}:\n${stdout}${stderr}`)),
        );
      });
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The processes that a process has started, as their ids. */
export async function childrenOf(pid: number): Promise<number[]> {
  const all = process.platform === "linux" ? await processesOfLinux() : await processesOfSystem();
  return all.filter(([, parent]) => parent === pid).map(([child]) => child);
}

type ProcessAndParent = readonly [number, number];

/** Without `ps`, which small containers lack. */
async function processesOfLinux(): Promise<ProcessAndParent[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    ids.map(async (id) => {
      // It may have ended since. The name between the brackets may hold anything.
      const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
      return [Number(id), Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2])] as const;
    }),
  );
}

async function processesOfSystem(): Promise<ProcessAndParent[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [id, parent] = line.trim().split(/\s+/).map(Number);
      return [id ?? 0, parent ?? 0] as const;
    });
}

/** True while there is a process of this id. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
