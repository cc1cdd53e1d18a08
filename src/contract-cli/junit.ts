import type { Report, StepReport, WorkflowReport } from "./report.ts";

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly seconds: number;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly string[];
  readonly skipped?: string | undefined;
  /** True when nothing could be checked, which JUnit calls an error. */
  readonly isError?: boolean;
}

interface Suite {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
}

/** The report as JUnit XML: a suite for each workflow, a case for each step. */
export function junitOf(report: Report): string {
  const suites = [...report.workflows.map(suiteOf), ...ownSuite(report)];
  const totals = attributes({ name: "angelcam-contract", ...countsIn(suites), time: report.seconds.toFixed(3) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    ...suites.flatMap(formatSuite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteOf({ name, status, seconds, notes, faults, steps }: WorkflowReport): Suite {
  const skipped = status === "skipped" && steps.length === 0 ? notes.join("; ") : undefined;
  const hasOwn = skipped !== undefined || faults.length > 0 || steps.length === 0;
  const own: Case = { classname: name, name: "workflow", seconds: 0, properties: [], faults, skipped };
  const cases = steps.map((step) => caseOf(name, step));
  return { name, seconds, cases: withOwnNames([...(hasOwn ? [own] : []), ...cases]) };
}

/** A step that a workflow comes back to has a number: GitLab takes cases of one name for one. */
function withOwnNames(cases: readonly Case[]): Case[] {
  const times = new Map<string, number>();
  return cases.map((one) => {
    const time = (times.get(one.name) ?? 0) + 1;
    times.set(one.name, time);
    return time === 1 ? one : { ...one, name: `${one.name} (${time})` };
  });
}

function caseOf(
  classname: string,
  { name, seconds, operationId, status, faults, warnings, skipped }: StepReport,
): Case {
  const properties: Case["properties"] = [
    ...(operationId === undefined ? [] : [["operationId", operationId] as const]),
    ...(status === undefined ? [] : [["status", String(status)] as const]),
    ...warnings.map((warning) => ["warning", warning] as const),
  ];
  return { classname, name, seconds, properties, faults, skipped: faults.length > 0 ? undefined : skipped };
}

/** Cases that belong to no workflow: why it could not begin, the goals of the coverage, the baseline. */
function ownSuite({ problem, faults, checks }: Report): Suite[] {
  const own = { classname: "angelcam-contract", seconds: 0, properties: [] };
  const cases: Case[] = [
    ...(problem === undefined ? [] : [{ ...own, name: "start", faults: [problem], isError: true }]),
    ...(faults.length === 0 ? [] : [{ ...own, name: "run", faults }]),
    ...(problem === undefined && checks === 0 ? [{ ...own, name: "checks", faults: ["Nothing was checked."] }] : []),
  ];
  return cases.length === 0 ? [] : [{ name: "angelcam-contract", seconds: 0, cases }];
}

function formatSuite({ name, seconds, cases }: Suite): string[] {
  const totals = { name, ...countsIn([{ name, seconds, cases }]), time: seconds.toFixed(3) };
  return [`  <testsuite ${attributes(totals)}>`, ...cases.flatMap(formatCase), "  </testsuite>"];
}

function formatCase({ classname, name, seconds, properties, faults, skipped, isError }: Case): string[] {
  const element = isError ? "error" : "failure";
  const content = [
    ...(properties.length === 0
      ? []
      : [
          "      <properties>",
          ...properties.map(([key, value]) => `        <property ${attributes({ name: key, value })}/>`),
          "      </properties>",
        ]),
    ...(skipped === undefined ? [] : [`      <skipped ${attributes({ message: skipped })}/>`]),
    ...(faults.length === 0
      ? []
      : [`      <${element} ${attributes({ message: faults[0] ?? "" })}>${escaped(faults.join("\n"))}</${element}>`]),
  ];
  const opening = `    <testcase ${attributes({ classname, name, time: seconds.toFixed(3) })}`;
  return content.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...content, "    </testcase>"];
}

function countsIn(suites: readonly Suite[]) {
  const cases = suites.flatMap((suite) => suite.cases);
  const failed = cases.filter(({ faults }) => faults.length > 0);
  const errors = failed.filter(({ isError }) => isError).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return { tests: cases.length, failures: failed.length - errors, errors, skipped };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");
}

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
