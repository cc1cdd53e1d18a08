// Node only: runs a program beside the proxy, and ends it with all that it has started.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { CannotRunError } from "./cannot-run-error.ts";

/** Milliseconds that the program has to end after the proxy was stopped. */
const GRACE = 5_000;

/** Milliseconds between two checks whether it has ended. */
const POLL_INTERVAL = 50;

/** Windows has no process groups: there, only the program itself is ended. */
const HAS_GROUPS = process.platform !== "win32";

/**
 * Runs the program to its end, in a process group of its own: a shell leaves its children behind when it alone is ended.
 *
 * @param origin The address of the proxy, for the program's environment.
 * @param signal Aborts when the program is to end.
 * @returns What is wrong with that end.
 * @throws CannotRunError where there is no such program.
 */
export async function runProgram(
  [command = "", ...args]: readonly string[],
  origin: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const child = spawn(command, args, { stdio: "inherit", env: environmentFor(origin), detached: HAS_GROUPS });
  let stopping: Promise<void> | undefined;
  const onAbort = () => {
    stopping = stop(child);
  };
  const kill = () => send(child, "SIGKILL");
  signal.addEventListener("abort", onAbort, { once: true });
  process.once("exit", kill);
  try {
    const [code, killer] = (await once(child, "close")) as [number | null, string | null];
    await stopping;
    if (signal.aborted || code === 0) return undefined;
    return `the program ended with ${code === null ? killer : `exit code ${code}`}`;
  } catch (error) {
    throw new CannotRunError(`The program cannot be run: ${(error as Error).message}. Check its name after --.`);
  } finally {
    signal.removeEventListener("abort", onAbort);
    process.off("exit", kill);
  }
}

/** Asks the program and its children to end, and ends those that do not. */
async function stop(child: ChildProcess): Promise<void> {
  const latest = Date.now() + GRACE;
  send(child, "SIGTERM");
  while (send(child, 0) && Date.now() < latest) await sleep(POLL_INTERVAL);
  send(child, "SIGKILL");
}

/** @returns False where there is no process any more. */
function send({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(HAS_GROUPS ? -pid : pid, signal);
  } catch {
    return false;
  }
}

/** The environment of the program. In a network with a proxy of its own, requests to ours must not go there. */
function environmentFor(origin: string): NodeJS.ProcessEnv {
  const { NO_PROXY, no_proxy: given = NO_PROXY } = process.env;
  const direct = given === "*" ? given : [given, new URL(origin).hostname].filter(Boolean).join(",");
  return { ...process.env, NO_PROXY: direct, no_proxy: direct, ANGELCAM_BASE_URL: origin };
}
