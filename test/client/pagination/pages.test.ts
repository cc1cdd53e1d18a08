import { describe, expect, it } from "vitest";
import { Angelcam, personalAccessToken, ServerError } from "../../../src/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";
import { idsOf, listOf, offsetsOf, pagesOf, range } from "./list-fixture.ts";

describe("a list that is awaited", () => {
  it("is one page, the largest legal one by default", async () => {
    const { angelcam, fetch } = listOf(range(250));
    const page = await angelcam.cameras.list();
    expect([page.results.length, page.count, page.previous]).toEqual([100, 250, null]);
    expect((await angelcam.cameras.list({ limit: 5 })).results).toHaveLength(5);
    expect(fetch.requests.map(({ url }) => new URL(url).search)).toEqual(["?limit=100", "?limit=5"]);
  });

  it("is sent once, however often it is awaited, and not at all before", async () => {
    const { angelcam, fetch } = listOf(range(3));
    const list = angelcam.cameras.list();
    expect(fetch.requests).toHaveLength(0);
    expect(await list).toBe(await list);
    expect((await list.withResponse()).response.status).toBe(200);
    expect(fetch.requests).toHaveLength(1);
  });

  it("behaves as a promise: then, catch, finally, Promise.all", async () => {
    const { angelcam } = listOf(range(3));
    const broken = listOf([], { failAt: 0 }).angelcam;
    expect(await Promise.all([angelcam.cameras.list(), angelcam.me])).toHaveLength(2);
    expect(await broken.cameras.list().catch((error) => error)).toBeInstanceOf(ServerError);
    let ended = false;
    await angelcam.cameras.list().finally(() => {
      ended = true;
    });
    expect(ended).toBe(true);
  });

  it("is shown as what it is, without being sent", () => {
    const { angelcam, fetch } = listOf([]);
    expect(String(angelcam.cameras.list())).toBe("[object PagePromise]");
    expect(fetch.requests).toHaveLength(0);
  });

  it("is a page that can be compared, printed and serialised like the response that it holds", async () => {
    const page = await listOf(range(1)).angelcam.cameras.list();
    const response = { results: [{ id: 1 }], count: 1, next: null, previous: null };
    expect(page).toStrictEqual(response);
    expect(Object.getPrototypeOf(page)).toBe(Object.prototype);
    expect(structuredClone(page)).toStrictEqual(response);
  });
});

