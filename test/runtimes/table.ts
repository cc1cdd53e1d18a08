import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Runtime } from "./runtimes.ts";

const README = path.resolve(import.meta.dirname, "../../README.md");

/** The marker before and behind the table. */
const MARKER = "<!-- runtimes -->";

/** A row of the table. */
export interface Row extends Pick<Runtime, "name" | "version"> {
  readonly passed: number;
  readonly total: number;
}

/** The rows of the README's table. */
export function readTable(readme: string = readFileSync(README, "utf8")): Row[] {
  const [, table = ""] = readme.split(MARKER);
  return [...table.matchAll(/^\| (\S+) +\| (\S+) +\| (\d+) of (\d+) +\|$/gm)].map(
    ([, name = "", version = "", passed, total]) => ({ name, version, passed: Number(passed), total: Number(total) }),
  );
}

/** Writes the last run into the README. */
export function writeTable(rows: readonly Row[]): void {
  const [before, table, ...after] = readFileSync(README, "utf8").split(MARKER);
  if (table === undefined || after.length !== 1) throw new Error(`README.md needs ${MARKER} twice`);
  writeFileSync(README, `${before}${MARKER}\n\n${tableOf(rows)}\n\n${MARKER}${after[0]}`);
}

/** The table in Markdown, its columns aligned. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ["Runtime", "Version", "Checks passed"],
    ...rows.map(({ name, version, passed, total }) => [name, version, `${passed} of ${total}`]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [head, widths.map((width) => "-".repeat(width)), ...body].map(line).join("\n");
}
