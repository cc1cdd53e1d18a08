import { describe, expect, it } from "vitest";
import { Angelcam, type Page, type PagePromise, personalAccessToken, ServerError } from "../../../src/index.ts";
import { json } from "../../support/fake-angelcam.ts";
import { collect, type Item, idsOf, listOf, offsetsOf, range } from "./list-fixture.ts";

describe("a list that fails in the middle", () => {
  it("goes on where it failed when it is iterated again, and no item is lost or duplicated", async () => {
    const { angelcam, fetch } = listOf(range(250), { failAt: 1 });
    const list = angelcam.cameras.list();
    const items: Item[] = [];
    await expect(collect(list, items)).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(items)).toEqual(range(100));
    expect(idsOf(await collect(list, items))).toEqual(range(250));
    expect(fetch.requests).toHaveLength(4);
  });

  it("keeps what toArray had read", async () => {
    const { angelcam, fetch } = listOf(range(250), { failAt: 2 });
    const list = angelcam.cameras.list();
    await expect(list.toArray()).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await list.toArray())).toEqual(range(250));
    expect(fetch.requests).toHaveLength(4);
    expect(idsOf(await list.toArray())).toEqual(range(250));
  });

  it("is collected from its start after a loop failed, and the loop still goes on where it failed", async () => {
    const { angelcam } = listOf(range(250), { failAt: 1 });
    const list = angelcam.cameras.list();
    await expect(collect(list)).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await list.toArray())).toEqual(range(250));
    expect(idsOf(await collect(list))).toEqual(range(150, 101));
  });

  it("is iterated from its start after toArray failed, and toArray still keeps what it had read", async () => {
    const { angelcam, fetch } = listOf(range(250), { failAt: 2 });
    const list = angelcam.cameras.list();
    await expect(list.toArray()).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await collect(list))).toEqual(range(250));
    expect(idsOf(await list.toArray())).toEqual(range(250));
    expect(fetch.requests).toHaveLength(3 + 3 + 1);
  });

  it.each([
    ["a loop", collect],
    ["toArray", async (list: PagePromise<Item>, _: Item[] = []): Promise<Item[]> => list.toArray()],
  ])("returns to %s every item of a page that led nowhere at first and is requested again", async (_, readAll) => {
    const { fetch } = listOf(range(200));
    let responses = 0;
    // The second page lacks its half and its next, although its count says that more is to come.
    const cutting: typeof globalThis.fetch = async (...request) => {
      const page = (await (await fetch(...request)).json()) as Page<Item>;
      return json(responses++ === 1 ? { results: page.results.slice(0, 50), count: page.count } : page);
    };
    const list = new Angelcam({
      auth: personalAccessToken("x".repeat(20)),
      fetch: cutting,
      quota: false,
    }).cameras.list();
    const items: Item[] = [];
    await expect(readAll(list, items)).rejects.toThrow("a page has no next, although count is 200");
    expect(idsOf(await readAll(list, items))).toEqual(range(200));
  });

  it("sends no further request where toArray had read enough", async () => {
    const { angelcam, fetch } = listOf(range(200), { failAt: 1 });
    const list = angelcam.cameras.list();
    await expect(list.toArray()).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await list.toArray({ max: 100 }))).toEqual(range(100));
    expect(fetch.requests).toHaveLength(2);
    // The rest is still to be read, from the page that failed.
    expect(idsOf(await list.toArray())).toEqual(range(200));
    expect(offsetsOf(fetch)).toEqual([0, 100, 100]);
  });
});

describe("a list that is collected after a failure", () => {
  it("returns no more than requested, however much it had kept", async () => {
    const { angelcam } = listOf(range(250), { failAt: 2 });
    const cameras = angelcam.cameras.list();
    await expect(cameras.toArray()).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await cameras.toArray({ max: 150 }))).toEqual(range(150));
    // Items beyond the first request are still there.
    expect(idsOf(await cameras.toArray())).toEqual(range(250));
  });
});
