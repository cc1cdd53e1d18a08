import { createHash } from "node:crypto";
import { type Document, type DocumentOperation, resolve } from "../../generate/document.ts";
import { type Problems, RefusedError } from "./validation-error.ts";

// Prism answers a list with the same example whatever the offset. The front puts the items of all examples in one row
// and cuts the page out of it that was asked for, so that a client can walk from the first page to the last.

/** All that the examples of a list show, and how its pages are linked. */
export interface Book {
  readonly items: readonly unknown[];
  /** The names that the links of the examples carry. */
  readonly linkNames: readonly string[];
  /** The name of the parameter that leads on; `offset` for a number of items to skip. */
  readonly leader: string;
  /** True when the document declares the leader, and with it any value as legal. */
  readonly isDeclared: boolean;
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
export function bookOf(document: Document, operation: DocumentOperation): Book | undefined {
  const paging = operation["x-paging"];
  if (paging === undefined) return undefined;
  const pages = examplesOf(document, operation);
  const linked = pages.find(({ next }) => next !== null);
  const linkNames = [...new Set(pages.flatMap(({ next, previous }) => [...namesIn(next), ...namesIn(previous)]))];
  const declared = (operation.parameters ?? []).map((parameter) => resolve(document, parameter));
  const leader = paging === "offset" ? "offset" : (linkNames.find((name) => name !== "limit") ?? CURSOR);
  const limit = declared.find(({ name }) => name === "limit")?.schema as { default?: number } | undefined;
  const items = new Map(pages.flatMap(({ results }) => results).map((item) => [keyOf(item), item]));
  return {
    items: [...items.values()],
    linkNames,
    leader,
    isDeclared: declared.some(({ name }) => name === leader),
    // Without a number of its own a list shows that it has pages as its examples do.
    size: limit?.default ?? linked?.results.length ?? Math.max(items.size, 1),
  };
}

/**
 * The page that an address asks for. Its links keep the other parameters and point at the origin that was asked.
 *
 * @throws RefusedError for a place that is not in the list.
 */
export function pageAt(book: Book, url: URL): ListPage {
  const size = numberIn(url, "limit", 1) ?? book.size;
  const start = startOf(book, url);
  const end = start + size;
  const linkTo = (index: number) => link(book, url, index);
  return {
    count: book.items.length,
    next: end < book.items.length ? linkTo(end) : null,
    previous: start > 0 ? linkTo(Math.max(0, start - size)) : null,
    results: book.items.slice(start, end),
  };
}

/** The same link on another origin. */
export function atOrigin(address: unknown, origin: string): unknown {
  if (typeof address !== "string" || !URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return `${origin}${pathname}${search}`;
}

function startOf(book: Book, url: URL): number {
  if (book.leader === "offset") return numberIn(url, "offset", 0) ?? 0;
  const cursor = url.searchParams.get(book.leader);
  if (cursor === null) return 0;
  const before = book.items.findIndex((item) => cursorOf(item) === cursor);
  // A text that the document allows is none to refuse; it leads to the first page.
  if (before >= 0 || book.isDeclared) return before + 1;
  throw new RefusedError({ status: 400, detail: new Map([[book.leader, ["Invalid cursor."]]]) });
}

function link(book: Book, url: URL, index: number): string {
  const target = new URL(url);
  const before = book.items[index - 1];
  if (index === 0) target.searchParams.delete(book.leader);
  else target.searchParams.set(book.leader, book.leader === "offset" ? String(index) : cursorOf(before));
  return target.href;
}

/** Made as the examples of the document are made: it names the last item of the page before. */
function cursorOf(item: unknown): string {
  return Buffer.from(`p=${keyOf(item)}`).toString("base64url");
}

/** What tells an item from the others. Some have no id. */
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
  const problems: Problems = new Map([[name, [`A whole number of ${least} or more is required.`]]]);
  throw new RefusedError({ status: 400, detail: problems });
}

function namesIn(link: string | null): string[] {
  return link === null ? [] : [...new URL(link).searchParams.keys()];
}

function examplesOf(document: Document, operation: DocumentOperation): ListPage[] {
  const response = operation.responses?.[200];
  const content = (response && resolve(document, response).content?.["application/json"]) as
    | { examples?: Record<string, { value?: unknown }> }
    | undefined;
  return Object.values(content?.examples ?? {}).map((example) => resolve(document, example).value as ListPage);
}
