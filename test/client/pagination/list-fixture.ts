import { Angelcam, personalAccessToken } from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";

/** An item of such a list. */
export interface Item {
  id: number;
}

/** A list that responds as the API does, and that `onRequest` may change before each response. */
export function listOf(ids: number[], { onRequest = (_: number, __: number[]) => {}, cap = 100, failAt = -1 } = {}) {
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

/** So many numbers in a row. */
export const range = (count: number, start = 1) => Array.from({ length: count }, (_, index) => start + index);
/** The ids of items. */
export const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

/** The items of a loop over a list, added to those that are there. */
export async function collect(list: AsyncIterable<Item>, items: Item[] = []): Promise<Item[]> {
  for await (const item of list) items.push(item);
  return items;
}

/** The ids of each page of the cameras. */
export async function pagesOf(angelcam: Angelcam, limit = 100): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of angelcam.cameras.list({ limit }).pages()) pages.push(idsOf(page.results));
  return pages;
}

/** The offset of each request. */
export const offsetsOf = ({ requests }: { requests: readonly { url: string }[] }) =>
  requests.map(({ url }) => Number(new URL(url).searchParams.get("offset") ?? 0));
