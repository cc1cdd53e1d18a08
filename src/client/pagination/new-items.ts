import type { Operation } from "../../../generated/operations.ts";
import { unexpectedContent } from "../../errors/unexpected-shape.ts";

/** The items that did not come before, and their ids. Items without ids count as new unless the whole page came before. */
export function selectNew<T>(
  operation: Operation,
  seen: ReadonlySet<unknown>,
  results: readonly T[],
): { readonly items: T[]; readonly ids: ReadonlySet<unknown> } {
  const ids = new Set<unknown>();
  if (results.some((item) => idOf(item) === undefined)) {
    const content = contentOf(operation, results);
    if (seen.has(content)) return { items: [], ids };
    ids.add(content);
  }
  const items = results.filter((item) => {
    const id = idOf(item);
    return id === undefined || (!seen.has(id) && ids.size < ids.add(id).size);
  });
  return { items, ids };
}

/** What an item is known by; undefined where it has no id. */
export function idOf(item: unknown): unknown {
  const { id, uuid } = Object(item) as { id?: unknown; uuid?: unknown };
  const known = id ?? uuid;
  // An empty text is no id: two items with it are not the same one.
  return (typeof known === "string" && known) || typeof known === "number" ? known : undefined;
}

/** A page as text, by which a second one of the same content is known. */
function contentOf(operation: Operation, results: readonly unknown[]): string {
  try {
    return `page ${JSON.stringify(results)}`;
  } catch {
    throw unexpectedContent(operation, "items without ids, nested too deeply to be compared");
  }
}
