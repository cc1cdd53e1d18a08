import { type Figure, summarise } from "./statistics.ts";

/** Rounds that do not count: until then the engine compiles what it finds to be hot. */
const WARM_UP = 3;

/** Something to be measured: one round of it gives one number. */
export interface Runner {
  readonly name: string;
  round(): Promise<number>;
}

/**
 * Runs everybody in turns, so that what happens on the machine meanwhile happens to all. Each round begins with the
 * next one.
 */
export async function race(runners: readonly Runner[], rounds: number): Promise<Map<string, Figure>> {
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
 * Microseconds of the processor that a call takes, on average over so many, so many of them at once. What else runs on
 * the machine counts little in it, and waiting for an answer does not count at all.
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
