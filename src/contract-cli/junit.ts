import { countsOf, type Report, type StepReport, type WorkflowReport } from "./report.ts";

/** The report as JUnit XML: a suite for each workflow, a case for each step. */
export function junitOf(report: Report): string {
  const tests = report.workflows.reduce((total, { steps }) => total + Math.max(1, steps.length), 0);
  const { failed, skipped } = countsOf(report);
  const totals = attributes({
    name: "angelcam-contract",
    tests,
    failures: failed,
    skipped,
    time: time(report.seconds),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    ...report.workflows.flatMap(suiteOf),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteOf({ name, status, seconds, notes, faults, steps }: WorkflowReport): string[] {
  const failures = steps.filter((step) => step.faults.length > 0).length + (faults.length > 0 ? 1 : 0);
  const own = status === "skipped" || faults.length > 0 || steps.length === 0;
  const tests = steps.length + (own ? 1 : 0);
  const totals = { name, tests, failures, skipped: status === "skipped" ? 1 : 0, time: time(seconds) };
  return [
    `  <testsuite ${attributes(totals)}>`,
    ...(own ? caseOf(name, "workflow", faults, status === "skipped" ? notes.join("; ") : undefined) : []),
    ...steps.flatMap((step) => stepOf(name, step)),
    "  </testsuite>",
  ];
}

function stepOf(workflow: string, { name, faults }: StepReport): string[] {
  return caseOf(workflow, name, faults);
}

function caseOf(workflow: string, name: string, faults: readonly string[], skipped?: string): string[] {
  const content = [
    ...(skipped === undefined ? [] : [`      <skipped ${attributes({ message: skipped })}/>`]),
    ...(faults.length === 0
      ? []
      : [`      <failure ${attributes({ message: faults[0] ?? "" })}>${escaped(faults.join("\n"))}</failure>`]),
  ];
  const opening = `    <testcase ${attributes({ classname: workflow, name })}`;
  return content.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...content, "    </testcase>"];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");
}

function time(seconds: number): string {
  return seconds.toFixed(3);
}

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
