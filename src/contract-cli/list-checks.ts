import { formatValue } from "../contract/format-value.ts";
import type { Issue } from "../contract/violation.ts";

/** A page of a list, and the request for it. */
export interface ReceivedPage {
  /** Address of the request. */
  readonly url: URL;
  readonly body: unknown;
  /** True when a link of this origin may be followed with the credentials of the request. */
  readonly isOwnOrigin: (origin: string) => boolean;
}

interface PageBody {
  readonly results: readonly unknown[];
  readonly count?: unknown;
  readonly next?: unknown;
  readonly previous?: unknown;
}

/** Checks the pages of lists: each against its request, against itself, and against the pages before it. */
export class ListChecks {
  /** By list (path and query without position): the ids of each page, by the position of the page. */
  readonly #pages = new Map<string, Map<string, string>>();

  /** The issues of a page. A body that is no page is left to the schema. */
  check({ url, body, isOwnOrigin }: ReceivedPage): Issue[] {
    if (!isPage(body)) return [];
    return [
      ...limitIssues(url, body),
      ...countIssues(url, body),
      ...linkIssues(url, body, isOwnOrigin),
      ...duplicateIssues(body),
      ...this.#duplicatePageIssues(url, body),
    ];
  }

  /** Forgets all pages: after a request that writes, a page may have the items of one before it. */
  forget(): void {
    this.#pages.clear();
  }

  #duplicatePageIssues(url: URL, { results }: PageBody): Issue[] {
    const { list, position, start, limit } = placeOf(url);
    const ids = results.map(idOf);
    if (ids.length === 0 || ids.includes(undefined)) return [];
    const pages = this.#pages.get(list) ?? new Map<string, string>();
    this.#pages.set(list, pages);
    const text = ids.join();
    const earlier = [...pages].find(([other, otherText]) => {
      const isElsewhere = start === undefined || Math.abs(Number(other) - start) >= Math.min(limit, ids.length);
      return other !== position && otherText === text && isElsewhere;
    });
    pages.set(position, text);
    return earlier === undefined ? [] : [issue("/results", "has the same items as another page of the list")];
  }
}

function limitIssues(url: URL, { results }: PageBody): Issue[] {
  const limit = wholeNumber(url.searchParams.get("limit"));
  if (limit === undefined || results.length <= limit) return [];
  return [issue("/results", `has more items than the limit of ${limit} that was requested`, `${results.length} items`)];
}

function countIssues(url: URL, { results, count, next, previous }: PageBody): Issue[] {
  if (typeof count !== "number" || results.length === 0) return [];
  const offset = wholeNumber(url.searchParams.get("offset")) ?? (previous == null ? 0 : undefined);
  if (offset === undefined) return [];
  const seen = offset + results.length;
  if (count < seen) return [issue("/count", `must be ${seen} or more, because as many items came`, String(count))];
  if (next === null && count > seen) {
    return [issue("/count", `must be ${seen}, because the list ends here (next is null)`, String(count))];
  }
  return [];
}

function linkIssues(
  url: URL,
  { results, next, previous }: PageBody,
  isOwnOrigin: ReceivedPage["isOwnOrigin"],
): Issue[] {
  const links = Object.entries({ next, previous }).flatMap(([name, link]) => {
    if (typeof link !== "string" || !URL.canParse(link)) return [];
    const target = new URL(link);
    if (target.username || target.password) return [issue(`/${name}`, "must not hold a user name or a password")];
    if (!isOwnOrigin(target.origin)) {
      // `javascript:` and the like have no origin.
      const shown = target.origin === "null" ? target.protocol : target.origin;
      return [issue(`/${name}`, "must not lead to another origin: a client would send its token there", shown)];
    }
    if (target.pathname !== url.pathname) return [issue(`/${name}`, "must lead to the same list")];
    if (name === "next" && isSame(target, url)) return [issue("/next", "leads back to the same page")];
    return [];
  });
  if (results.length > 0 || typeof next !== "string") return links;
  return [...links, issue("/results", "is empty, although next says that there is more")];
}

function duplicateIssues({ results }: PageBody): Issue[] {
  const seen = new Map<string, number>();
  return results.flatMap((item, index) => {
    const id = idOf(item);
    if (id === undefined) return [];
    const first = seen.get(id);
    seen.set(id, first ?? index);
    if (first === undefined) return [];
    const name = idNameOf(item);
    const { [name]: value } = item as Readonly<Record<string, unknown>>;
    return [issue(`/results/${index}/${name}`, `must not repeat /results/${first}/${name}`, formatValue(value))];
  });
}

/** Names the list of a request, and the position of its page. */
function placeOf(url: URL) {
  const query = new URLSearchParams(url.searchParams);
  const offset = query.get("offset");
  const limit = wholeNumber(query.get("limit")) ?? 1;
  const cursor = query.get("next") ?? query.get("cursor") ?? query.get("page");
  for (const name of ["limit", "offset", "cursor", "page", "next"]) query.delete(name);
  query.sort();
  const start = cursor === null ? (wholeNumber(offset) ?? 0) : undefined;
  return { list: `${url.pathname}?${query}`, position: cursor ?? String(start), start, limit };
}

function isSame(one: URL, other: URL): boolean {
  const sorted = (url: URL) => {
    const query = new URLSearchParams(url.searchParams);
    query.sort();
    return `${url.pathname}?${query}`;
  };
  return sorted(one) === sorted(other);
}

function idOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { [idNameOf(item)]: id } = item as Readonly<Record<string, unknown>>;
  return typeof id === "string" || typeof id === "number" ? JSON.stringify(id) : undefined;
}

/** Arrow clients have a UUID instead of an id. */
function idNameOf(item: unknown): "id" | "uuid" {
  return Object.hasOwn(item as object, "id") ? "id" : "uuid";
}

function isPage(body: unknown): body is PageBody {
  return typeof body === "object" && body !== null && Array.isArray((body as { readonly results?: unknown }).results);
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function issue(pointer: string, text: string, value?: string): Issue {
  return { kind: "pagination", in: "body", pointer, text, value };
}
