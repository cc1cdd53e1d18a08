import type { Operation } from "../../../generated/operations.ts";
import { unexpectedContent } from "../../errors/unexpected-shape.ts";
import { idOf, selectNew } from "./new-items.ts";
import type { Page } from "./page.ts";

/** The query of a page. */
export interface PageQuery {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly [name: string]: unknown;
}

/** The request of one page. */
export interface PageRequest {
  readonly query: PageQuery;
  /** Parameters that a `next` link brought; they replace those of the query. */
  readonly link?: Readonly<Record<string, string>> | undefined;
}

/** The state of an iteration over a list: the next page to request, and what has been read so far. */
export interface Position {
  /** The next page; undefined after the last one. */
  request: PageRequest | undefined;
  /** The ids of all items that were returned, or the content of whole pages where items have no ids. */
  readonly seen: Set<unknown>;
  /** The ids of those that came behind a gap: when they come again, the gap is still there. */
  readonly detached: Set<unknown>;
  /** Where the iteration went back, each with the count of the list. */
  readonly gaps: Set<string>;
  /** Up to which offset the list has been read without a gap. */
  covered: number;
  /** Up to which offset the list has been read at all. */
  furthest: number;
  /** How many items the list had at the page before, where the server said so and did not contradict itself. */
  count: number | undefined;
  /** How many pages in a row brought no item at all. */
  empty: number;
  /** How many pages in a row brought only known items. */
  repeated: number;
}

/**
 * How many pages in a row may bring nothing new while `next` goes on. A page of known items is legal when as many items
 * were added in front of it; a server that ignores `offset` returns it for ever. Empty pages come from a server
 * that filters after it has cut the page.
 */
const MOST_REPEATED = 3;
const MOST_EMPTY = 20;

/** How often an iteration goes back although that brings nothing new: a server may invent a shorter list each time. */
const MOST_GAPS = 100;

/** The only name of a cursor that the API documents, see spec/parameters/MessageCursor.yaml. */
const CURSOR = "next";

/** The request of the first page: the largest legal page, unless the caller said otherwise. */
export function firstRequest({ pagination }: Operation, query: PageQuery | undefined): PageRequest {
  return { query: { ...query, limit: query?.limit ?? pagination?.pageSize } };
}

/** The position before a page. */
export function startAt(request: PageRequest): Position {
  return {
    request,
    seen: new Set(),
    detached: new Set(),
    gaps: new Set(),
    covered: 0,
    furthest: 0,
    count: undefined,
    empty: 0,
    repeated: 0,
  };
}

/** A page that has been read, with what it says about the list and about the iteration. */
interface ReadPage extends Pick<Page<unknown>, "results" | "next">, Pick<Position, "count" | "empty" | "repeated"> {
  readonly request: PageRequest;
  /** The offset after its last item. */
  readonly end: number;
  /** How many of its items are new. */
  readonly fresh: number;
  /** How many items the caller still wants, those of this page included. */
  readonly wanted: number;
}

/**
 * Takes in a page and moves the position to the next one. `next` alone decides whether there is one.
 *
 * @param wanted How many items the caller still wants, those of this page included.
 * @returns The items that are new.
 * @throws UnexpectedResponseError when `next` goes on and leads nowhere; nothing in the position has changed then.
 */
export function advance<T>(operation: Operation, position: Position, received: Page<T>, wanted: number): T[] {
  const { request = { query: {} }, seen, detached, gaps } = position;
  const { results, next } = received;
  const { limit, offset = 0 } = request.query;
  const end = offset + results.length;
  const count = countOf(received, end);
  const { items, ids } = selectNew(operation, seen, results);
  const fresh = items.length;
  // After a step back, pages that were read before come again.
  const shouldBringNew = results.length > 0 && (request.link !== undefined || end > position.furthest);
  const page: ReadPage = {
    results,
    next,
    request,
    count,
    end,
    fresh,
    wanted,
    empty: results.length > 0 ? 0 : position.empty + 1,
    repeated: fresh > 0 ? 0 : position.repeated + (shouldBringNew ? 1 : 0),
  };
  const gap = `${offset} of ${count}`;
  // Going back twice from one offset of the same list is pointless unless it brings something.
  const goesBack = mayHaveSkipped(position, page) && (fresh > 0 || (!gaps.has(gap) && gaps.size < MOST_GAPS));
  // The missing items have moved up past this page: go back until a known item appears, and read on from there. Without a
  // page size nothing says how far, so it is read from the start.
  const following = goesBack
    ? { query: { ...request.query, offset: limit === undefined ? 0 : Math.max(0, offset - limit) } }
    : nextRequest(operation, position, page);

  // Everything that can throw is done: only now does the position change.
  for (const id of ids) seen.add(id);
  for (const item of results) {
    if (goesBack) detached.add(idOf(item));
    else detached.delete(idOf(item));
  }
  if (goesBack) gaps.add(gap);
  else position.covered = Math.max(end, following?.query.offset ?? 0);
  position.request = following;
  position.furthest = Math.max(position.furthest, end);
  position.count = count;
  position.empty = page.empty;
  position.repeated = page.repeated;
  return items;
}

