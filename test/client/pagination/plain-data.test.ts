import { replaceEqualDeep } from "@tanstack/query-core";
import { parse, stringify } from "devalue";
import { expect, expectTypeOf, it } from "vitest";
import { Angelcam, type Page, type PagePromise, personalAccessToken } from "../../../src/index.ts";
import { json } from "../../support/fake-angelcam.ts";

// Results go through the serializers of frameworks: Next.js and Nuxt (structured data and JSON), SvelteKit (devalue), and
// TanStack's structural sharing.

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const camera = (id: number, status = "online") => ({ id, name: `Camera ${id}`, status, tags: ["a"], snapshot: null });

function connect(...pages: readonly object[]) {
  let index = 0;
  const fetch = async () => json({ previous: null, next: null, ...pages[Math.min(index++, pages.length - 1)] });
  const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false });
  return angelcam;
}

const whole = { count: 2, results: [camera(1), camera(2)] };

const results: readonly [string, (angelcam: Angelcam) => Promise<unknown>][] = [
  ["a page", async (angelcam) => angelcam.cameras.list()],
  ["a page of pages()", async (angelcam) => (await collect(angelcam.cameras.list().pages()))[0]],
  ["the array of toArray()", (angelcam) => angelcam.cameras.list().toArray()],
  ["the data of withResponse()", async (angelcam) => (await angelcam.cameras.list().withResponse()).data],
  ["an item of an iteration", async (angelcam) => (await collect(angelcam.cameras.list()))[0]],
];

it.each(results)("%s survives structuredClone, JSON and devalue unchanged", async (_, read) => {
  const result = await read(connect(whole));
  expect(structuredClone(result)).toStrictEqual(result);
  expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
  expect(parse(stringify(result))).toStrictEqual(result);
  expect(Object.getPrototypeOf(result)).toBe(Object.getPrototypeOf(Array.isArray(result) ? [] : {}));
});

it("a page of a server that adds hostile names can be serialized like any other", async () => {
  const hostile = JSON.parse(
    '{"__proto__":{"results":[]},"nextPage":1,"constructor":2,"count":1,"results":[{"id":1}]}',
  );
  const page = await connect(hostile).cameras.list();
  expect(parse(stringify(page))).toStrictEqual({ count: 1, next: null, previous: null, results: [{ id: 1 }] });
});

it("TanStack's structural sharing keeps the rows that have not changed", async () => {
  const angelcam = connect(whole, { count: 2, results: [camera(1), camera(2, "offline")] }, whole);
  const [first, second] = [await angelcam.cameras.list(), await angelcam.cameras.list()];
  const shared: Page<object> = replaceEqualDeep(first, second);
  expect(shared).not.toBe(first);
  expect(shared.results[0]).toBe(first.results[0]);
  expect(shared.results[1]).not.toBe(first.results[1]);
  expect(replaceEqualDeep(first, await angelcam.cameras.list())).toBe(first);
});

it("a page has its types, and no methods", async () => {
  const list = connect(whole).cameras.list();
  expectTypeOf(list).toExtend<PagePromise<{ id: number }>>();
  const page = await list;
  expectTypeOf<keyof typeof page>().toEqualTypeOf<"results" | "count" | "next" | "previous">();
  expectTypeOf(page.count).toEqualTypeOf<number>();
  expectTypeOf(page.next).toEqualTypeOf<string | null>();
  expect(Object.keys(page).toSorted()).toEqual(["count", "next", "previous", "results"]);
});
