import type { Stack } from "./stack.ts";

/** The table is between two of these in README.md. */
export const MARKER = "<!-- stacks -->";

/** What a stack shows of itself: its name, and the version of the tool. */
export function rowOf({ name, packages }: Pick<Stack, "name" | "packages">): readonly [string, string] {
  return [name, Object.values(packages)[0] ?? ""];
}

/** The table in Markdown, its columns in line. */
export function tableOf(stacks: readonly Pick<Stack, "name" | "packages">[]): string {
  const rows = [["Stack", "Version"] as const, ...stacks.map(rowOf)];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body]: readonly (readonly string[])[] = rows;
  return [head, widths.map((width) => "-".repeat(width)), ...body].map(line).join("\n");
}

/** The stacks that the README's table has, of those that there are. */
export function readTable<T extends Pick<Stack, "name" | "packages">>(readme: string, stacks: readonly T[]): T[] {
  const [, table = ""] = readme.split(MARKER);
  const rows = [...table.matchAll(/^\| (.+?) +\| (.*?) *\|$/gm)].map(([, name, version]) => `${name} ${version}`);
  return stacks.filter((stack) => rows.includes(rowOf(stack).join(" ")));
}

/** Puts a table in the place of the one between the markers. */
export function withTable(readme: string, table: string): string {
  const [before, old, ...after] = readme.split(MARKER);
  if (old === undefined || after.length !== 1) throw new Error(`README.md needs ${MARKER} twice`);
  return `${before}${MARKER}\n\n${table}\n\n${MARKER}${after[0]}`;
}
