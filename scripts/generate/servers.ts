import type { Server } from "./document.ts";
import type { OperationFacts } from "./operation-facts.ts";

interface ServerGroup {
  /** The JSON of the list, by which operations find their group. */
  key: string;
  servers: readonly Server[];
}

/** The distinct server lists of the document, named after the first host of each: `api`, `my`. */
export function serverTable(operations: readonly OperationFacts[]): Map<string, ServerGroup> {
  const table = new Map<string, ServerGroup>();
  for (const { servers } of operations) {
    const key = JSON.stringify(servers);
    if ([...table.values()].some((group) => group.key === key)) continue;
    table.set(uniqueName(servers, table), { key, servers });
  }
  return table;
}

function uniqueName(servers: readonly Server[], taken: ReadonlyMap<string, unknown>): string {
  const name = servers[0]?.url.match(/^https?:\/\/\{?([a-z][a-z0-9]*)/i)?.[1] ?? "server";
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}${number}`;
  return unique;
}
