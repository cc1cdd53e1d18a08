import type { Operation } from "../operation.ts";
import { overlapFor } from "./overlap.ts";
import type { RawPage } from "./page.ts";

type QueryValues = Readonly<Record<string, unknown>>;

/** Where a walk through a list stands: the next page to ask for, and what it has met so far. */
export interface Position {
  /** The query of the page. */
  readonly query: QueryValues;
  /** The ids of all items that were met, to tell repeated ones. */
  readonly seen: Set<unknown>;
  /** While the walk goes back to close a gap: the ids that were met before the gap. */
  readonly beforeGap: ReadonlySet<unknown> | undefined;
  /** How many items from the start of the list have been covered without a gap. */
  readonly covered: number;
  /** How many items the list had at the page before. */
  readonly count: number | undefined;
}

/** The position before the first page: the biggest legal page, unless the caller said otherwise. */
export function firstPosition(operation: Operation, query: QueryValues): Position {
  const limit = query.limit ?? operation.paging?.limit;
  const complete = limit === undefined ? query : { ...query, limit };
  return { query: complete, seen: new Set(), beforeGap: undefined, covered: offsetOf(query), count: undefined };
}

/**
 * Takes in a page.
 *
 * @returns The items that are new, and the position of the next page or undefined after the last one.
 */
export function advance<T>(
  operation: Operation,
  position: Position,
  page: RawPage<T>,
): { fresh: T[]; next: Position | undefined } {
  const known = position.beforeGap ?? new Set(position.seen);
  const touched = page.results.some((item) => known.has(idOf(item)));
  const fresh = page.results.filter((item) => {
    const id = idOf(item);
    if (id === undefined) return true;
    if (position.seen.has(id)) return false;
    position.seen.add(id);
    return true;
  });
  const next =
    operation.paging?.kind === "next"
      ? afterLink(operation, position, page)
      : afterOffset(position, page, touched, known);
  return { fresh, next };
}

/**
 * The query of the page right behind this one, without overlap: what `nextPage` asks for.
 *
 * @returns undefined after the last page.
 */
export function nextQuery(operation: Operation, query: QueryValues, page: RawPage<unknown>): QueryValues | undefined {
  if (page.next === null || page.results.length === 0) return undefined;
  if (operation.paging?.kind === "next") return { ...query, ...parametersOf(operation, page.next) };
  return { ...query, offset: offsetOf(query) + page.results.length };
}

function afterOffset(
  position: Position,
  page: RawPage<unknown>,
  touched: boolean,
  known: ReadonlySet<unknown>,
): Position | undefined {
  const offset = offsetOf(position.query);
  const { seen } = position;
  if (mayHaveGap(position, page, touched)) {
    // Items before this page moved up past it: go back until a known item shows that nothing is missing.
    const back = Math.max(0, offset - Math.max(1, limitOf(position, page) - 1));
    const query = { ...position.query, offset: back };
    return { query, seen, beforeGap: known, covered: position.covered, count: page.count };
  }
  const covered = offset + page.results.length;
  if (page.next === null || page.results.length === 0 || covered >= page.count) return undefined;
  // Without ids there is nothing to compare, and a page that led nowhere must not be asked for again.
  const mayOverlap = idOf(page.results[0]) !== undefined && covered > position.covered;
  const overlap = mayOverlap ? overlapFor(page.count - covered, limitOf(position, page)) : 0;
  const query = { ...position.query, offset: covered - Math.min(overlap, covered) };
  return { query, seen, beforeGap: undefined, covered, count: page.count };
}

/**
 * A page that should have repeated known items and does not, or that comes from a list which became shorter without
 * showing a known item, may have left some out.
 */
function mayHaveGap(position: Position, page: RawPage<unknown>, touched: boolean): boolean {
  const offset = offsetOf(position.query);
  if (touched || position.seen.size === 0 || position.count === undefined || offset === 0) return false;
  if (idOf(page.results[0]) === undefined && page.results.length > 0) return false;
  return offset < position.covered || page.count < position.count;
}

/** The link is taken for its parameters only, so that no token goes where a link says. */
function afterLink(operation: Operation, position: Position, page: RawPage<unknown>): Position | undefined {
  if (page.next === null || position.seen.has(page.next)) return undefined;
  // A server that links in circles must not be followed for ever.
  position.seen.add(page.next);
  return { ...position, query: { ...position.query, ...parametersOf(operation, page.next) }, count: page.count };
}

/** The parameters of a link as a caller would give them: numbers as numbers. */
function parametersOf({ numbers }: Operation, link: string): Record<string, unknown> {
  const parameters = new URLSearchParams(link.split("?")[1]?.split("#")[0] ?? "");
  return Object.fromEntries([...parameters].map(([name, value]) => [name, name in numbers ? Number(value) : value]));
}

/** How many items a page holds: what was asked for, unless the server gives less although there is more. */
function limitOf({ query }: Position, { results, next }: RawPage<unknown>): number {
  const limit = typeof query.limit === "number" ? query.limit : results.length;
  return Math.max(1, next === null ? limit : Math.min(limit, results.length));
}

function offsetOf(query: QueryValues): number {
  return typeof query.offset === "number" ? query.offset : 0;
}

function idOf(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return undefined;
  const { id, uuid } = item as { id?: unknown; uuid?: unknown };
  return id ?? uuid;
}
