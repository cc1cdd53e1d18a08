/** Longest text of a server that is printed or written into a report, in characters. */
const LONGEST = 2_000;

/** Control characters, marks that cannot be seen or reverse the direction of text, and separators of lines. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text that came from a server, safe to print: on one line, without control characters, and without the commands that
 * a pipeline reads from its log (`::error` at the start of a line, `##[group]` or `##vso[` anywhere).
 */
export function plainText(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short
    .replaceAll(UNPRINTABLE, (character) => SHORT_ESCAPES[character] ?? escapeOf(character))
    .replace(/^(\s*):(?=:)/, "$1: ")
    .replaceAll(/#(?=#(?:\[|vso\[|teamcity\[))/g, "# ");
}

/** The same for every text in a value, names of fields included. */
export function plainTexts<T>(value: T): T {
  return mapTexts(value, plainText) as T;
}

/** A copy of a value in which every text, names of fields included, has been replaced. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [change(name), mapTexts(part, change)]));
}

function escapeOf(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
