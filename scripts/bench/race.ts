import { type Summary, summarise } from "./statistics.ts";

/** Rounds that do not count: until then the engine compiles what it finds to be hot. */
const WARM_UP = 3;

/** A measured function: one round returns one number. */
export interface Runner {
  readonly name: string;
  round(): Promise<number>;
}

/**
 * Runs all runners in turns, so that other load on the machine affects all of them. Each round begins with the next
 * runner.
 */
export async function race(runners: readonly Runner[], rounds: number): Promise<Map<string, Summary>> {
  const results = new Map(runners.map(({ name }) => [name, [] as number[]]));
  for (let round = 1 - WARM_UP; round <= rounds; round++) {
    const first = (round + WARM_UP) % runners.length;
    for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
      const result = await runner.round();
      if (round > 0) results.get(runner.name)?.push(result);
    }
  }
  return new Map([...results].map(([name, numbers]) => [name, summarise(numbers)]));
}

/**
 * Microseconds of processor time per call, on average. Other programs on the machine affect it little, and the wait for
 * a response does not count.
 *
 * @param atOnce How many calls are under way at the same time.
 */
export async function workOfCalls(calls: number, call: () => Promise<unknown>, atOnce = 1): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += atOnce) {
    if (atOnce === 1) await call();
    else await Promise.all(Array.from({ length: atOnce }, call));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