/** True for a page without a known item that should repeat some, or comes after the list became shorter. */
function mayHaveSkipped(position: Position, { request, results, count }: ReadPage): boolean {
  const { seen, detached, covered } = position;
  const { offset = 0 } = request.query;
  // A count that is not known is NaN, which is not less than anything.
  const isShorter = Number(count) < Number(position.count);
  const shouldRepeat = seen.size > 0 && !request.link && offset > 0 && (offset < covered || isShorter);
  return shouldRepeat && !results.some((item) => seen.has(idOf(item)) && !detached.has(idOf(item)));
}

/** The request of the page that follows; undefined after the last one. */
function nextRequest(operation: Operation, { covered }: Position, page: ReadPage): PageRequest | undefined {
  const { request, results, next, count, end, fresh, wanted } = page;
  if (!next) {
    if (next === undefined && Number(count) > end) throw leadsNowhere(operation, page, "has no next");
    return undefined;
  }
  if (page.repeated >= MOST_REPEATED) throw leadsNowhere(operation, page, "repeats items that came before");
  if (page.empty >= MOST_EMPTY) throw leadsNowhere(operation, page, "is empty like those before it");
  const link = parametersIn(next);
  if (operation.pagination?.type === "next" || (link && !("offset" in link))) {
    const following = link ?? Object.fromEntries(new URLSearchParams([[CURSOR, next]]));
    if (isSame(following, request.link)) throw leadsNowhere(operation, page, "names itself as the next one");
    return { query: request.query, link: following };
  }
  let offset = Number(link?.offset);
  if (results.length > 0) {
    // Without ids there is nothing to compare, and a page that brought nothing new must not be requested again.
    const mayOverlap = results.some((item) => idOf(item) !== undefined) && fresh > 0 && end > covered;
    const remaining = Math.min((count ?? end) - end, wanted - fresh);
    offset = end - (mayOverlap && remaining > 0 ? overlapFor(remaining, results.length) : 0);
  } else if (!(Number.isSafeInteger(offset) && offset > end)) {
    throw leadsNowhere(operation, page, "is empty, and its next does not lead further");
  }
  return { query: { ...request.query, offset } };
}

/**
 * How many known items the next page may repeat without costing one more request.
 *
 * 250 items in pages of 100 take three requests that could carry 300 items. Those 50 slots repeat the end of the page
 * before, which shows whether the list has moved, and by how much. Half of them are used, for the other half is room for
 * what is added at the end.
 *
 * @param remaining Items that are still to come, at least one.
 * @param limit Items a page.
 */
export function overlapFor(remaining: number, limit: number): number {
  const pages = Math.ceil(remaining / limit);
  return Math.floor((limit - remaining / pages) / 2);
}

/** The count where it can be true: one that is not above what has come, while `next` goes on, counts something else. */
function countOf({ count, next }: Page<unknown>, end: number): number | undefined {
  return Number.isSafeInteger(count) && !(next && count <= end) ? count : undefined;
}

/** The query parameters of a link, undefined where it is none: a cursor alone. Nothing else of a link is ever used. */
function parametersIn(next: string): Record<string, string> | undefined {
  const bare = /^[\w-]+=[^=]/.test(next) ? next : undefined;
  const query = next.split("#", 1)[0]?.split("?")[1] ?? bare;
  return query || /[/?#]/.test(next) ? Object.fromEntries(new URLSearchParams(query)) : undefined;
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>> = {}): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function leadsNowhere(operation: Operation, { next, count }: ReadPage, problem: string) {
  const claim = next ? "next names another page" : `count is ${count}`;
  return unexpectedContent(operation, `a page ${problem}, although ${claim}`);
}