describe("a list that is iterated", () => {
  it("returns 250 cameras with three requests", async () => {
    const { angelcam, fetch } = listOf(range(250));
    expect(idsOf(await angelcam.cameras.list().toArray())).toEqual(range(250));
    expect(fetch.requests).toHaveLength(3);
  });

  it.each([0, 1, 99, 100, 101, 200, 201])("spends no request after the last page of %i", async (count) => {
    const { angelcam, fetch } = listOf(range(count));
    expect(idsOf(await angelcam.cameras.list().toArray())).toEqual(range(count));
    expect(fetch.requests).toHaveLength(Math.max(1, Math.ceil(count / 100)));
  });

  it("starts at the given offset and keeps the given page size", async () => {
    const { angelcam, fetch } = listOf(range(20));
    expect(idsOf(await angelcam.cameras.list({ offset: 8, limit: 4 }).toArray())).toEqual(range(12, 9));
    expect(fetch.requests).toHaveLength(3);
  });

  it.each([
    [100, 1],
    [101, 2],
    [200, 2],
    [201, 3],
    [300, 3],
    [301, 4],
    [900, 9],
  ])("returns %i of 990 items with %i requests: pages overlap only where that costs none", async (max, requests) => {
    const { angelcam, fetch } = listOf(range(990));
    expect(idsOf(await angelcam.cameras.list().toArray({ max }))).toEqual(range(max));
    expect(fetch.requests).toHaveLength(requests);
  });

  it("requests no page that is not needed", async () => {
    const { angelcam, fetch } = listOf(range(250));
    expect(await angelcam.cameras.list().toArray({ max: 100 })).toHaveLength(100);
    expect(fetch.requests).toHaveLength(1);
    for await (const { id } of angelcam.cameras.list()) if (id === 150) break;
    expect(fetch.requests).toHaveLength(3);
  });

  it("returns no item after an abort, also of a page that has come", async () => {
    const { angelcam, fetch } = listOf(range(250));
    const controller = new AbortController();
    const seen: number[] = [];
    const loop = async () => {
      for await (const { id } of angelcam.cameras.list({}, { signal: controller.signal })) {
        seen.push(id);
        if (id === 3) controller.abort(new Error("enough"));
      }
    };
    await expect(loop()).rejects.toThrow("enough");
    expect(seen).toEqual([1, 2, 3]);
    expect(fetch.requests).toHaveLength(1);
  });

  it("returns every item whose id is an empty text, which is no id", async () => {
    const fetch = recordingFetch(() =>
      json({ count: 3, next: null, previous: null, results: [{ id: "" }, { id: "" }, { uuid: "" }] }),
    );
    expect(await new Angelcam({ fetch }).cameras.list().toArray()).toHaveLength(3);
  });

  it("never goes where a link points", async () => {
    const { angelcam, fetch } = listOf(range(250));
    await angelcam.cameras.list().toArray();
    expect(new Set(fetch.requests.map(({ url }) => new URL(url).origin))).toEqual(
      new Set(["https://api.angelcam.com"]),
    );
  });

  it("copes with a server that returns smaller pages than requested", async () => {
    const { angelcam } = listOf(range(95), { cap: 30 });
    expect(idsOf(await angelcam.cameras.list().toArray())).toEqual(range(95));
  });

  it("returns pages too, each with only the items that no page before it had", async () => {
    const { angelcam } = listOf(range(250));
    const pages = await pagesOf(angelcam);
    expect(pages.flat()).toEqual(range(250));
    expect(pages).toHaveLength(3);
  });

  it("rejects an invalid max", async () => {
    const { angelcam } = listOf(range(3));
    for (const max of [0, -1, 1.5, Number.NaN])
      await expect(angelcam.cameras.list().toArray({ max })).rejects.toThrow(
        new RangeError(`toArray: max must be a whole number from 1 to Infinity, got ${max}`),
      );
  });

  it("is iterated with options of the call that hold no signal", async () => {
    const { angelcam } = listOf(range(3));
    const ids: number[] = [];
    for await (const { id } of angelcam.cameras.list({}, { timeout: 1_000 })) ids.push(id);
    expect(ids).toEqual(range(3));
  });

  it("returns one item where one is requested", async () => {
    const { angelcam, fetch } = listOf(range(3));
    expect(idsOf(await angelcam.cameras.list({ limit: 2 }).toArray({ max: 1 }))).toEqual([1]);
    expect(fetch.requests).toHaveLength(1);
  });

  it("accepts Infinity as max", async () => {
    const { angelcam } = listOf(range(3));
    expect(await angelcam.cameras.list().toArray({ max: Number.POSITIVE_INFINITY })).toHaveLength(3);
  });

  it("can be read by several callers at once, each of which gets every item", async () => {
    const { angelcam } = listOf(range(250));
    const list = angelcam.cameras.list();
    const read = await Promise.all([list.toArray(), list.toArray(), list.toArray({ max: 150 })]);
    expect(read.map(idsOf)).toEqual([range(250), range(250), range(150)]);
  });

  it("requests pages that overlap by half of the room that their number leaves", async () => {
    const { angelcam, fetch } = listOf(range(250));
    expect((await pagesOf(angelcam)).map(({ length }) => length)).toEqual([100, 88, 62]);
    expect(offsetsOf(fetch)).toEqual([0, 88, 169]);
  });

  it("returns one empty page for an empty list, and no empty page in the middle", async () => {
    expect(await pagesOf(listOf([]).angelcam)).toEqual([[]]);
    const { angelcam } = listOf(range(20), { onRequest: (index, list) => index === 1 && list.unshift(101, 102, 103) });
    const pages = await pagesOf(angelcam, 10);
    expect(pages.flat()).toEqual(range(20));
    expect(pages.map(({ length }) => length)).not.toContain(0);
  });
});

describe("a server that returns the same page whatever is requested", () => {
  it("is an error after four requests, and not a short list", async () => {
    const results = range(5).map((id) => ({ id }));
    const fetch = recordingFetch(() =>
      json({ count: 11, next: "https://api.angelcam.com/v1/cameras/?limit=5&offset=5", previous: null, results }),
    );
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false });
    const list = angelcam.cameras.list();
    await expect(list.toArray()).rejects.toThrow(
      /^cameras\.list: .*repeats items that came before, although next names another page/,
    );
    expect(offsetsOf(fetch)).toEqual([0, 4, 9, 14]);
    // The first page alone is as good as any.
    expect(idsOf((await angelcam.cameras.list()).results)).toEqual(range(5));
  });
});
