import type { Server } from "./document.ts";
import type { OperationFacts } from "./operation-facts.ts";

interface ServerGroup {
  /** The JSON of the list, by which operations find their group. */
  key: string;
  servers: readonly Server[];
}

/** Server lists by name. */
export type ServerTable = ReadonlyMap<string, ServerGroup>;

/**
 * The distinct server lists of the document, named after the first host of each: `api`, `my`. The one that most
 * operations have comes first.
 */
export function serverTable(operations: readonly OperationFacts[]): ServerTable {
  const table = new Map<string, ServerGroup & { uses: number }>();
  for (const { servers } of operations) {
    const key = JSON.stringify(servers);
    const known = [...table.values()].find((group) => group.key === key);
    if (known) known.uses++;
    else table.set(uniqueName(servers, table), { key, servers, uses: 1 });
  }
  return new Map([...table].sort(([, a], [, b]) => b.uses - a.uses));
}

function uniqueName(servers: readonly Server[], taken: ReadonlyMap<string, unknown>): string {
  const name = servers[0]?.url.match(/^https?:\/\/\{?([a-z][a-z0-9]*)/i)?.[1] ?? "server";
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}${number}`;
  return unique;
}
