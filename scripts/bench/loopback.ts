import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Candidate } from "./candidate.ts";
import { raceApart } from "./candidate-process.ts";
import type { Summary } from "./statistics.ts";

/** Microseconds of the client's processor for a call to a server on this machine: the overhead beside that of HTTP. */
export async function measureLoopback(
  all: readonly Candidate[],
  rounds: number,
  calls: number,
  atOnce: number,
): Promise<Map<string, Summary>> {
  await using server = await startServer();
  return await raceApart(all, rounds, { kind: "loopback", times: calls, atOnce, origin: server.origin });
}

/** The server is a process of its own, so that its work is not the client's. */
async function startServer(): Promise<{ readonly origin: string } & AsyncDisposable> {
  const script = path.join(import.meta.dirname, "loopback-server.ts");
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [origin] = await once(child.stdout.setEncoding("utf8"), "data");
  return {
    origin: String(origin).trim(),
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
