import { expect, it } from "vitest";
import { ServerError } from "../../../src/index.ts";
import { collect, type Item, idsOf, listOf, offsetsOf, range } from "./list-fixture.ts";

// The number to be proud of is requests spent per job: a page that was awaited is not requested again by the loop after it.

it("a list that is awaited and then looped over: its first page is requested once", async () => {
  const { angelcam, fetch } = listOf(range(250));
  const list = angelcam.cameras.list();
  expect((await list).count).toBe(250);
  expect(idsOf(await collect(list))).toEqual(range(250));
  expect(offsetsOf(fetch)).toEqual([0, 88, 169]);
});

it("withResponse and then toArray: the same", async () => {
  const { angelcam, fetch } = listOf(range(3));
  const list = angelcam.cameras.list();
  expect((await list.withResponse()).response.status).toBe(200);
  expect(idsOf(await list.toArray())).toEqual(range(3));
  expect(fetch.requests).toHaveLength(1);
});

it("a list that is awaited once and looped over every minute: each loop after the first shows what is there by then", async () => {
  const { angelcam, fetch, list: cameras } = listOf(range(2));
  const list = angelcam.cameras.list();
  await list;
  const seen: number[][] = [];
  for (const id of [3, 4, 5]) {
    seen.push(idsOf(await collect(list)));
    cameras.push(id);
  }
  expect(seen).toEqual([range(2), range(3), range(4)]);
  expect(fetch.requests).toHaveLength(3);
});

it("a list that is looped over in one place and awaited in another: a loop that has begun takes no other page", async () => {
  const { angelcam } = listOf(range(250));
  const list = angelcam.cameras.list();
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
    if (items.length % 50 === 0) await list;
  }
  expect(idsOf(items)).toEqual(range(250));
});

it("an awaited page whose results were emptied: the loop returns every item all the same", async () => {
  const { angelcam } = listOf(range(3));
  const list = angelcam.cameras.list();
  (await list).results.length = 0;
  expect(idsOf(await collect(list))).toEqual(range(3));
});

it("a first page that failed: awaiting the same list again requests it again", async () => {
  const { angelcam, fetch } = listOf(range(3), { failAt: 0 });
  const list = angelcam.cameras.list();
  await expect(list.withResponse()).rejects.toBeInstanceOf(ServerError);
  expect((await list).results).toHaveLength(3);
  expect(await list).toBe(await list);
  expect(fetch.requests).toHaveLength(2);
});

it("an abort after the first page was awaited: neither a loop nor toArray returns a short list", async () => {
  const controller = new AbortController();
  const { angelcam } = listOf(range(3));
  const list = angelcam.cameras.list({}, { signal: controller.signal });
  await list;
  controller.abort(new Error("enough"));
  await expect(list.toArray()).rejects.toThrow("enough");
  await expect(collect(list)).rejects.toThrow("enough");
});

it("query and options that the program changes between two pages: every page is requested as the first was", async () => {
  const query = { limit: 10, location_id: 1 };
  const options: { space: number; timeout?: number | undefined } = { space: 7 };
  const { angelcam, fetch } = listOf(range(30));
  for await (const _ of angelcam.cameras.list(query, options).pages()) {
    Object.assign(query, { limit: 1, location_id: 2 });
    options.space++;
    options.timeout = -1;
  }
  expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual(["7", "7", "7"]);
  const parameters = fetch.requests.map(({ url }) => new URL(url).searchParams);
  expect(parameters.map((page) => [page.get("limit"), page.get("location_id")])).toEqual(Array(3).fill(["10", "1"]));
});
