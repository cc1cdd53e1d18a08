// Node only: reads the command line.
import { type ParseArgsConfig, parseArgs } from "node:util";
import { COVERAGE_KINDS } from "../contract/coverage.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import type { CoverageGoals } from "./report.ts";
import { checkReports, REPORTS, reportsIn } from "./report-options.ts";
import type { RunOptions } from "./run.ts";
import type { SessionOptions } from "./session.ts";
import { USAGE } from "./usage.ts";
import type { ReportFiles } from "./write-reports.ts";

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const flag = { type: "boolean", default: false } as const;

const COMMON = { help: { ...flag, short: "h" }, version: flag } as const;

const CHECKS = { strict: flag, ignore: text, coverage: texts, "max-response-time": text, wait: text } as const;

const RUN = {
  ...{ ...REPORTS, ...CHECKS, server: text, timeout: text, write: flag, ...COMMON },
  ...{ workflow: texts, file: texts, input: texts, list: flag, explore: flag, seed: text },
} as const;
const PROXY = {
  ...{ ...REPORTS, ...CHECKS, target: text, port: text, record: text, timeout: text, "read-only": flag, ...COMMON },
} as const;
const DIFF = { known: text, json: text, ...COMMON } as const;

/** Options of a run that do not come from the command line. */
type FromCommand = "environment" | "onWorkflow" | "onNote";

/** The command, and its options. */
export type CommandLine =
  | { readonly command: "help" | "version" }
  | { readonly command: "list"; readonly files: readonly string[] }
  | { readonly command: "run"; readonly options: Omit<RunOptions, FromCommand>; readonly reports: ReportFiles }
  | {
      readonly command: "explore";
      readonly options: Omit<SessionOptions, FromCommand>;
      readonly seed: number | undefined;
      readonly reports: ReportFiles;
    }
  | {
      readonly command: "proxy";
      readonly options: Omit<SessionOptions, FromCommand>;
      readonly port: number;
      readonly program: readonly string[];
      readonly reports: ReportFiles;
    }
  | {
      readonly command: "diff";
      readonly file: string;
      readonly known: string | undefined;
      readonly reports: ReportFiles;
    };

/**
 * Reads the arguments of the command.
 *
 * @throws CannotRunError for an unknown option or an invalid value, with the help behind it.
 */
export function readCommandLine(args: string[]): CommandLine {
  orMisuse(() => checkReports(args));
  const [name, ...rest] = args;
  if (name === "proxy") return readProxy(rest);
  if (name === "diff") return readDiff(rest);
  const { values } = parse({ args, options: RUN });
  if (values.help || values.version) return { command: values.help ? "help" : "version" };
  const { workflow: workflows = [], file: files = [], input = [], server, write } = values;
  if (values.list) return { command: "list", files };
  const shared = {
    ...sharedOptions(values),
    server,
    mayWrite: write,
    timeout: seconds("timeout", values.timeout, 300),
  };
  const reports = reportsIn(values);
  if (values.explore) {
    const other = [...workflows, ...files, ...input][0];
    if (other !== undefined) throw misuse("--explore runs no workflows: leave out --workflow, --file and --input");
    const seed = values.seed === undefined ? undefined : wholeNumber("seed", values.seed, 0);
    return { command: "explore", options: shared, seed, reports };
  }
  if (values.seed !== undefined) throw misuse("--seed goes with --explore");
  const inputs = Object.fromEntries(input.map(readInput));
  return { command: "run", options: { ...shared, files, workflows, inputs }, reports };
}

function readProxy(args: string[]): CommandLine {
  const end = args.indexOf("--");
  const [own, program] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  const { values } = parse({ args: own, options: PROXY });
  if (values.help || values.version) return { command: values.help ? "help" : "version" };
  if (values.target === undefined) throw misuse("proxy needs --target, the address of the server");
  if (values.record !== undefined && values.har !== undefined)
    throw misuse("--record and --har are the same: give one");
  if (end !== -1 && program.length === 0) throw misuse("-- is followed by the program to run");
  const port = wholeNumber("port", values.port ?? (program.length > 0 ? "0" : "4030"), 0, 65_535);
  const options = {
    ...{ ...sharedOptions(values), server: values.target, serverOption: "--target", mayWrite: !values["read-only"] },
    timeout: seconds("timeout", values.timeout, 604_800),
  };
  return { command: "proxy", options, port, program, reports: reportsIn(values) };
}

function readDiff(args: string[]): CommandLine {
  const { values, positionals } = parse({ args, options: DIFF, allowPositionals: true });
  if (values.help || values.version) return { command: values.help ? "help" : "version" };
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw misuse("diff takes one file: the other OpenAPI document");
  return { command: "diff", file, known: values.known, reports: reportsIn(values) };
}

function sharedOptions(values: {
  readonly wait?: string | undefined;
  readonly strict: boolean;
  readonly ignore?: string | undefined;
  readonly coverage?: string[] | undefined;
  readonly "max-response-time"?: string | undefined;
}) {
  return {
    wait: seconds("wait", values.wait, 0),
    maxResponseTime: seconds("max-response-time", values["max-response-time"], 20),
    strict: values.strict,
    ignore: values.ignore,
    coverage: readGoals(values.coverage ?? []),
  };
}

function readGoals(goals: readonly string[]): CoverageGoals {
  return Object.fromEntries(
    goals.map((goal) => {
      const [, kind = "", percent = ""] = goal.match(/^(\w+)=(\d+(?:\.\d+)?)$/) ?? [];
      if (!COVERAGE_KINDS.some((known) => known === kind) || Number(percent) > 100) {
        throw misuse(`--coverage takes one of ${COVERAGE_KINDS.join(", ")} and a percentage, such as operations=40`);
      }
      return [kind, Number(percent)];
    }),
  );
}

function readInput(argument: string): readonly [string, string] {
  const [, name, value] = argument.match(/^([\w-]+)=(.*)$/s) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  // The argument may be a secret, so it is not shown.
  throw misuse("--input takes a name and a text, such as --input cameraId=20311");
}

function seconds(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const least = name === "wait" ? 0 : 0.001;
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(value) && Number(value) >= least) return Number(value);
  if (Number(value) === 0) throw misuse(`--${name} takes more than 0 seconds`);
  throw misuse(`--${name} takes a number of seconds, not "${value}"`);
}

function wholeNumber(name: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (/^\d{1,16}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw misuse(`--${name} takes a whole number from ${least} to ${most}, not "${value}"`);
}

function parse<T extends ParseArgsConfig>(config: T) {
  return orMisuse(() => parseArgs(config));
}

function orMisuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Node goes on with advice that does not fit this command.
    throw misuse((error as Error).message.split(". ")[0] ?? "");
  }
}

function misuse(problem: string): CannotRunError {
  return new CannotRunError(`${problem}\n\n${USAGE}`);
}
