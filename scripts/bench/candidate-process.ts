import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Candidate } from "./candidate.ts";
import { type Runner, race } from "./race.ts";
import type { Summary } from "./statistics.ts";
import type { Work } from "./work.ts";

/**
 * Runs the same work for all candidates in turns, each in a process of its own, so that the optimisations and the garbage
 * of one client do not slow another down.
 *
 * @returns The summary of each candidate by its name.
 */
export async function raceApart(all: readonly Candidate[], rounds: number, work: Work): Promise<Map<string, Summary>> {
  await using processes = new AsyncDisposableStack();
  const runners = all.map(({ name }): Runner => {
    const child = fork(path.join(import.meta.dirname, "candidate-worker.ts"), [name], { execArgv: [] });
    const ended = once(child, "exit");
    processes.defer(async () => {
      child.kill();
      await ended;
    });
    return { name, round: () => numberFrom(child, ended, work) };
  });
  return await race(runners, rounds);
}

/** @throws Error with the message of the process in place of a number, or that it has ended. */
async function numberFrom(child: ChildProcess, ended: Promise<unknown>, work: Work): Promise<number> {
  const message = once(child, "message");
  child.send(work);
  const [result] = await Promise.race([message, ended.then(() => ["its process has ended"])]);
  if (typeof result !== "number") throw new Error(`${child.spawnargs.at(-1)}: ${result}`);
  return result;
}
