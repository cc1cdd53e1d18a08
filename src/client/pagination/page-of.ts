import type { PagePromise } from "./page-promise.ts";

/**
 * A list for unit tests that replace the client: what a mocked `list` returns. Awaited it is a page with these items;
 * iterated it is the items.
 *
 * @param items All items of the list, or an error that the list fails with.
 * @example
 * ```ts
 * const list = vi.fn(() => pageOf([{ id: 1, name: "Door" }]));
 * const angelcam = { cameras: { list } } as unknown as Angelcam;
 * for await (const { name } of angelcam.cameras.list()) console.log(name);
 * ```
 */
export function pageOf<T>(items: readonly T[] | Error): PagePromise<T> {
  const load = async () => {
    if (items instanceof Error) throw items;
    return { results: [...items], count: items.length, next: null, previous: null };
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: like a list of the client, it fails only where it is used.
    then: (onFulfilled, onRejected) => load().then(onFulfilled, onRejected),
    catch: (onRejected) => load().catch(onRejected),
    finally: (onFinally) => load().finally(onFinally),
    async *pages() {
      yield await load();
    },
    toArray: async ({ max = Number.POSITIVE_INFINITY } = {}) => (await load()).results.slice(0, max),
    withResponse: () => load().then((data) => ({ data, response: Response.json(data) })),
    async *[Symbol.asyncIterator]() {
      yield* (await load()).results;
    },
    [Symbol.toStringTag]: "PagePromise",
  };
}
