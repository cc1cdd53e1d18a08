import path from "node:path";
import { CommandLineError, readCommandLine } from "../shared/command-line.ts";
import { stopSignal } from "../shared/stop-signal.ts";
import { startBusyLoops } from "./busy-loops.ts";
import { run } from "./run.ts";
import { formatRun, type Run, summaryOf } from "./summary.ts";

const HELP = `Runs the quick tests several times while six busy loops take the processor from them.

  npm run test:busy -- [options]

  --runs N         How often. Default: 3.
  --minutes N      Minutes that a run may take. Default: 30.
  --command TEXT   Run this with the shell, in place of the quick tests.
  --help           Show this.

Exit code: 0 when every run was green, 1 when one was not, 2 for an unknown option.`;

const OPTIONS = {
  runs: { type: "string", default: "3" },
  minutes: { type: "string", default: "30" },
  command: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const LOOPS = 6;
const VITEST = path.resolve(import.meta.dirname, "../../node_modules/vitest/vitest.mjs");

try {
  const { runs, minutes, command, help } = readCommandLine(OPTIONS, HELP);
  if (help) console.log(HELP);
  else {
    // With `exec` the shell becomes the command, so that a signal reaches it.
    const words = command === undefined ? [process.execPath, VITEST, "run", "--typecheck"] : shellOf(command);
    process.exitCode = await testBusy(words, numberOf("runs", runs), numberOf("minutes", minutes));
  }
} catch (error) {
  if (!(error instanceof CommandLineError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function testBusy(command: readonly string[], wanted: number, minutes: number): Promise<number> {
  const { signal, exitCode } = stopSignal();
  const runs: Run[] = [];
  await using loops = startBusyLoops(LOOPS);
  console.log(`Busy loops: ${loops.ids.join(" ")}`);
  while (runs.length < wanted && !signal.aborted) {
    const one = await run(command, minutes * 60, signal);
    runs.push(one);
    console.log(formatRun(one, runs.length, wanted));
  }
  const { text, passed } = summaryOf(runs, wanted, LOOPS);
  console.log(text);
  return exitCode() || (passed ? 0 : 1);
}

function shellOf(command: string): string[] {
  return ["/bin/sh", "-c", `exec ${command}`];
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number) && (option !== "runs" || Number.isInteger(number))) return number;
  throw new CommandLineError(`--${option} must be a number above 0, got "${text}"\n\n${HELP}`);
}
