/** A page of a list that is paged by `limit` and `offset`. */
export interface OffsetPage<T> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: T[];
}

/** Cuts a page out of a list. The links keep the other parameters and point at the requested origin. */
export function offsetPage<Item, Shown>(
  all: readonly Item[],
  { limit = 100, offset = 0 }: { readonly limit?: number | undefined; readonly offset?: number | undefined },
  url: URL,
  show: (item: Item) => Shown,
): OffsetPage<Shown> {
  const end = offset + limit;
  return {
    count: all.length,
    next: end < all.length ? linkTo(url, limit, end) : null,
    previous: offset > 0 ? linkTo(url, limit, Math.max(0, offset - limit)) : null,
    results: all.slice(offset, end).map(show),
  };
}

function linkTo(url: URL, limit: number, offset: number): string {
  const link = new URL(url);
  link.searchParams.set("limit", String(limit));
  if (offset > 0) link.searchParams.set("offset", String(offset));
  else link.searchParams.delete("offset");
  return link.href;
}
