// Node only: reads the command line.
import path from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { ReportFiles } from "./write-reports.ts";

const text = { type: "string" } as const;

/** The options that name a file for a report. */
export const REPORTS = { json: text, junit: text, html: text, har: text } as const;

/** The options that name a file to read. */
const INPUTS = { ignore: text, known: text, file: text } as const;

/** The files of the reports that were requested. */
export function reportsIn(values: Readonly<Record<string, unknown>>): ReportFiles {
  const { json, junit, html, har, record } = values;
  const files = Object.entries({ json, junit, html, har: har ?? record });
  return Object.fromEntries(files.filter(([, file]) => typeof file === "string" && file !== ""));
}

/** The files of reports, as far as they can be found in arguments that may be wrong. */
export function findReportFiles(args: readonly string[]): ReportFiles {
  return reportsIn(Object.fromEntries(reportOptions(args)));
}

/** Every file that an argument names for a report: one of an earlier run must not be left there. */
export function namedReportFiles(args: readonly string[]): string[] {
  return reportOptions(args).map(([, file]) => file);
}

/** Each report and its file, in their order. A file that the command reads is none: it is neither removed nor written. */
function reportOptions(args: readonly string[]): FileOption[] {
  const files = fileOptions(args);
  const inputs = files.filter(isInput);
  return files.filter((one) => !isInput(one) && !inputs.some((input) => isSameFile(input, one)));
}

/** An option and the file that it names. */
type FileOption = readonly [option: string, file: string];

/** Every option that names a file, in their order. */
function fileOptions(args: readonly string[]): FileOption[] {
  const options: ParseArgsConfig["options"] = { ...REPORTS, record: text, ...INPUTS };
  const end = args.indexOf("--");
  const own = end === -1 ? [...args] : args.slice(0, end);
  const { tokens } = parseArgs({ args: own, options, strict: false, tokens: true });
  return tokens.flatMap((token): FileOption[] => {
    if (token.kind === "option" && Object.hasOwn(options, token.name) && token.value)
      return [[token.name, token.value]];
    // `diff` alone takes a file without an option.
    return token.kind === "positional" && token.index > 0 && args[0] === "diff" ? [["", token.value]] : [];
  });
}

function isInput([option]: FileOption): boolean {
  return option === "" || Object.hasOwn(INPUTS, option);
}

function isSameFile([, one]: FileOption, [, other]: FileOption): boolean {
  return path.resolve(one) === path.resolve(other);
}

/** @throws TypeError for a report that would overwrite another one, or a file that the command reads. */
export function checkReports(args: readonly string[]): void {
  const files = fileOptions(args);
  for (const report of files.filter((one) => !isInput(one))) {
    const other = files.find((one) => one[0] !== report[0] && isSameFile(one, report));
    if (other === undefined) continue;
    if (other[0] === "") throw new TypeError(`--${report[0]} names the document to compare`);
    throw new TypeError(`--${report[0]} and --${other[0]} name the same file`);
  }
}
