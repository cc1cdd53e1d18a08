import { createHash } from "node:crypto";
import { cutPage, indexBehind } from "../../http/cut-page.ts";
import type { OperationRules } from "../../openapi/operation-rules.ts";
import { RejectedRequestError } from "./validation-error.ts";

// Prism returns the same example of a list at every offset. The proxy puts the items of all examples in one list
// and cuts the requested page out of it, so that a client can go from the first page to the last.

/** All items that the examples of a list show, and how its pages are linked. */
export interface ExampleList {
  readonly items: readonly unknown[];
  /** The name of the parameter that leads on; `offset` for a number of items to skip. */
  readonly leader: string;
  /** How many items a page holds when the request does not say. */
  readonly size: number;
}

/** A page of a list. */
export interface ListPage {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly unknown[];
}

/** A parameter that the cursor goes by where no example of the list has a link. */
const CURSOR = "cursor";

/** Reads the examples of an operation that comes in pages; undefined for any other. */
export function readExampleList({ paging, examples, operation }: OperationRules): ExampleList | undefined {
  if (paging === undefined) return undefined;
  const pages = examples as readonly ListPage[];
  const linked = pages.find(({ next }) => next !== null);
  const linkNames = pages.flatMap(({ next, previous }) => [...namesIn(next), ...namesIn(previous)]);
  const leader = paging === "offset" ? "offset" : (linkNames.find((name) => name !== "limit") ?? CURSOR);
  const limit = operation.parameters.find(({ name }) => name === "limit")?.schema as { default?: number } | undefined;
  const items = new Map(pages.flatMap(({ results }) => results).map((item) => [keyOf(item), item]));
  return {
    items: [...items.values()],
    leader,
    // Without a number of its own a list shows that it has pages as its examples do.
    size: limit?.default ?? linked?.results.length ?? Math.max(items.size, 1),
  };
}

/**
 * The page that an address requests. Its links keep the other parameters and point at the requested origin.
 *
 * @throws RequestError for a cursor that is not in the list.
 */
export function pageAt(list: ExampleList, url: URL): ListPage {
  const { items, leader } = list;
  return cutPage(items, url, {
    start: startOf(list, url),
    limit: numberIn(url, "limit", 1) ?? list.size,
    leader,
    keyOf,
  });
}

/** The same link on another origin. */
export function atOrigin(address: unknown, origin: string): unknown {
  if (typeof address !== "string" || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${origin}${pathname}${search}`;
}

function startOf(list: ExampleList, url: URL): number {
  if (list.leader === "offset") return numberIn(url, "offset", 0) ?? 0;
  const cursor = url.searchParams.get(list.leader);
  return cursor === null ? 0 : indexBehind(list.items, cursor, keyOf);
}

/** The key that identifies an item; some items have no id. */
function keyOf(item: unknown): string {
  const { id } = item as { id?: unknown };
  if (id !== undefined) return String(id);
  return createHash("sha256").update(JSON.stringify(item)).digest("base64url").slice(0, 12);
}

/** Numbers that the document declares were checked before; those that only links carry were not. */
function numberIn(url: URL, name: string, least: number): number | undefined {
  const text = url.searchParams.get(name);
  if (text === null) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least && text.trim() !== "") return number;
  throw new RejectedRequestError({
    status: 400,
    detail: { [name]: [`A whole number of ${least} or more is required.`] },
  });
}

function namesIn(link: string | null): string[] {
  return link === null ? [] : [...new URL(link).searchParams.keys()];
}
