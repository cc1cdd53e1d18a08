import { CallError } from "./responses.ts";

/** The page that a request wants. */
interface PageOptions<Item> {
  /** @default 100 */
  readonly limit: number | undefined;
  /** @default 0 */
  readonly offset: number | undefined;
  /**
   * Set for a list without an offset, in which each page names the next one. A cursor is the key of the last item of the page
   * before, so no item is lost or duplicated when the list grows at its front.
   */
  readonly cursor: { readonly parameter: string; readonly keyOf: (item: Item) => number | string } | undefined;
}

/**
 * A page of a list. Its links keep all other parameters and the requested origin.
 *
 * @throws CallError for an unknown cursor.
 */
export function cutPage<Item>(all: readonly Item[], url: URL, { limit = 100, offset = 0, cursor }: PageOptions<Item>) {
  const cursors = cursor ? all.map((item) => cursorOf(cursor.keyOf(item))) : [];
  const given = cursor ? url.searchParams.get(cursor.parameter) : null;
  const start = given === null ? offset : cursors.indexOf(given) + 1;
  if (given !== null && start === 0) throw new CallError(400, "Invalid cursor.");
  const end = start + limit;
  const linkTo = (index: number) => {
    const link = new URL(url);
    if (!cursor) link.searchParams.set("limit", String(limit));
    const name = cursor?.parameter ?? "offset";
    if (index === 0) link.searchParams.delete(name);
    else link.searchParams.set(name, cursor ? (cursors[index - 1] ?? "") : String(index));
    return link.href;
  };
  return {
    count: all.length,
    next: end < all.length ? linkTo(end) : null,
    previous: start > 0 ? linkTo(Math.max(0, start - limit)) : null,
    results: all.slice(start, end),
  };
}

/** An opaque cursor that a client cannot build itself, as in the examples of the document. */
function cursorOf(key: string | number): string {
  return btoa(`p=${key}`).replaceAll("=", "");
}
