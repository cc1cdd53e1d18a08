import type { Gate, Verdict } from "./gate.ts";

/** How a gate ended. */
interface Outcome {
  readonly name: string;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** How to run gates. */
interface Options {
  /** How many run at the same time. */
  readonly atOnce: number;
  /** Takes a line of the report. */
  readonly print: (line: string) => void;
}

/**
 * Runs gates and reports each with its figure, its time and its faults, once more at the end where they ran one by one
 * and their own output stands between: whoever has only the end of a log is told what failed.
 *
 * @returns true when every gate has passed, and there was one.
 */
export async function runGates(gates: readonly Gate[], root: string, { atOnce, print }: Options): Promise<boolean> {
  const outcomes: Outcome[] = [];
  const waiting = gates.entries();
  const worker = async () => {
    for (const [index, gate] of waiting) {
      if (atOnce === 1) print(`\n== ${gate.name}`);
      const outcome = await run(gate, root);
      outcomes[index] = outcome;
      print(reportOf(outcome));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (atOnce === 1) print(["", ...outcomes.map(reportOf)].join("\n"));
  const passed = outcomes.filter(({ verdict }) => faultsOf(verdict).length === 0).length;
  print(`\n${passed} of ${gates.length} gates passed`);
  return passed === gates.length && gates.length > 0;
}

/** What keeps a gate from passing: what it found, or that it looked at nothing. */
function faultsOf({ examined, faults }: Verdict): readonly string[] {
  return faults.length === 0 && !(examined > 0) ? ["It looked at nothing, so it has shown nothing."] : faults;
}

async function run(gate: Gate, root: string): Promise<Outcome> {
  const start = performance.now();
  const verdict = await gate.check(root).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return { examined: 0, figure: "could not be checked", faults: [message] };
  });
  return { name: gate.name, verdict, seconds: (performance.now() - start) / 1000 };
}

function reportOf({ name, verdict, seconds }: Outcome): string {
  const faults = faultsOf(verdict);
  const word = faults.length === 0 ? "ok    " : "FAILED";
  const line = `${word} ${name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s  ${verdict.figure}`;
  return [line, ...faults.map((fault) => `       ${fault}`)].join("\n");
}
