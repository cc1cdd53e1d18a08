/** The longest text that the panel shows of one value. */
const LONGEST = 20_000;

/** A value as the console of Node shows it, roughly: texts as they are, objects with their fields. */
export function format(value: unknown): string {
  if (typeof value === "string") return value;
  const text = show(value, 0, new Set());
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

/** Rows of a table as aligned columns. */
export function formatTable(rows: unknown, columns?: readonly string[]): string {
  if (!Array.isArray(rows)) return format(rows);
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(Object(row))))];
  const cells = [
    ["(index)", ...names],
    ...rows.map((row, at) => [`${at}`, ...names.map((name) => format(Object(row)[name]))]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  return cells
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function show(value: unknown, depth: number, seen: Set<unknown>): string {
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "function") return `[Function ${value.name || "anonymous"}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return value.toISOString();
  if (seen.has(value)) return "[Circular]";
  if (depth > 5) return Array.isArray(value) ? "[…]" : "{…}";
  const inner = new Set([...seen, value]);
  const indent = "  ".repeat(depth + 1);
  const lines = Array.isArray(value)
    ? value.map((item) => show(item, depth + 1, inner))
    : Object.entries(value).map(([name, item]) => `${name}: ${show(item, depth + 1, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const short = `${open} ${lines.join(", ")} ${close}`;
  if (lines.length === 0) return `${open}${close}`;
  if (short.length < 76 && !short.includes("\n")) return short;
  return `${open}\n${lines.map((line) => indent + line).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}
