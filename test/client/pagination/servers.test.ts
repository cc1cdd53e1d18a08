import { describe, expect, it } from "vitest";
import { Angelcam, type AngelcamError, personalAccessToken, UnexpectedResponseError } from "../../../src/index.ts";
import { listen } from "../loopback-server.ts";

// One list read from servers that page in their own ways, over real HTTP. Each ends with every item or with an error that
// names the operation: never with a short list, never with an item twice, never without an end.

interface PageLike {
  [name: string]: unknown;
  results?: unknown;
}

interface Asked {
  readonly offset: number;
  readonly limit: number;
  readonly query: URLSearchParams;
  /** The number of the request, from 0. */
  readonly index: number;
}

interface PagingServer {
  readonly name: string;
  /** The response, text or a value that is written as JSON. */
  readonly page: (asked: Asked) => PageLike | unknown[] | string | number | null;
  /** How many items there are, 250 unless it says otherwise. */
  readonly size?: number;
  /** The expected message of an error; without it all items must come. */
  readonly error?: RegExp;
  /** True for a list that is paged by links: events in place of cameras. */
  readonly byLink?: boolean;
  /** The largest number of requests it may take. */
  readonly requests: number;
}

const SIZE = 250;
const items = Array.from({ length: SIZE }, (_, index) => ({ id: index + 1, name: `Item ${index + 1}` }));

/** A page as the API documents it. */
function page({ offset, limit }: Asked, { cap = limit, link = (end: number) => `?offset=${end}` as unknown } = {}) {
  const results = items.slice(offset, offset + Math.min(limit, cap));
  const end = offset + results.length;
  return { count: SIZE as unknown, next: end < SIZE ? link(end) : null, previous: null, results };
}

const withLink = (link: (end: number) => unknown) => (asked: Asked) => page(asked, { link });
const withCount = (count: (shown: number) => unknown) => (asked: Asked) => {
  const shown = page(asked);
  return { ...shown, count: count(shown.results.length) };
};

/** Pages of 100 behind cursors, with an empty one wherever `isEmpty` says so. */
function cursors(asked: Asked, link: (cursor: string) => string, isEmpty: (page: number) => boolean = () => false) {
  const cursor = Number((asked.query.get("cursor") ?? asked.query.get("next") ?? "c0").slice(1));
  let start = 0;
  for (let before = 0; before < cursor; before++) if (!isEmpty(before)) start += 100;
  const results = isEmpty(cursor) ? [] : items.slice(start, start + 100);
  return { count: SIZE, next: start + results.length < SIZE ? link(`c${cursor + 1}`) : null, previous: null, results };
}

