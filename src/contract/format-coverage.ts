import { COVERAGE_KINDS, type Coverage } from "./coverage.ts";

/** More names than this are counted, not listed. */
const MOST_NAMES = 20;

/**
 * A coverage as Markdown: a table, and what is missing.
 *
 * @example
 * ```ts
 * await appendFile(process.env.GITHUB_STEP_SUMMARY ?? "coverage.md", formatCoverage(contract.coverage()));
 * ```
 */
export function formatCoverage(coverage: Coverage): string {
  const rows = COVERAGE_KINDS.map((kind) => {
    const { exercised, total } = coverage[kind];
    return [kind, String(exercised), String(total), total === 0 ? "-" : ((100 * exercised) / total).toFixed(1)];
  });
  const left = COVERAGE_KINDS.flatMap((kind) => {
    const { exercised, missing } = coverage[kind];
    if (missing.length === 0 || exercised === 0) return [];
    const listed = missing.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
    const more = missing.length > MOST_NAMES ? `, and ${missing.length - MOST_NAMES} more` : "";
    return ["", `Missing ${kind}: ${listed.join(", ")}${more}`];
  });
  return [...table([["", "exercised", "documented", "%"], ...rows]), ...left, ""].join("\n");
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)];
}
