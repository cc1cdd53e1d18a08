import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Contender } from "./contender.ts";
import { type Runner, race } from "./race.ts";
import type { Figure } from "./statistics.ts";
import type { Work } from "./work.ts";

/**
 * Runs the same work for everybody in turns, each client in a process of its own, as in the programs that use it: what the
 * engine has learned from one of them must not make another one slow, and nor must its garbage.
 *
 * @returns What the work says of itself, a figure a contender.
 */
export async function raceApart(all: readonly Contender[], rounds: number, work: Work): Promise<Map<string, Figure>> {
  await using processes = new AsyncDisposableStack();
  const runners = all.map(({ name }): Runner => {
    const child = fork(path.join(import.meta.dirname, "contender-work.ts"), [name], { execArgv: [] });
    const ended = once(child, "exit");
    processes.defer(async () => {
      child.kill();
      await ended;
    });
    return { name, round: () => numberFrom(child, ended, work) };
  });
  return await race(runners, rounds);
}

/** @throws Error with what the process says in place of a number, or that it has ended. */
async function numberFrom(child: ChildProcess, ended: Promise<unknown>, work: Work): Promise<number> {
  const answered = once(child, "message");
  child.send(work);
  const [answer] = await Promise.race([answered, ended.then(() => ["its process has ended"])]);
  if (typeof answer !== "number") throw new Error(`${child.spawnargs.at(-1)}: ${answer}`);
  return answer;
}
