import { invalidInput } from "./responses.ts";

/** How the items of a list are identified and formatted. */
interface CursorPageOptions<Item, Shown> {
  /** The key of an item, which stays the same when the list shifts. */
  readonly keyOf: (item: Item) => string | number;
  readonly show: (item: Item) => Shown;
  /** @default 100 */
  readonly limit?: number | undefined;
  /** The name of the parameter that carries the cursor. @default "cursor" */
  readonly parameter?: string;
}

/**
 * The response with a page of a list that has no offset: each page names the next one. A cursor is the key of the last item
 * of the page before, so no item is lost or duplicated when the list grows at its front.
 */
export function cursorPage<Item, Shown>(
  all: readonly Item[],
  url: URL,
  { keyOf, show, limit = 100, parameter = "cursor" }: CursorPageOptions<Item, Shown>,
): Response {
  const cursors = all.map((item) => cursorOf(keyOf(item)));
  const cursor = url.searchParams.get(parameter);
  const start = cursor === null ? 0 : cursors.indexOf(cursor) + 1;
  if (cursor !== null && start === 0) return invalidInput("Invalid cursor.");
  const end = start + limit;
  const linkTo = (index: number) => {
    const link = new URL(url);
    const wanted = cursors[index - 1];
    if (wanted === undefined) link.searchParams.delete(parameter);
    else link.searchParams.set(parameter, wanted);
    return link.href;
  };
  return Response.json({
    count: all.length,
    next: end < all.length ? linkTo(end) : null,
    previous: start > 0 ? linkTo(Math.max(0, start - limit)) : null,
    results: all.slice(start, end).map(show),
  });
}

/** An opaque cursor that a client cannot build itself, as in the examples of the document. */
function cursorOf(key: string | number): string {
  return btoa(`p=${key}`).replaceAll("=", "");
}
