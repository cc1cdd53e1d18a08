import type { Gate, GateResult } from "./gate.ts";

/** The result of a gate, with its duration. */
interface Outcome {
  readonly name: string;
  readonly result: GateResult;
  readonly seconds: number;
}

/** Options of `runGates`. */
interface Options {
  /** How many run at the same time. */
  readonly atOnce: number;
  /** Prints a line of the report. */
  readonly print: (line: string) => void;
}

/**
 * Runs gates and reports each with its summary, its time and its faults. Where they ran one by one, with their own output
 * in between, the report is printed once more, so that the end of a log lists the failures.
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
  const passed = outcomes.filter(({ result }) => faultsOf(result).length === 0).length;
  print(`\n${passed} of ${gates.length} gates passed`);
  return passed === gates.length && gates.length > 0;
}

/** The reasons why a gate has failed: its faults, or that it checked nothing. */
function faultsOf({ examined, faults }: GateResult): readonly string[] {
  return faults.length === 0 && !(examined > 0) ? ["It checked nothing, so it proves nothing."] : faults;
}

async function run(gate: Gate, root: string): Promise<Outcome> {
  const start = performance.now();
  const result = await gate.check(root).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return { examined: 0, summary: "could not be checked", faults: [message] };
  });
  return { name: gate.name, result, seconds: (performance.now() - start) / 1000 };
}

function reportOf({ name, result, seconds }: Outcome): string {
  const faults = faultsOf(result);
  const word = faults.length === 0 ? "ok    " : "FAILED";
  const line = `${word} ${name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s  ${result.summary}`;
  return [line, ...faults.map((fault) => `       ${fault}`)].join("\n");
}
