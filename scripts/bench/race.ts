import { type Figure, summarise } from "./statistics.ts";

/** Something to be measured: one round of it gives one number. */
export interface Runner {
  readonly name: string;
  round(): Promise<number>;
}

/**
 * Runs everybody in turns, so that what happens on the machine meanwhile happens to all. Each round begins with the
 * next one, and the first round warms up and does not count.
 */
export async function race(runners: readonly Runner[], rounds: number): Promise<Map<string, Figure>> {
  const results = new Map(runners.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    const first = round % runners.length;
    for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
      const result = await runner.round();
      if (round > 0) results.get(runner.name)?.push(result);
    }
  }
  return new Map([...results].map(([name, numbers]) => [name, summarise(numbers)]));
}

/** Microseconds of the processor that a call takes, on average over so many: what else runs on the machine counts little. */
export async function workOfCalls(calls: number, call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Microseconds that a call takes by the clock on the wall, on average over so many, so many at once. */
export async function timeOfCalls(calls: number, atOnce: number, call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < calls; done += atOnce) await Promise.all(Array.from({ length: atOnce }, call));
  return ((performance.now() - started) * 1000) / calls;
}
