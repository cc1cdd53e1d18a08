import { COVERAGE_KINDS, type Coverage } from "../contract/coverage.ts";
import { formatCoverage } from "../contract/format-coverage.ts";
import { countsOf, type Report, type StepReport, type WorkflowReport } from "./report.ts";

const LABELS = { passed: "ok     ", failed: "FAILED ", skipped: "skipped" } as const;

/** Wide enough for the names of our workflows. */
const NAME_WIDTH = 18;

/** More names than this are counted, not listed. */
const MOST_NAMES = 12;

/** A workflow in one line, and a line for everything that is wrong. */
export function formatWorkflow({ name, status, seconds, notes, faults, steps }: WorkflowReport): string {
  const checks = sum(steps.map((step) => step.checks));
  const requests = sum(steps.map((step) => step.requests));
  const totals = `${count(requests, "request")}, ${count(checks, "check")}, ${seconds.toFixed(1)} s`;
  return [
    `${LABELS[status]} ${name.padEnd(NAME_WIDTH)} ${status === "skipped" ? notes.join("; ") : totals}`,
    ...faults.map((fault) => `        ${fault}`),
    ...steps.flatMap(formatStep),
    ...(status === "skipped" ? [] : notes.map((note) => `        note: ${note}`)),
  ].join("\n");
}

/** The end of a run: the coverage, what was not covered, and the totals. */
export function formatSummary(report: Report): string {
  const { requests, checks, seconds, coverage, server, mock, faults, ignored } = report;
  const { passed, failed, skipped } = countsOf(report);
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const warnings = report.workflows.flatMap(({ steps }) => steps.flatMap((step) => step.warnings)).length;
  return [
    "",
    ...formatCoverage(coverage)
      .split("\n")
      .filter((line) => line.startsWith("|")),
    "",
    ...ignored.map(({ message, reason, times }) => `ignored (${count(times, "time")}): ${message}: ${reason}`),
    ...faults.map((fault) => `FAILED: ${fault}`),
    `${report.passed ? "Passed" : "FAILED"}: ${server}${mock ? " (the mock)" : ""}: ${coveredText(coverage)}`,
    `${counts}; ${count(requests, "response")}, ${count(checks, "check")}, ${count(warnings, "warning")}, ${seconds.toFixed(1)} s`,
    ...notCovered(report),
    ...(checks === 0 ? ["Nothing was checked, which counts as a failure."] : []),
  ].join("\n");
}

function coveredText(coverage: Coverage): string {
  const parts = COVERAGE_KINDS.filter((kind) => kind === "operations" || kind === "responses").map((kind) => {
    return `${coverage[kind].exercised} of ${coverage[kind].total} ${kind}`;
  });
  return `checked ${parts.join(" and ")} of the document`;
}

function notCovered({ coverage, workflows }: Report): string[] {
  const { missing } = coverage.operations;
  const listed = missing.slice(0, MOST_NAMES).join(", ");
  const more = missing.length > MOST_NAMES ? ` and ${missing.length - MOST_NAMES} more` : "";
  const skipped = workflows.filter(({ status }) => status === "skipped").map(({ name }) => name);
  return [
    ...(missing.length === 0 ? [] : [`Not checked: ${count(missing.length, "operation")}: ${listed}${more}`]),
    ...(skipped.length === 0 ? [] : [`Not run: ${skipped.join(", ")} (see the reasons above)`]),
  ];
}

function formatStep({ name, faults, warnings, skipped }: StepReport): string[] {
  return [
    ...faults.map((fault) => `        ${name}: ${fault}`),
    ...warnings.map((warning) => `        ${name}: warning: ${warning}`),
    ...(skipped === undefined || faults.length > 0 ? [] : [`        ${name}: skipped: ${skipped}`]),
  ];
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
