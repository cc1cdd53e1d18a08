import type { Operation } from "../../../generated/operations.ts";
import { checkNumber } from "../../base/check-number.ts";
import type { CallOptions, Parameters } from "../../transport/call.ts";
import type { WithResponse } from "../api-promise.ts";
import type { Sender } from "../sender.ts";
import { Page, type RawPage } from "./page.ts";
import { advance, firstQuery, nextQuery, type PageQuery, type Position, startAt } from "./position.ts";

/**
 * A list. Awaited it is its first page; iterated it is every item, page after page. Nothing is sent before one of the
 * two is asked for.
 *
 * @example
 * ```ts
 * const page = await angelcam.cameras.list({ limit: 5 });
 * for await (const camera of angelcam.cameras.list()) console.log(camera.name);
 * const online = (await angelcam.cameras.list().toArray()).filter(({ status }) => status === "online");
 * ```
 */
export interface PagePromise<T> extends Promise<Page<T>>, AsyncIterable<T> {
  /** Every item, page after page; see `pages` for what happens when the list changes meanwhile. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;

  /**
   * Every page, each with only the items that no page before it had. No request is spent after the last page. Where
   * the number of requests allows it, pages overlap, so that an item is neither lost nor repeated when the list shrinks
   * or grows meanwhile.
   *
   * After a failure, iterating the same list again goes on with the page that failed.
   */
  pages(): AsyncGenerator<Page<T>, void, undefined>;

  /**
   * Every item in one array. After a failure, calling it again on the same list keeps what was read before.
   *
   * @param options `max`: how many items to read at most; no page is asked for that is not needed.
   * @throws RangeError when `max` is not a positive whole number.
   */
  toArray(options?: { max?: number }): Promise<T[]>;

  /** The first page together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<Page<T>>>;
}

/** Makes the call of an operation that gives a list. */
export function createPagePromise<T>(
  sender: Sender,
  operation: Operation,
  parameters: Parameters,
  options: CallOptions | undefined,
): PagePromise<T> {
  let first: Promise<WithResponse<Page<T>>> | undefined;
  /** Where a walk failed, so that the next one goes on from there. */
  let failedAt: Position | undefined;
  /** What `toArray` had collected when its walk failed. */
  let collected: T[] = [];

  const start = firstQuery(operation, parameters.query);

  const load = (query: PageQuery) =>
    sender.send(operation, { ...parameters, query }, options) as Promise<WithResponse<RawPage<T>>>;

  const pageOf = (query: PageQuery, answer: RawPage<T>, results = answer.results): Page<T> =>
    new Page({ ...answer, results }, async () => {
      const next = nextQuery(operation, query, answer);
      return next && pageOf(next, (await load(next)).data);
    });

  /** All pages from where the walk before failed, or else from the first; `kept` is what the caller keeps of them. */
  async function* walk(kept: T[] = []): AsyncGenerator<Page<T>, void, undefined> {
    const position = failedAt ?? startAt(start);
    failedAt = undefined;
    collected = [];
    while (position.query) {
      const { query } = position;
      const { data } = await load(query).catch((error) => {
        failedAt = position;
        collected = kept;
        throw error;
      });
      const fresh = advance(operation, position, data);
      if (fresh.length > 0 || !position.query) yield pageOf(query, data, fresh);
    }
  }

  async function toArray({ max = Number.MAX_SAFE_INTEGER }: { max?: number } = {}): Promise<T[]> {
    checkNumber("toArray: max", { type: "integer", minimum: 1, maximum: Number.POSITIVE_INFINITY }, max);
    // A list that failed may have kept more than is asked for now.
    if (collected.length >= max) return collected.slice(0, max);
    const kept = collected;
    for await (const { results } of walk(kept)) {
      for (const item of results) kept.push(item);
      if (kept.length >= max) break;
    }
    return kept.slice(0, max);
  }

  const withResponse = () => {
    first ??= load(start).then(({ data, response }) => ({ data: pageOf(start, data), response }));
    return first;
  };
  const firstPage = () => withResponse().then(({ data }) => data);

  return {
    // biome-ignore lint/suspicious/noThenProperty: a list is awaited like any call, but must not be sent before.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    withResponse,
    pages: () => walk(),
    toArray,
    async *[Symbol.asyncIterator]() {
      for await (const { results } of walk()) yield* results;
    },
    [Symbol.toStringTag]: "PageCall",
  };
}
