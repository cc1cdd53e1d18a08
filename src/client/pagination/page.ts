import type { Operation } from "../../../generated/operations.ts";
import { copyGiven } from "../../base/copy-given.ts";
import { unexpectedShape } from "../../errors/unexpected-shape.ts";

/**
 * One page of a list: plain data, which survives `structuredClone`, JSON and every serializer of a framework.
 *
 * @example
 * ```ts
 * const { results, count } = await angelcam.cameras.list({ limit: 5 });
 * console.log(`${results.length} of ${count} cameras`);
 * ```
 */
export interface Page<T> {
  /** The items of this page. */
  readonly results: T[];
  /** How many items the list has in all, as the server says it. It does not decide whether there is another page. */
  readonly count: number;
  /** URL of the next page as the server writes it, null on the last page. `list(...).pages()` follows it. */
  readonly next: string | null;
  /** URL of the previous page as the server writes it, null on the first page. */
  readonly previous: string | null;
}

/**
 * Checks that a response is a page, and copies its documented fields: other fields cannot make it behave in another way.
 *
 * @throws UnexpectedResponseError naming the operation and the field.
 */
export function toPage<T>(operation: Operation, data: unknown): Page<T> {
  const { results, next } = Object(data) as Partial<Page<T>>;
  if (!Array.isArray(results)) throw unexpectedShape(operation, "results", "an array", results);
  if (typeof next !== "string" && next !== null && next !== undefined) {
    throw unexpectedShape(operation, "next", "a URL or null", next);
  }
  return copyGiven(data as Page<T>, ["count", "next", "previous", "results"]) as Page<T>;
}
