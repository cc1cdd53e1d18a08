import type { Candidate } from "./candidate.ts";
import { raceApart } from "./candidate-process.ts";
import type { Summary } from "./statistics.ts";

/** Microseconds of the processor for a call with a stubbed fetch: the cost of the client itself and of the response that every fetch creates. */
export function measureOverhead(
  all: readonly Candidate[],
  rounds: number,
  times: number,
): Promise<Map<string, Summary>> {
  return raceApart(all, rounds, { kind: "calls", times });
}

/** Milliseconds of the processor for a list of 1,000 cameras in pages of 100, with a stubbed fetch. */
export function measureList(all: readonly Candidate[], rounds: number, times: number): Promise<Map<string, Summary>> {
  return raceApart(all, rounds, { kind: "lists", times });
}
