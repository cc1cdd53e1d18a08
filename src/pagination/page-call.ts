import type { Caller, Operation, Parameters, WithResponse } from "../operation.ts";
import type { RequestOptions } from "../request-options.ts";
import { Page, type RawPage } from "./page.ts";
import { advance, firstPosition, nextQuery, type Position } from "./position.ts";

type Query = Position["query"];

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
export class PageCall<T> implements Promise<Page<T>>, AsyncIterable<T> {
  readonly #caller: Caller;
  readonly #operation: Operation;
  readonly #parameters: Parameters;
  readonly #options: RequestOptions | undefined;
  #first: Promise<WithResponse<Page<T>>> | undefined;
  /** Where an iteration failed, so that the next one goes on from there. */
  #failedAt: Position | undefined;
  /** What `toArray` had collected when it failed. */
  #collected: T[] = [];

  /** @internal */
  constructor(caller: Caller, operation: Operation, parameters: Parameters, options: RequestOptions | undefined) {
    this.#caller = caller;
    this.#operation = operation;
    this.#parameters = parameters;
    this.#options = options;
  }

  /** Every item, page after page; see `pages` for what happens when the list changes meanwhile. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.results;
  }

  /**
   * Every page, each with only the items that no page before it had. No request is spent after the last page. Where
   * the number of requests allows it, pages overlap, so that an item is neither lost nor repeated when the list shrinks
   * or grows meanwhile.
   *
   * After a failure, iterating the same list again goes on with the page that failed.
   */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let position: Position | undefined = this.#failedAt ?? this.#start();
    this.#failedAt = undefined;
    while (position) {
      const current: Position = position;
      const { data } = await this.#load(current.query).catch((error) => {
        this.#failedAt = current;
        throw error;
      });
      const { fresh, next } = advance(this.#operation, current, data);
      if (fresh.length > 0 || !next) yield this.#page(current.query, { ...data, results: fresh });
      position = next;
    }
  }

  /**
   * Every item in one array. After a failure, calling it again on the same list keeps what was read before.
   *
   * @param options `max`: how many items to read at most; no page is asked for that is not needed.
   * @throws RangeError when `max` is not a positive whole number.
   */
  async toArray({ max = Number.POSITIVE_INFINITY }: { max?: number } = {}): Promise<T[]> {
    if (!(max > 0) || (max !== Number.POSITIVE_INFINITY && !Number.isSafeInteger(max))) {
      throw new RangeError(`toArray: max must be a positive whole number, got ${max}`);
    }
    const items = this.#collected;
    if (items.length < max) {
      for await (const item of this) {
        items.push(item);
        if (items.length >= max) break;
      }
    }
    this.#collected = [];
    // A list that failed may have kept more than is asked for now.
    return items.slice(0, max);
  }

  /** The first page together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<Page<T>>> {
    this.#first ??= this.#loadFirst();
    return this.#first;
  }

  // biome-ignore lint/suspicious/noThenProperty: a list is awaited like any call, but must not be sent before.
  then<Fulfilled = Page<T>, Rejected = never>(
    onFulfilled?: ((page: Page<T>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.withResponse()
      .then(({ data }) => data)
      .then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Page<T> | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Page<T>> {
    return this.then().finally(onFinally);
  }

  get [Symbol.toStringTag](): string {
    return "PageCall";
  }

  async #loadFirst(): Promise<WithResponse<Page<T>>> {
    const { query } = this.#start();
    const { data, response } = await this.#load(query);
    return { data: this.#page(query, data), response };
  }

  async #load(query: Query): Promise<WithResponse<RawPage<T>>> {
    const answer = await this.#caller.send(this.#operation, { ...this.#parameters, query }, this.#options);
    return answer as WithResponse<RawPage<T>>;
  }

  #start(): Position {
    return firstPosition(this.#operation, this.#parameters.query ?? {});
  }

  #page(query: Query, page: RawPage<T>): Page<T> {
    return new Page(page, async () => {
      const next = nextQuery(this.#operation, query, page);
      return next && this.#page(next, (await this.#load(next)).data);
    });
  }
}
