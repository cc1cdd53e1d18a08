/** Text in a cell of a Markdown table, where a line break would end the row. */
function cell(text: string): string {
  const lines = text
    .trim()
    .replaceAll(/\n+- /g, "<br>• ")
    .replaceAll(/\n{2,}/g, "<br>")
    .replaceAll("\n", " ");
  return lines.replaceAll("|", "\\|");
}

/** A value as code, such as an example. */
export function code(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "") return '`""`';
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A Markdown table. A table without rows is nothing. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [[line(titles), line(titles.map(() => "---")), ...rows.map((row) => line(row.map(cell)))].join("\n")];
}

/** Code or data in a box of its own. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Joins blocks of Markdown. Empty ones are left out. */
export function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
