import { RequestError } from "./request-error.ts";

/** Which page of a list, and how its links name the pages beside it. */
interface PageOptions<Item> {
  /** The index of its first item. */
  readonly start: number;
  readonly limit: number;
  /**
   * The parameter that leads to a page: `offset`, a number of items to skip, or one with a cursor. A cursor names the last
   * item of the page before, so no item is lost or duplicated when the list grows at its front.
   */
  readonly leader: string;
  /** The key that identifies an item. */
  readonly keyOf: (item: Item) => number | string;
}

/** A page of a list. Its links keep all other parameters and the requested origin. Mock and sandbox page alike. */
export function cutPage<Item>(all: readonly Item[], url: URL, { start, limit, leader, keyOf }: PageOptions<Item>) {
  const end = start + limit;
  const linkTo = (index: number) => {
    const link = new URL(url);
    if (leader === "offset") link.searchParams.set("limit", String(limit));
    if (index === 0) link.searchParams.delete(leader);
    else link.searchParams.set(leader, leader === "offset" ? String(index) : cursorOf(keyOf(all[index - 1] as Item)));
    return link.href;
  };
  return {
    count: all.length,
    next: end < all.length ? linkTo(end) : null,
    previous: start > 0 ? linkTo(Math.max(0, start - limit)) : null,
    results: all.slice(start, end),
  };
}

/**
 * The index behind the item that a cursor names.
 *
 * @throws RequestError with 400 for a cursor that names none.
 */
export function indexBehind<Item>(all: readonly Item[], cursor: string, keyOf: PageOptions<Item>["keyOf"]): number {
  const index = all.findIndex((item) => cursorOf(keyOf(item)) === cursor);
  if (index === -1) throw new RequestError(400, "Invalid cursor.");
  return index + 1;
}

/** An opaque cursor that a client cannot build itself, as in the examples of the document. */
function cursorOf(key: string | number): string {
  return btoa(`p=${key}`).replaceAll("=", "");
}
