import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { endWithThisProcess } from "../../test/support/end-with-this-process.ts";
import type { Run } from "./summary.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Milliseconds between asking a run to end and making it. */
const GRACE = 5_000;

/** Runs a command once, with its output shown, until it ends, the signal aborts or its time is up. */
export async function run(command: readonly string[], seconds: number, signal: AbortSignal): Promise<Run> {
  const started = performance.now();
  const [program = "", ...parameters] = command;
  const child = spawn(program, parameters, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  endWithThisProcess(child);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  let killer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    child.kill("SIGTERM");
    killer = setTimeout(() => child.kill("SIGKILL"), GRACE);
  };
  limit.addEventListener("abort", stop, { once: true });
  if (limit.aborted) stop();
  try {
    const [code] = (await once(child, "exit")) as [number | null];
    const end = signal.aborted ? "stopped" : limit.aborted ? "time is up" : code === 0 ? "green" : "red";
    return { end, seconds: (performance.now() - started) / 1000 };
  } finally {
    clearTimeout(killer);
    limit.removeEventListener("abort", stop);
  }
}
