// Node only: reads the command line.
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { ReportFiles } from "./write-reports.ts";

const text = { type: "string" } as const;

/** The options that name a file for a report. */
export const REPORTS = { json: text, junit: text, html: text, har: text } as const;

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

/** Each report and its file, in their order. */
function reportOptions(args: readonly string[]): [name: string, file: string][] {
  const options: ParseArgsConfig["options"] = { ...REPORTS, record: text };
  const end = args.indexOf("--");
  const own = end === -1 ? [...args] : args.slice(0, end);
  const { tokens } = parseArgs({ args: own, options, strict: false, tokens: true });
  return tokens.flatMap((token): [string, string][] =>
    token.kind === "option" && Object.hasOwn(options, token.name) && token.value ? [[token.name, token.value]] : [],
  );
}

/** @throws TypeError for two reports of which one would overwrite the other. */
export function checkReports(args: readonly string[]): void {
  const reports = reportOptions(args);
  for (const [name, file] of reports) {
    const [other] = reports.find((one) => one[0] !== name && one[1] === file) ?? [];
    if (other !== undefined) throw new TypeError(`--${name} and --${other} name the same file`);
  }
}
