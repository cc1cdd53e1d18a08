import type { Operation } from "../../../generated/operations.ts";
import { throwIfAborted } from "../../base/abort.ts";
import { checkOptionNames } from "../../base/check-names.ts";
import { checkNumber } from "../../base/check-number.ts";
import type { CallOptions, Parameters, SentCall } from "../../transport/call.ts";
import type { WithResponse } from "../api-promise.ts";
import type { Sender } from "../sender.ts";
import { type Page, toPage } from "./page.ts";
import { advance, firstRequest, type PageRequest, type Position, startAt } from "./position.ts";

/**
 * A list. Awaited it is its first page; iterated it is every item, page after page. Nothing is sent before one of the
 * two is requested.
 *
 * @example
 * ```ts
 * const page = await angelcam.cameras.list({ limit: 5 });
 * for await (const camera of angelcam.cameras.list()) console.log(camera.name);
 * const online = (await angelcam.cameras.list().toArray()).filter(({ status }) => status === "online");
 * ```
 */
export interface PagePromise<T> extends Promise<Page<T>>, AsyncIterable<T> {
  /**
   * Every item, page after page; see `pages` for what happens when the list changes meanwhile. No item comes after an abort.
   */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;

  /**
   * Every page, each with only the items that no page before it had. No request is spent after the last page, which is
   * the one whose `next` is null. Where the number of requests allows it, pages overlap, so that an item is neither lost
   * nor duplicated when the list shrinks or grows meanwhile.
   *
   * After a failure, iterating the same list again goes on with the page that failed.
   *
   * @throws `UnexpectedResponseError` for a response that is no page, or when `next` goes on and brings nothing new.
   * @example
   * ```ts
   * for await (const { results, count } of angelcam.cameras.list().pages()) console.log(results.length, "of", count);
   * ```
   */
  pages(): AsyncGenerator<Page<T>, void, undefined>;

  /**
   * Every item in one array. After a failure, calling it again on the same list keeps what was read before.
   *
   * @param options `max`: the largest number of items to read, at least 1; no page is requested that is not needed.
   * @default { max: Infinity }
   * @throws RangeError when `max` is not a positive whole number; as `pages`.
   */
  toArray(options?: { max?: number | undefined }): Promise<T[]>;

  /** The first page together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<Page<T>>>;
}

/** Makes the call of an operation that returns a list. */
export function createPagePromise<T>(
  sender: Sender,
  operation: Operation,
  parameters: Parameters,
  options: CallOptions | undefined,
): PagePromise<T> {
  let first: Promise<SentCall<Page<T>>> | undefined;
  /** Where an iteration failed, so that the next one goes on from there. */
  let failedAt: Position | undefined;
  /** The items that `toArray` had collected when its iteration failed. */
  let collected: T[] = [];

  const start = firstRequest(operation, parameters.query);

  const load = async ({ query, link }: PageRequest): Promise<SentCall<Page<T>>> => {
    const sent = await sender.send(operation, { ...parameters, query, link }, options);
    return { ...sent, data: toPage<T>(operation, sent.data) };
  };

  /**
   * All pages from where the last iteration failed, or else from the first; `kept` is what the caller keeps of them, up to
   * `max`.
   */
  async function* iterate(kept: T[] = [], max = Number.POSITIVE_INFINITY): AsyncGenerator<Page<T>, void, undefined> {
    const position = failedAt ?? startAt(start);
    failedAt = undefined;
    collected = [];
    while (position.request && kept.length < max) {
      let page: Page<T>;
      try {
        const { data } = await load(position.request);
        page = { ...data, results: advance(operation, position, data, max - kept.length) };
      } catch (error) {
        failedAt = position;
        collected = kept;
        throw error;
      }
      if (page.results.length > 0 || !position.request) yield page;
    }
  }

  async function toArray(options: { max?: number | undefined } = {}): Promise<T[]> {
    checkOptionNames("toArray", options, ["max"]);
    const { max = Number.POSITIVE_INFINITY } = options;
    checkNumber("toArray: max", { type: "integer", minimum: 1, maximum: Number.POSITIVE_INFINITY }, max);
    const kept = collected;
    // A list that failed may have kept more than is requested now.
    if (kept.length < max) {
      for await (const { results } of iterate(kept, max)) for (const item of results) kept.push(item);
    }
    return kept.slice(0, max);
  }

  const loadFirst = () => {
    first ??= load(start);
    return first;
  };
  const firstPage = () => loadFirst().then(({ data }) => data);

  return {
    // biome-ignore lint/suspicious/noThenProperty: a list is awaited like any call, but must not be sent before.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    withResponse: loadFirst,
    pages: () => iterate(),
    toArray,
    async *[Symbol.asyncIterator]() {
      for await (const { results } of iterate()) {
        for (const item of results) {
          throwIfAborted(options?.signal);
          yield item;
        }
      }
    },
    [Symbol.toStringTag]: "PagePromise",
  };
}
