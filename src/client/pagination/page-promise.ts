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
   * After a loop has failed, the next loop over the same list goes on with the page that failed. The first loop or `toArray`
   * after `await` takes the page that was awaited; every later one requests the first page again.
   *
   * @throws `UnexpectedResponseError` for a response that is no page, or when `next` goes on and brings nothing new.
   * @example
   * ```ts
   * for await (const { results, count } of angelcam.cameras.list().pages()) console.log(results.length, "of", count);
   * ```
   */
  pages(): AsyncGenerator<Page<T>, void, undefined>;

  /**
   * Every item in one array. After a failure, calling it again on the same list keeps what it had read, and goes on with
   * the page that failed; whether a loop has failed in the meantime makes no difference.
   *
   * @param options `max`: the largest number of items to read, at least 1; no page is requested that is not needed.
   * @default { max: Infinity }
   * @throws RangeError when `max` is not a positive whole number; as `pages`.
   */
  toArray(options?: { max?: number | undefined }): Promise<T[]>;

  /** The first page together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<Page<T>>>;
}

/** Where an iteration failed, and the items that it had collected: the next one of its kind goes on from there. */
interface Failure<T> {
  position?: Position | undefined;
  items: T[];
}

/** Makes the call of an operation that returns a list. The arguments have been checked; changing them later has no effect. */
export function createPagePromise<T>(
  sender: Sender,
  operation: Operation,
  parameters: Parameters,
  options: CallOptions,
): PagePromise<T> {
  const start = firstRequest(operation, parameters.query);
  const loop: Failure<T> = { items: [] };
  const array: Failure<T> = { items: [] };
  let first: Promise<SentCall<Page<T>>> | undefined;
  /** The first page, from when it was awaited until an iteration requests a page. */
  let awaited: Page<T> | undefined;

  const load = async ({ query, link }: PageRequest): Promise<SentCall<Page<T>>> => {
    const sent = await sender.send(operation, { ...parameters, query, link }, options);
    return { ...sent, data: toPage<T>(operation, sent.data) };
  };

  const loadFirst = () => {
    first ??= load(start).then(
      (sent) => {
        // The program may sort or cut the array that it gets.
        awaited = { ...sent.data, results: [...sent.data.results] };
        return sent;
      },
      (error) => {
        first = undefined;
        throw error;
      },
    );
    return first;
  };
  const firstPage = () => loadFirst().then(({ data }) => data);

  /**
   * All pages from where the last iteration of this kind failed, or else from the first; `items` is what the caller collects
   * of them, up to `max`.
   */
  async function* iterate(
    failure: Failure<T>,
    items: T[] = [],
    max = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<Page<T>, void, undefined> {
    const { position = startAt(start) } = failure;
    Object.assign(failure, { position: undefined, items: [] });
    while (position.request && items.length < max) {
      // The page that was awaited is taken once, so that a later iteration returns what is in the list by then.
      let page = position.request === start ? awaited : undefined;
      awaited = undefined;
      try {
        throwIfAborted(options.signal);
        page ??= (await load(position.request)).data;
        page = { ...page, results: advance(operation, position, page, max - items.length) };
      } catch (error) {
        Object.assign(failure, { position, items });
        throw error;
      }
      if (page.results.length > 0 || !position.request) yield page;
    }
  }

  async function toArray(options: { max?: number | undefined } = {}): Promise<T[]> {
    checkOptionNames("toArray", options, ["max"]);
    const { max = Number.POSITIVE_INFINITY } = options;
    checkNumber("toArray: max", { type: "integer", minimum: 1, maximum: Number.POSITIVE_INFINITY }, max);
    const { items } = array;
    // One that failed may have collected more than is requested now.
    if (items.length < max) {
      for await (const { results } of iterate(array, items, max)) for (const item of results) items.push(item);
    }
    return items.slice(0, max);
  }

  return {
    // biome-ignore lint/suspicious/noThenProperty: a list is awaited like any call, but must not be sent before.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    withResponse: loadFirst,
    pages: () => iterate(loop),
    toArray,
    async *[Symbol.asyncIterator]() {
      for await (const { results } of iterate(loop)) {
        for (const item of results) {
          throwIfAborted(options.signal);
          yield item;
        }
      }
    },
    [Symbol.toStringTag]: "PagePromise",
  };
}
