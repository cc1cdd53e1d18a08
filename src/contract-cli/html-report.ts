import { COVERAGE_KINDS } from "../contract/coverage.ts";
import { countsOf, type Report, type StepReport, type WorkflowReport } from "./report.ts";

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #c9d1d9}
ul{margin:0;padding-left:1.1rem}.failed{color:#a40e26;font-weight:600}.passed{color:#116329}.skipped,.warning{color:#7a4b00}
code{overflow-wrap:anywhere}`;

/** The report as one HTML page, which loads nothing from elsewhere and runs no script. */
export function htmlOf(report: Report): string {
  const { passed, failed, skipped } = countsOf(report);
  const result = report.passed ? "passed" : "failed";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>angelcam-contract: ${result}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>angelcam-contract: <span class="${result}">${result}</span></h1>
<p>${escaped(report.server)}${report.mock ? " (the mock)" : ""}: ${passed} passed, ${failed} failed, ${skipped} skipped;
${report.requests} responses, ${report.checks} checks, ${report.seconds.toFixed(1)} s.</p>
${report.problem === undefined ? "" : `<p class="failed">It could not begin: ${escaped(report.problem)}</p>`}
${listOf(report.faults, "failed")}
${report.workflows.map(sectionOf).join("\n")}
<h2>Coverage</h2>
${coverageOf(report)}
${
  report.ignored.length === 0
    ? ""
    : `<h2>Ignored</h2>${listOf(
        report.ignored.map((one) => `${one.message} (${one.times} times): ${one.reason}`),
        "skipped",
      )}`
}
</body>
</html>
`;
}

function sectionOf({ name, status, seconds, notes, faults, steps }: WorkflowReport): string {
  const rows = steps.map(rowOf).join("\n");
  return `<h2>${escaped(name)}: <span class="${status}">${status}</span>, ${seconds.toFixed(1)} s</h2>
${listOf(faults, "failed")}${listOf(notes, "skipped")}
${rows === "" ? "" : `<table><thead><tr><th scope="col">Step<th scope="col">Operation<th scope="col">Status<th scope="col">Seconds<th scope="col">Result</tr></thead><tbody>${rows}</tbody></table>`}`;
}

function rowOf({ name, operationId = "", status, seconds, skipped, faults, warnings }: StepReport): string {
  const result =
    faults.length > 0
      ? listOf(faults, "failed")
      : skipped === undefined
        ? '<span class="passed">passed</span>'
        : `<span class="skipped">skipped: ${escaped(skipped)}</span>`;
  return `<tr><td>${escaped(name)}<td><code>${escaped(operationId)}</code><td>${status ?? ""}<td>${seconds.toFixed(1)}<td>${result}${listOf(warnings, "warning")}</tr>`;
}

function coverageOf({ coverage }: Report): string {
  const rows = COVERAGE_KINDS.map((kind) => {
    const { exercised, total, missing } = coverage[kind];
    const names = missing.map((name) => `<code>${escaped(name)}</code>`).join(", ");
    const left =
      missing.length === 0 ? "" : `<details><summary>${missing.length} not covered</summary>${names}</details>`;
    return `<tr><th scope="row">${kind}<td>${exercised} of ${total}<td>${left}</tr>`;
  });
  return `<table><tbody>${rows.join("\n")}</tbody></table>`;
}

function listOf(lines: readonly string[], className: string): string {
  if (lines.length === 0) return "";
  return `<ul class="${className}">${lines.map((line) => `<li>${escaped(line)}`).join("")}</ul>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
