/** The longest text that the panel shows of one value. */
const LONGEST = 20_000;

/** A value as the console of Node shows it, roughly: texts as they are, objects with their fields. */
export function format(value: unknown): string {
  const text = typeof value === "string" ? value : show(value, 0, new Set());
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

function show(value: unknown, depth: number, seen: ReadonlySet<unknown>): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[Function ${value.name || "anonymous"}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value)) return "[Circular]";
  try {
    return showObject(value, depth, new Set([...seen, value]));
  } catch (error) {
    return `[threw ${show(error, depth, new Set([...seen, value]))}]`;
  }
}

function showObject(value: object, depth: number, seen: ReadonlySet<unknown>): string {
  const inner = (item: unknown) => show(item, depth + 1, seen);
  if (value instanceof Error) {
    const causes: unknown[] = value instanceof AggregateError ? value.errors : [value.cause ?? []].flat();
    return [`${value.name}: ${value.message}`, ...causes.map(inner)].join("\n  caused by ");
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp || value instanceof URL) return String(value);
  const { name = "" } = value.constructor ?? {};
  const isList = Array.isArray(value) || value instanceof Set || ArrayBuffer.isView(value);
  const label = ["Object", "Array", ""].includes(name) ? "" : `${name} `;
  if (depth > 5) return isList ? "[…]" : "{…}";
  const entries = value instanceof Map || value instanceof Headers ? [...value] : Object.entries(value);
  const lines = isList
    ? Array.from(value as Iterable<unknown>, inner)
    : entries.map(([key, item]) => `${typeof key === "string" ? key : inner(key)}: ${inner(item)}`);
  const [open, close] = isList ? [`${label}[`, "]"] : [`${label}{`, "}"];
  const short = `${open} ${lines.join(", ")} ${close}`;
  if (lines.length === 0) return `${open}${close}`;
  if (short.length < 76 && !short.includes("\n")) return short;
  const indent = "  ".repeat(depth);
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(",\n")}\n${indent}${close}`;
}
