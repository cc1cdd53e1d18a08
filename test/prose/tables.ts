/**
 * The rows of a Markdown table as their cells.
 *
 * @param heading The text of the first cell of its head.
 * @throws Error when the text has no such table.
 */
export function cellsOf(markdown: string, heading: string): string[][] {
  const lines = markdown.split("\n");
  const head = lines.findIndex((line) => line.startsWith("|") && split(line)[0] === heading);
  if (head < 0) throw new Error(`There is no table whose first column is ${heading}`);
  const body = lines.slice(head + 2);
  const end = body.findIndex((line) => !line.startsWith("|"));
  return body.slice(0, end < 0 ? undefined : end).map(split);
}

function split(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
