import { type Coverage, KINDS, type Kind, missing } from "./coverage.ts";

/** How much of the document was exercised, as Markdown: in all, by resource, and what is left. */
export function coverageTable(coverage: Coverage): string {
  const left = KINDS.flatMap((kind) => {
    const names = missing(coverage, kind);
    return names.length > 0 ? ["", `## ${kind} not exercised`, "", ...names.map((name) => `- \`${name}\``)] : [];
  });
  return [
    "# Coverage of the API",
    "",
    "What was seen on the wire between the client and the mock, of what the document has.",
    "",
    ...summary(coverage),
    "",
    "## By resource",
    "",
    ...byResource(coverage),
    ...left,
    "",
  ].join("\n");
}

/** The figures of all operations together, a line a kind. */
export function summary(coverage: Coverage): string[] {
  return table([
    ["", "exercised", "documented", "%"],
    ...KINDS.map((kind) => {
      const all = coverage.documented[kind].size;
      const seen = all - missing(coverage, kind).length;
      return [kind, String(seen), String(all), all === 0 ? "-" : ((100 * seen) / all).toFixed(1)];
    }),
  ]);
}

/** Schema properties are shared by resources, and not listed here. */
const BY_RESOURCE: readonly Kind[] = ["operations", "parameters", "responses", "examples of responses"];

function byResource(coverage: Coverage): string[] {
  const resources = [...new Set([...coverage.documented.operations].map(resourceOf))].sort();
  const rows = resources.map((resource) => [
    resource,
    ...BY_RESOURCE.map((kind) => {
      const all = [...coverage.documented[kind]].filter((name) => resourceOf(name) === resource);
      return `${all.filter((name) => coverage.exercised[kind].has(name)).length} of ${all.length}`;
    }),
  ]);
  return table([["resource", ...BY_RESOURCE], ...rows]);
}

/** `cameras.clips` for `cameras.clips.list query created_by`. */
function resourceOf(name: string): string {
  return (name.split(" ")[0] ?? "").split(".").slice(0, -1).join(".");
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)];
}
