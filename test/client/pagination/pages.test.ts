import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Angelcam, personalAccessToken, ServerError } from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";
import { runs } from "../../support/property-runs.ts";

interface Item {
  id: number;
}

/** A list that responds as the API does, and that `onRequest` may change before each response. */
function listOf(ids: number[], { onRequest = (_: number, __: number[]) => {}, cap = 100, failAt = -1 } = {}) {
  const list = [...ids];
  const fetch = recordingFetch((request, index) => {
    onRequest(index, list);
    if (index === failAt) return envelope(503, "bad_gateway", "x");
    const query = new URL(request.url).searchParams;
    const offset = Number(query.get("offset") ?? 0);
    const limit = Math.min(cap, Number(query.get("limit") ?? 100));
    const results = list.slice(offset, offset + limit).map((id): Item => ({ id }));
    const more = offset + results.length < list.length;
    return json({
      count: list.length,
      next: more ? `https://elsewhere.example/v1/cameras/?offset=${offset + limit}` : null,
      previous: offset > 0 ? "https://elsewhere.example/v1/cameras/" : null,
      results,
    });
  });
  const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false, retry: false });
  return { angelcam, fetch, list };
}

const range = (count: number, start = 1) => Array.from({ length: count }, (_, index) => start + index);
const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);
async function pagesOf(angelcam: Angelcam, limit = 100): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of angelcam.cameras.list({ limit }).pages()) pages.push(idsOf(page.results));
  return pages;
}
const offsetsOf = ({ requests }: { requests: readonly { url: string }[] }) =>
  requests.map(({ url }) => Number(new URL(url).searchParams.get("offset") ?? 0));

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

describe("a list that changes meanwhile", () => {
  it("neither loses nor duplicates items when cameras go and come between pages, and still takes three requests", async () => {
    const { angelcam, fetch } = listOf(range(250), {
      onRequest: (index, list) => {
        if (index === 1) list.splice(3, 10);
        if (index === 2) list.push(1001, 1002);
      },
    });
    const ids = idsOf(await angelcam.cameras.list().toArray());
    expect(ids).toEqual([...range(250), 1001, 1002]);
    expect(fetch.requests).toHaveLength(3);
  });

  it("duplicates no item when cameras are added in front", async () => {
    const { angelcam } = listOf(range(250), { onRequest: (index, list) => index > 0 && list.unshift(2000 + index) });
    const ids = idsOf(await angelcam.cameras.list().toArray());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id <= 250)).toEqual(range(250));
  });

  it("goes back for items that moved up past it, where more were removed than pages overlap", async () => {
    const { angelcam, fetch } = listOf(range(250), { onRequest: (index, list) => index === 1 && list.splice(0, 60) });
    const ids = idsOf(await angelcam.cameras.list().toArray());
    // The items that moved up come after those that replaced them.
    expect(ids.toSorted((a, b) => a - b)).toEqual(range(250));
    expect(fetch.requests.length).toBeLessThanOrEqual(4);
  });

  it("is no error where many known pages follow after it went back far", async () => {
    const { angelcam, fetch } = listOf(range(100), {
      onRequest: (index, list) => index === 6 && list.splice(0, 45),
      cap: 10,
    });
    const ids = (await pagesOf(angelcam, 10)).flat();
    expect(ids.toSorted((a, b) => a - b)).toEqual(range(100));
    expect(fetch.requests.length).toBeLessThanOrEqual(20);
  });

  it("does not go back and forth for ever where servers do not agree how long it is", async () => {
    const { angelcam, fetch } = listOf(range(300));
    let responses = 0;
    const disagreeing: typeof globalThis.fetch = async (...request) => {
      const body = (await (await fetch(...request)).json()) as { count: number };
      return json({ ...body, count: 300 - (responses++ % 2) });
    };
    const auth = personalAccessToken("x".repeat(20));
    const twoMinded = new Angelcam({ auth, fetch: disagreeing, quota: false });
    expect(idsOf(await twoMinded.cameras.list().toArray()).toSorted((a, b) => a - b)).toEqual(range(300));
    expect(fetch.requests.length).toBeLessThanOrEqual(6);
    expect(idsOf(await angelcam.cameras.list().toArray())).toEqual(range(300));
  });

  it("is an error where a server returns only empty pages", async () => {
    let requests = 0;
    const fetch = async () => json({ count: 300 - requests++, next: "/?offset=9", previous: null, results: [] });
    const auth = personalAccessToken("x".repeat(20));
    const angelcam = new Angelcam({ auth, fetch, quota: false });
    await expect(angelcam.cameras.list().toArray()).rejects.toThrow(/^cameras\.list: .*is empty/);
    expect(requests).toBe(2);
  });

  it("neither loses nor duplicates an item that stays in it, whatever is added and removed", async () => {
    const change = fc.record({ at: fc.nat(60), remove: fc.nat(9), add: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.integer({ min: 4, max: 12 }),
        fc.array(change, { maxLength: 4 }),
        async (count, limit, changes) => {
          let fresh = 1000;
          const original = range(count);
          const gone = new Set<number>();
          const { angelcam, fetch } = listOf(original, {
            onRequest: (index, list) => {
              const { at, remove, add } = changes[index - 1] ?? { at: 0, remove: 0, add: 0 };
              // Fewer than a page: what is lost beyond that cannot be seen from the ids of one page.
              const position = Math.min(at, list.length);
              for (const id of list.splice(position, Math.min(remove, limit - 1))) gone.add(id);
              for (let number = 0; number < add; number++) list.push(fresh++);
            },
          });
          const ids = idsOf(await angelcam.cameras.list({ limit }).toArray());
          expect(new Set(ids).size).toBe(ids.length);
          if (changes.every(({ add }) => add === 0)) {
            for (const id of original) if (!gone.has(id)) expect(ids).toContain(id);
          }
          expect(fetch.requests.length).toBeLessThan(60);
        },
      ),
      runs("pages"),
    );
  });
});

