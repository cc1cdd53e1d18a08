import type { NumberBounds, Operation, OperationId, SecurityScheme, Server } from "./operation.ts";

/** What the generator writes of all operations together. */
export interface OperationTable {
  /** The server lists by name; the first one serves every operation that names no other. */
  readonly servers: Readonly<Record<string, readonly Server[]>>;
  /** The security schemes that an operation accepts unless it says otherwise. */
  readonly security: readonly SecurityScheme[];
  /** Names of numeric parameters by their bounds: `{ "whole1..100": "limit" }`. */
  readonly numbers: Readonly<Record<string, string>>;
  /**
   * An operation a line: id, method, path, and in what it departs from the usual.
   *
   * | word | means |
   * | --- | --- |
   * | `query` | takes a query |
   * | `json`, `form` | takes a body in that encoding; with `?` it may be left out |
   * | `empty` | a success answer may come without data |
   * | `repeat`, `once`, `refused` | sending it twice is harmless, is not, or only after an answer that says that nothing was done; else a POST is `once` and all others `repeat` |
   * | `alone` | a GET whose answer is not shared |
   * | `browser` | opened by a person: no method |
   * | `page:offset:100` | paged in this manner, with at most so many items a page |
   * | `server:my` | another server list |
   * | `security:A,B` | other security schemes; none where nothing follows |
   * | `number:width=whole..640` | other bounds of a number; no number at all where nothing follows |
   */
  readonly rows: string;
}

/** Reads the table that the generator wrote: small on the way to a browser, and spelled out once when it is loaded. */
export function readOperationTable({ rows, ...table }: OperationTable): Readonly<Record<OperationId, Operation>> {
  const numbers: Record<string, NumberBounds> = {};
  for (const bounds in table.numbers) {
    for (const name of (table.numbers[bounds] as string).split(" ")) numbers[name] = readBounds(bounds);
  }
  const operations = rows
    .trim()
    .split("\n")
    .map((row) => readRow(row.trim().split(" "), table, numbers));
  return Object.fromEntries(operations.map((operation) => [operation.id, operation])) as Record<OperationId, Operation>;
}

function readRow(
  [id = "", method = "", path = "", ...words]: readonly string[],
  { servers, security }: Omit<OperationTable, "rows" | "numbers">,
  numbers: Readonly<Record<string, NumberBounds>>,
): Operation {
  const has = (word: string) => words.includes(word);
  const wordOf = (name: string) => words.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1);
  const schemes = wordOf("security");
  const [kind, limit] = wordOf("page")?.split(":") ?? [];
  const repeatable = has("refused") ? "refused" : has("repeat") || (method !== "POST" && !has("once"));
  const form = has("form") || has("form?");
  const body = form || has("json") || has("json?");
  return {
    id,
    method: method as Operation["method"],
    path,
    pathNames: path.match(/(?<=\{)[^{}]+/g) ?? [],
    servers: (servers[wordOf("server") ?? ""] ?? Object.values(servers)[0]) as readonly Server[],
    security: schemes === undefined ? security : (schemes.split(",").filter(Boolean) as SecurityScheme[]),
    paging: kind ? ({ kind, ...(limit && { limit: Number(limit) }) } as Operation["paging"]) : undefined,
    input: body ? "body" : has("query") ? "query" : undefined,
    contentType: form ? "application/x-www-form-urlencoded" : body ? "application/json" : undefined,
    bodyRequired: has("form") || has("json"),
    mayBeEmpty: has("empty"),
    repeatable,
    shareable: method === "GET" && repeatable === true && !has("alone"),
    openedInBrowser: has("browser"),
    numbers: readExceptions(words, numbers),
  };
}

function readExceptions(words: readonly string[], usual: Readonly<Record<string, NumberBounds>>): Operation["numbers"] {
  const exceptions = words.filter((word) => word.startsWith("number:"));
  if (exceptions.length === 0) return usual;
  const numbers = { ...usual };
  for (const exception of exceptions) {
    const [name = "", bounds] = exception.slice("number:".length).split("=");
    if (bounds) numbers[name] = readBounds(bounds);
    else delete numbers[name];
  }
  return numbers;
}

/** `whole1..100`: a whole number from 1 to 100; either end may be missing, and `..` is any number. */
function readBounds(text: string): NumberBounds {
  const [minimum, maximum] = text.replace("whole", "").split("..");
  return {
    ...(text.startsWith("whole") && { integer: true }),
    ...(minimum && { minimum: Number(minimum) }),
    ...(maximum && { maximum: Number(maximum) }),
  };
}
