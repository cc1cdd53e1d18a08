import { formatCoverage } from "../contract/format-coverage.ts";
import { countsOf, type Report, type StepReport, type WorkflowReport } from "./report.ts";

const LABELS = { passed: "ok     ", failed: "FAILED ", skipped: "skipped" } as const;

/** Wide enough for the names of our workflows. */
const NAME_WIDTH = 18;

/** A workflow in a line, and a line for everything that is wrong. */
export function formatWorkflow({ name, status, seconds, notes, faults, steps }: WorkflowReport): string {
  const checks = steps.reduce((total, step) => total + step.checks, 0);
  const requests = steps.reduce((total, step) => total + step.requests, 0);
  const figures = `${count(requests, "request")}, ${count(checks, "check")}, ${seconds.toFixed(1)} s`;
  return [
    `${LABELS[status]} ${name.padEnd(NAME_WIDTH)} ${status === "skipped" ? notes.join("; ") : figures}`,
    ...faults.map((fault) => `        ${fault}`),
    ...steps.flatMap(formatStep),
    ...(status === "skipped" ? [] : notes.map((note) => `        note: ${note}`)),
  ].join("\n");
}

/** The end of a run: the coverage, and the sum. */
export function formatSummary(report: Report): string {
  const { requests, checks, seconds, coverage, server, mock } = report;
  const { passed, failed, skipped } = countsOf(report);
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  return [
    "",
    ...formatCoverage(coverage)
      .split("\n")
      .filter((line) => line.startsWith("|")),
    "",
    `${report.passed ? "Passed" : "FAILED"}: ${server}${mock ? " (the mock)" : ""}`,
    `${counts}; ${count(requests, "answer")}, ${count(checks, "check")}, ${seconds.toFixed(1)} s`,
    ...(checks === 0 ? ["Nothing was checked, which counts as a failure."] : []),
  ].join("\n");
}

function formatStep({ name, faults, violations }: StepReport): string[] {
  const warnings = violations.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  return [
    ...faults.map((fault) => `        ${name}: ${fault}`),
    ...[...new Set(warnings)].map((warning) => `        ${name}: warning: ${warning}`),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
