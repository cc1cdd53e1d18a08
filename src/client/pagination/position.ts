import type { Operation } from "../../../generated/operations.ts";
import { overlapFor } from "./overlap.ts";
import type { RawPage } from "./page.ts";

/** The query of a page. */
export interface PageQuery {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly [name: string]: unknown;
}

/** Where a walk through a list stands: the next page to ask for, and what it has met so far. */
export interface Position {
  /** The query of the next page; undefined after the last one. */
  query: PageQuery | undefined;
  /** The ids of all items that were given, and the links that were followed. */
  readonly seen: Set<unknown>;
  /** Up to which place the list has been read without a gap; a list with links has no places. */
  covered: number;
  /** How many items the list had at the page before. */
  count: number;
}

/** The query of the first page: the biggest legal page, unless the caller said otherwise. */
export function firstQuery({ pagination }: Operation, query: PageQuery | undefined): PageQuery {
  return { ...query, limit: query?.limit ?? pagination?.pageSize };
}

/** The position before the first page. */
export function startAt(query: PageQuery): Position {
  return { query, seen: new Set(), covered: 0, count: 0 };
}

/**
 * Takes in a page and moves the position on.
 *
 * @returns The items that are new.
 */
export function advance<T>(operation: Operation, position: Position, page: RawPage<T>): readonly T[] {
  const { query = {}, seen, covered } = position;
  const { offset = 0, limit = offset } = query;
  // A page without a known item may have left some out, when it should repeat some or when the list became shorter.
  const mayHaveGap =
    offset > 0 &&
    (offset < covered || page.count < position.count) &&
    !page.results.some((item) => seen.has(idOf(item)));
  const hadIds = seen.size > 0;
  const fresh = page.results.filter((item) => {
    const id = idOf(item);
    return id === undefined || seen.size < seen.add(id).size;
  });
  // Items without an id tell nothing; and nobody goes back twice from one place unless that has brought something.
  if (mayHaveGap && hadIds && seen.size < seen.add(`gap at ${offset}`).size + fresh.length) {
    // What is missing has moved up past this page: go back until a known item shows up, and read on from there.
    position.query = { ...query, offset: Math.max(0, offset - limit) };
    position.count = page.count;
    return fresh;
  }
  position.query = nextQuery(operation, query, page);
  if (operation.pagination?.type === "next") {
    // A server that links in circles must not be followed for ever.
    if (seen.has(page.next)) position.query = undefined;
    seen.add(page.next);
  } else if (position.query) {
    const end = offset + page.results.length;
    // Without ids there is nothing to compare, and a page that led nowhere must not be asked for again.
    const overlap = seen.size > 0 && end > covered ? overlapFor(page.count - end, page.results.length) : 0;
    position.query = { ...query, offset: end - overlap };
    position.covered = end;
    position.count = page.count;
  }
  return fresh;
}

/**
 * The query of the page right behind this one, without overlap: what `nextPage` asks for.
 *
 * @returns undefined after the last page.
 */
export function nextQuery(operation: Operation, query: PageQuery, page: RawPage<unknown>): PageQuery | undefined {
  if (!page.next) return undefined;
  if (operation.pagination?.type !== "next") {
    const offset = (query.offset ?? 0) + page.results.length;
    return offset >= page.count || !page.results.length ? undefined : { ...query, offset };
  }
  const following: Record<string, unknown> = { ...query };
  // The link is taken for its parameters only, so that no token goes where a link says.
  for (const [name, value] of new URLSearchParams(page.next.split(/[?#]/)[1])) {
    following[name] = operation.query?.[name]?.type === "integer" ? Number(value) : value;
  }
  return following;
}

function idOf(item: unknown): unknown {
  const { id, uuid } = Object(item) as { id?: unknown; uuid?: unknown };
  return id ?? uuid;
}
