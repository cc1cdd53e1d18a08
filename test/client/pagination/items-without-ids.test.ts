import { expect, it } from "vitest";
import { Angelcam, personalAccessToken } from "../../../src/index.ts";
import { json, recordingFetch } from "../../support/fake-angelcam.ts";

/** A client whose list returns these pages in order, all but the last with a link to another. */
function pagesOf(...pages: unknown[][]) {
  const count = pages.flat().length;
  const fetch = recordingFetch((_, index) => {
    const offset = pages.slice(0, index + 1).flat().length;
    const next = index + 1 < pages.length ? `https://api.angelcam.com/v1/cameras/?offset=${offset}` : null;
    return json({ count, next, previous: null, results: pages[index] });
  });
  return new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false, retry: false });
}

const named = (...names: string[]) => names.map((name) => ({ name }));

it("two pages of items without ids, of which some are alike: all are returned", async () => {
  const list = pagesOf(named("a", "b", "b"), named("b", "c", "d")).cameras.list();
  expect(await list.toArray()).toEqual(named("a", "b", "b", "b", "c", "d"));
});

it("a page of items without ids that came before: it brings nothing new, and no empty page is passed on", async () => {
  const list = pagesOf(named("a", "b"), named("a", "b"), named("c")).cameras.list();
  const pages: unknown[] = [];
  for await (const { results } of list.pages()) pages.push(results);
  expect(pages).toEqual([named("a", "b"), named("c")]);
});

it("items some of which have an id: those with one are compared, those without are all returned", async () => {
  const list = pagesOf([{ id: 1 }, ...named("a")], [{ id: 1 }, ...named("a", "b")]).cameras.list();
  expect(await list.toArray()).toEqual([{ id: 1 }, ...named("a"), ...named("a", "b")]);
});
