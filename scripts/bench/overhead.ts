import type { Contender } from "./contender.ts";
import { raceApart } from "./contender-process.ts";
import type { Figure } from "./statistics.ts";

/** Microseconds of the processor for a call with a stubbed fetch: what the client itself costs, and the answer that every fetch makes. */
export function measureOverhead(
  all: readonly Contender[],
  rounds: number,
  times: number,
): Promise<Map<string, Figure>> {
  return raceApart(all, rounds, { kind: "calls", times });
}

/** Milliseconds of the processor for a list of 1,000 cameras in pages of 100, with a stubbed fetch. */
export function measureList(all: readonly Contender[], rounds: number, times: number): Promise<Map<string, Figure>> {
  return raceApart(all, rounds, { kind: "lists", times });
}
