import type { NumberBounds, OperationFacts } from "./operation-facts.ts";

/** What the operation table says once, for every operation that does not say otherwise. */
export interface UsualFacts {
  /** Name of the server list that most operations have. */
  readonly server: string;
  readonly security: readonly string[];
  /** The bounds that most operations give to a numeric parameter of this name, as text. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** Finds what most operations have in common. */
export function findUsual(
  operations: readonly OperationFacts[],
  serverOf: (operation: OperationFacts) => string,
): UsualFacts {
  const names = new Set(operations.flatMap(({ numbers }) => Object.keys(numbers)));
  return {
    server: mostFrequent(operations.map(serverOf)),
    security: mostFrequent(operations.map(({ security }) => security.join(",")))
      .split(",")
      .filter(Boolean),
    numbers: new Map(
      [...names].map((name) => [
        name,
        mostFrequent(operations.flatMap(({ numbers }) => (numbers[name] ? [writeBounds(numbers[name])] : []))),
      ]),
    ),
  };
}

/** An operation as one line of the table; `src/operation-table.ts` tells what the words mean, and reads them. */
export function writeRow(operation: OperationFacts, server: string, usual: UsualFacts): string {
  const { id, method, path, contentType, paging, pageLimit, repeatable } = operation;
  const words = [id, method, path];
  if (contentType) {
    const encoding = contentType === "application/json" ? "json" : "form";
    words.push(operation.bodyRequired ? encoding : `${encoding}?`);
  } else if (operation.queryParameters.length > 0) words.push("query");
  if (operation.mayBeEmpty) words.push("empty");
  if (repeatable !== (method !== "POST")) words.push(repeatable === true ? "repeat" : repeatable || "once");
  if (method === "GET" && repeatable === true && !operation.shareable) words.push("alone");
  if (operation.openedInBrowser) words.push("browser");
  if (paging) words.push(pageLimit === undefined ? `page:${paging}` : `page:${paging}:${pageLimit}`);
  if (server !== usual.server) words.push(`server:${server}`);
  if (operation.security.join() !== usual.security.join()) words.push(`security:${operation.security.join()}`);
  return [...words, ...writeExceptions(operation, usual)].join(" ");
}

/** The names of numeric parameters, by the bounds that they usually have. */
export function writeNumbers({ numbers }: UsualFacts): Record<string, string> {
  const groups: Record<string, string> = {};
  for (const [name, bounds] of numbers) groups[bounds] = groups[bounds] ? `${groups[bounds]} ${name}` : name;
  return groups;
}

function writeExceptions({ pathParameters, queryParameters, numbers }: OperationFacts, usual: UsualFacts): string[] {
  return [...pathParameters, ...queryParameters].flatMap(({ name }) => {
    const bounds = numbers[name] ? writeBounds(numbers[name]) : "";
    return bounds === (usual.numbers.get(name) ?? "") ? [] : [`number:${name}=${bounds}`];
  });
}

function writeBounds({ integer, minimum, maximum }: NumberBounds): string {
  return `${integer ? "whole" : ""}${minimum ?? ""}..${maximum ?? ""}`;
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}
