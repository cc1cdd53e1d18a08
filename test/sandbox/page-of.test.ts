import { describe, expect, test } from "vitest";
import { pageOf } from "../../src/sandbox/index.ts";

const items = [{ id: 1 }, { id: 2 }, { id: 3 }];
const page = { results: items, count: 3, next: null, previous: null };

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
}

describe("pageOf", () => {
  test("is a page when it is awaited, and the items when it is iterated", async () => {
    expect(await pageOf(items)).toEqual(page);
    expect(await collect(pageOf(items))).toEqual(items);
    expect(await collect(pageOf(items).pages())).toEqual([page]);
  });

  test("returns its items in an array, all or as many as are requested", async () => {
    expect(await pageOf(items).toArray()).toEqual(items);
    expect(await pageOf(items).toArray({ max: 2 })).toEqual(items.slice(0, 2));
  });

  test("returns a response that holds the page", async () => {
    const { data, response } = await pageOf(items).withResponse();
    expect(data).toEqual(page);
    expect(await response.json()).toEqual(page);
  });

  test("fails where it is used with the error in place of the items, and not before", async () => {
    const reason = new Error("offline");
    const list = pageOf<{ id: number }>(reason);
    await expect(list).rejects.toBe(reason);
    await expect(collect(list)).rejects.toBe(reason);
    await expect(list.toArray()).rejects.toBe(reason);
    expect(await list.catch((error) => error)).toBe(reason);
    let ended = 0;
    await expect(list.finally(() => ended++)).rejects.toBe(reason);
    expect(ended).toBe(1);
    expect(Object.prototype.toString.call(list)).toBe("[object PagePromise]");
  });
});
