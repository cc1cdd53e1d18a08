import { CallError } from "./responses.ts";

/** How the items of a list are identified and formatted. */
interface CursorPageOptions<Item> {
  /** The key of an item, which stays the same when the list shifts. */
  readonly keyOf: (item: Item) => string | number;
  readonly show: (item: Item) => object;
  readonly limit: number | undefined;
  /** The name of the parameter that carries the cursor. */
  readonly parameter: string;
}

/** The items of a page without `limit`. */
const PAGE_SIZE = 100;

/** A page of a list that is paged by `limit` and `offset`. */
export function offsetPage<Item>(
  all: readonly Item[],
  { limit = PAGE_SIZE, offset = 0 }: { readonly limit?: number; readonly offset?: number },
  url: URL,
  show: (item: Item) => object,
): Page {
  const linkTo = (index: number) => {
    const link = new URL(url);
    link.searchParams.set("limit", String(limit));
    return withParameter(link, "offset", index === 0 ? undefined : String(index));
  };
  return page(all, { start: offset, limit, linkTo, show });
}

/**
 * A page of a list that has no offset: each page names the next one. A cursor is the key of the last item
 * of the page before, so no item is lost or duplicated when the list grows at its front.
 */
export function cursorPage<Item>(
  all: readonly Item[],
  url: URL,
  { keyOf, show, limit = PAGE_SIZE, parameter }: CursorPageOptions<Item>,
): Page {
  const cursors = all.map((item) => cursorOf(keyOf(item)));
  const cursor = url.searchParams.get(parameter);
  const start = cursor === null ? 0 : cursors.indexOf(cursor) + 1;
  if (cursor !== null && start === 0) throw new CallError(400, "Invalid cursor.");
  const linkTo = (index: number) => withParameter(url, parameter, cursors[index - 1]);
  return page(all, { start, limit, linkTo, show });
}

interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly object[];
}

interface PageOptions<Item> {
  readonly start: number;
  readonly limit: number;
  /** The link to the page that starts at an index. The links keep all other parameters and the requested origin. */
  readonly linkTo: (index: number) => string;
  readonly show: (item: Item) => object;
}

function page<Item>(all: readonly Item[], { start, limit, linkTo, show }: PageOptions<Item>): Page {
  const end = start + limit;
  return {
    count: all.length,
    next: end < all.length ? linkTo(end) : null,
    previous: start > 0 ? linkTo(Math.max(0, start - limit)) : null,
    results: all.slice(start, end).map(show),
  };
}

function withParameter(url: URL, name: string, value: string | undefined): string {
  const link = new URL(url);
  if (value === undefined) link.searchParams.delete(name);
  else link.searchParams.set(name, value);
  return link.href;
}

/** An opaque cursor that a client cannot build itself, as in the examples of the document. */
function cursorOf(key: string | number): string {
  return btoa(`p=${key}`).replaceAll("=", "");
}