const servers: readonly PagingServer[] = [
  { name: "as documented", page: withLink((end) => `https://api.angelcam.com/v1/cameras/?offset=${end}`), requests: 3 },
  { name: "a count of null", page: withCount(() => null), requests: 3 },
  { name: "no count", page: withCount(() => undefined), requests: 3 },
  { name: "a count that is too low", page: withCount(() => 5), requests: 3 },
  { name: "a count of 0", page: withCount(() => 0), requests: 3 },
  { name: "a count that is far too high", page: withCount(() => 1e9), requests: 6 },
  { name: "a count of each page alone", page: withCount((shown) => shown), requests: 3 },
  { name: "a count that is a string", page: withCount(() => "250"), requests: 3 },
  { name: "a count that is negative, broken or not a number", page: withCount(() => -1.5), requests: 3 },
  { name: "pages of 30 at most", page: (asked) => page(asked, { cap: 30 }), requests: 12 },
  {
    name: "pages of 30 at most, with links that believe in 100",
    page: (asked) => page(asked, { cap: 30, link: () => `?limit=100&offset=${asked.offset + asked.limit}` }),
    requests: 12,
  },
  { name: "pages of five items", page: (asked) => page(asked, { cap: 5 }), requests: 60 },
  {
    name: "an empty page in the middle",
    page: (asked) => (asked.index === 1 ? { ...page(asked), results: [], next: "?offset=100" } : page(asked)),
    requests: 6,
  },
  {
    name: "links to another host",
    page: withLink((end) => `https://elsewhere.example/v1/cameras/?offset=${end}`),
    requests: 3,
  },
  { name: "links over plain http", page: withLink((end) => `http://api.angelcam.com/?offset=${end}`), requests: 3 },
  { name: "links with a port", page: withLink((end) => `https://api.angelcam.com:8443/?offset=${end}`), requests: 3 },
  { name: "relative links", page: withLink((end) => `/v1/cameras/?offset=${end}`), requests: 3 },
  { name: "links without a host that are no path", page: withLink((end) => `//?offset=${end}#x`), requests: 3 },
  { name: "a link that is no link", page: withLink(() => "more"), requests: 3 },
  {
    name: "links with a fragment and a password",
    page: withLink((end) => `https://a:b@c.example/?offset=${end}#?offset=0`),
    requests: 3,
  },
  {
    name: "hostile names beside and in the items",
    page: (asked) => {
      const text = JSON.stringify({ ...page(asked), nextPage: "x", constructor: 1, toJSON: null });
      return text
        .replace(/^\{/, '{"then":"y","__proto__":{"results":[],"next":null},')
        .replaceAll('{"id"', '{"then":1,"nextPage":{},"__proto__":{"id":7},"id"');
    },
    requests: 3,
  },
  {
    name: "cursors in links",
    byLink: true,
    page: (asked) => cursors(asked, (cursor) => `?cursor=${cursor}`),
    requests: 3,
  },
  {
    name: "cursors of a list that is paged by offset",
    page: (asked) => cursors(asked, (cursor) => `?cursor=${cursor}`),
    requests: 3,
  },
  { name: "bare cursors", byLink: true, page: (asked) => cursors(asked, (cursor) => cursor), requests: 3 },
  {
    name: "a bare query with a cursor",
    byLink: true,
    page: (asked) => cursors(asked, (cursor) => `cursor=${cursor}`),
    requests: 3,
  },
  {
    name: "cursors over two empty pages",
    byLink: true,
    page: (asked) =>
      cursors(
        asked,
        (cursor) => `?cursor=${cursor}`,
        (number) => number === 1 || number === 2,
      ),
    requests: 5,
  },
  {
    name: "the same page for ever",
    page: (asked) => page({ ...asked, offset: 0 }, { link: () => "?offset=100" }),
    error: /repeats items/,
    requests: 4,
  },
  {
    name: "the same page for ever, of items without an id",
    page: () => ({ count: SIZE, next: "?offset=2", previous: null, results: [{ name: "a" }, { name: "a" }] }),
    error: /repeats items/,
    requests: 4,
  },
  {
    name: "the same page for ever, of items of which some have ids",
    page: () => ({ count: SIZE, next: "?offset=2", previous: null, results: [{ id: 1 }, null, { name: "a" }] }),
    error: /repeats items/,
    requests: 4,
  },
  {
    name: "the same page for ever, of items without ids, nested too deeply to compare",
    page: () =>
      `{"count":250,"next":"?offset=2","previous":null,"results":[${"[".repeat(200_000)}${"]".repeat(200_000)}]}`,
    error: /items without ids, nested too deeply/,
    requests: 1,
  },
  {
    name: "the same page for ever, nested too deeply to compare",
    page: () =>
      `{"count":250,"next":"?offset=2","previous":null,"results":[{"id":1,"deep":${"[".repeat(10_000)}${"]".repeat(10_000)}}]}`,
    error: /repeats items/,
    requests: 4,
  },
  {
    name: "empty pages for ever",
    page: ({ offset }) => ({ count: SIZE, next: `?offset=${offset + 100}`, previous: null, results: [] }),
    error: /is empty/,
    requests: 20,
  },
  {
    name: "links in a circle",
    byLink: true,
    page: (asked) => cursors(asked, () => "?cursor=c1"),
    error: /names itself/,
    requests: 2,
  },
  {
    name: "links in a wide circle",
    byLink: true,
    page: (asked) => cursors({ ...asked }, (cursor) => (cursor === "c2" ? "?cursor=c0" : `?cursor=${cursor}`)),
    error: /repeats items/,
    requests: 5,
  },
  {
    name: "no next, though more is to come",
    page: (asked) => ({ ...page(asked), next: undefined }),
    error: /has no next/,
    requests: 1,
  },
  {
    name: "a next that is a number",
    page: withLink(() => 5),
    error: /next must be a URL or null, got the number 5/,
    requests: 1,
  },
  { name: "a next that is true", page: withLink(() => true), error: /next must be a URL or null/, requests: 1 },
  {
    name: "no results",
    page: (asked) => ({ ...page(asked), results: undefined }),
    error: /results must be an array, got nothing/,
    requests: 1,
  },
  {
    name: "results of null",
    page: (asked) => ({ ...page(asked), results: null }),
    error: /results must be an array, got null/,
    requests: 1,
  },
  {
    name: "results that are an object",
    page: (asked) => ({ ...page(asked), results: {} }),
    error: /results must be an array/,
    requests: 1,
  },
  { name: "null", page: () => null, error: /got null|null/, requests: 1 },
  { name: "an array", page: () => [], error: /got an array|array/, requests: 1 },
  { name: "a number", page: () => 5, error: /got the number 5|number/, requests: 1 },
  { name: "a string", page: () => '"page"', error: /got a string|string/, requests: 1 },
  {
    name: "a later page that is none",
    page: (asked) => (asked.offset > 0 ? [] : page(asked)),
    error: /array/,
    requests: 2,
  },
];

/** Starts the server, and returns a client of it with the targets of its requests. */
async function start({ page: respond }: PagingServer) {
  const targets: string[] = [];
  const baseUrl = await listen((request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const asked = { offset: Number(query.get("offset") ?? 0), limit: Number(query.get("limit") ?? 100), query };
    const content = respond({ ...asked, index: targets.length });
    targets.push(request.url ?? "");
    response.setHeader("Content-Type", "application/json");
    response.end(typeof content === "string" ? content : JSON.stringify(content));
  });
  const auth = personalAccessToken("x".repeat(20));
  return { angelcam: new Angelcam({ auth, baseUrl, quota: false, retry: false }), targets };
}

describe("reading a list", () => {
  it(`is tried with at least 20 servers`, () => {
    expect(servers.length).toBeGreaterThanOrEqual(20);
    expect(new Set(servers.map(({ name }) => name)).size).toBe(servers.length);
  });

  it.each(servers)("from a server with $name", async (server) => {
    const { angelcam, targets } = await start(server);
    const list = () => (server.byLink ? angelcam.cameras.events.list(7) : angelcam.cameras.list());
    const outcome = await list()
      .toArray()
      .catch((error: unknown) => error);
    if (server.error) {
      expect(outcome).toBeInstanceOf(UnexpectedResponseError);
      const { message, operationId } = outcome as AngelcamError;
      expect(message).toMatch(server.error);
      expect(message.startsWith(server.byLink ? "cameras.events.list" : "cameras.list")).toBe(true);
      expect(operationId).toBe(server.byLink ? "cameras.events.list" : "cameras.list");
    } else {
      expect(Array.isArray(outcome) ? outcome.map(({ id }) => id) : outcome).toEqual(items.map(({ id }) => id));
    }
    expect(targets.length).toBeLessThanOrEqual(server.requests);
    const path = server.byLink ? "/v1/cameras/7/events/" : "/v1/cameras/";
    expect(targets.map((target) => target.split("?")[0])).toEqual(targets.map(() => path));
    // The loop over items comes to the same end.
    const read: unknown[] = [];
    const again = list();
    const loop = async () => {
      for await (const item of again) read.push(item);
      return read;
    };
    const other = await loop().catch((error: unknown) => error);
    expect(other instanceof Error ? other.message : other).toEqual(
      outcome instanceof Error ? outcome.message : outcome,
    );
  });
});
