import { stripVTControlCharacters } from "node:util";

/** Writes rows as columns of equal width, two blanks apart. Control characters in a value cannot move the cursor. */
export function columns(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => stripVTControlCharacters(cell).replaceAll(/\p{Cc}/gu, " ")));
  const widths = (safe[0] ?? []).map((_, index) => Math.max(...safe.map((row) => row[index]?.length ?? 0)));
  return safe
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
