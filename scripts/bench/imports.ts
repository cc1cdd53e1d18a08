import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Candidate } from "./candidate.ts";
import { inFreshProcess } from "./fresh-process.ts";
import { race } from "./race.ts";
import type { Summary } from "./statistics.ts";

/** An empty module, to measure the time that Node itself takes. */
const NOTHING = "data:text/javascript,";

/** Milliseconds of the processor that a fresh Node takes for an import, over one that imports an empty module just before. */
export function measureImports(all: readonly Candidate[], rounds: number): Promise<Map<string, Summary>> {
  const runners = all.flatMap(({ name, module, isVariant }) => {
    if (module === undefined || isVariant) return [];
    const target = path.isAbsolute(module) ? pathToFileURL(module).href : module;
    return { name, round: async () => -workOfImport(NOTHING) + workOfImport(target) };
  });
  return race(runners, rounds);
}

function workOfImport(target: string): number {
  return inFreshProcess(
    `await import(${JSON.stringify(target)}); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`,
  );
}
