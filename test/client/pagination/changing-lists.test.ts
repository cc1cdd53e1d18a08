import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Angelcam, personalAccessToken } from "../../../src/index.ts";
import { json } from "../../support/fake-angelcam.ts";
import { runs } from "../../support/property-runs.ts";
import { idsOf, listOf, pagesOf, range } from "./list-fixture.ts";

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