describe("a list that loses any number of items between pages", () => {
  it("is read without an error: every item that stays comes once; where others are added at its end, none comes twice", async () => {
    const change = fc.record({ at: fc.nat(99), remove: fc.nat(99), add: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(150),
        fc.integer({ min: 1, max: 12 }),
        fc.array(change, { maxLength: 20 }),
        fc.boolean(),
        async (count, limit, changes, gainsItems) => {
          let fresh = 1000;
          const gone = new Set<number>();
          const { angelcam, fetch } = listOf(range(count), {
            onRequest: (index, list) => {
              const { at, remove, add } = changes[index - 1] ?? { at: 0, remove: 0, add: 0 };
              for (const id of list.splice(at, remove)) gone.add(id);
              if (!gainsItems) return;
              list.push(...range(add, fresh));
              fresh += add;
            },
          });
          const ids = idsOf(await angelcam.cameras.list({ limit }).toArray());
          expect(new Set(ids).size).toBe(ids.length);
          if (!gainsItems) expect(range(count).filter((id) => !gone.has(id) && !ids.includes(id))).toEqual([]);
          expect(fetch.requests.length).toBeLessThan(1500);
        },
      ),
      runs("pages"),
    );
  });
});

describe("a list that fails in the middle", () => {
  it("goes on where it failed when it is iterated again, and no item is lost or duplicated", async () => {
    const { angelcam, fetch } = listOf(range(250), { failAt: 1 });
    const list = angelcam.cameras.list();
    const ids: number[] = [];
    await expect(
      (async () => {
        for await (const { id } of list) ids.push(id);
      })(),
    ).rejects.toBeInstanceOf(ServerError);
    expect(ids).toEqual(range(100));
    for await (const { id } of list) ids.push(id);
    expect(ids).toEqual(range(250));
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

  it("is collected from where a loop failed", async () => {
    const { angelcam } = listOf(range(250), { failAt: 1 });
    const list = angelcam.cameras.list();
    await expect(
      (async () => {
        for await (const _ of list);
      })(),
    ).rejects.toBeInstanceOf(ServerError);
    expect(idsOf(await list.toArray())).toEqual(range(150, 101));
  });

  it("starts again once a loop has gone on where toArray failed", async () => {
    const { angelcam } = listOf(range(250), { failAt: 2 });
    const list = angelcam.cameras.list();
    await expect(list.toArray()).rejects.toBeInstanceOf(ServerError);
    const rest: Item[] = [];
    for await (const item of list) rest.push(item);
    expect(idsOf(rest).at(-1)).toBe(250);
    expect(idsOf(await list.toArray())).toEqual(range(250));
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
