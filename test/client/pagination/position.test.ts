import { describe, expect, it } from "vitest";
import { type Operation, operations } from "../../../generated/operations.ts";
import type { Page } from "../../../src/client/pagination/page.ts";
import {
  advance,
  firstRequest,
  type PageQuery,
  type PageRequest,
  type Position,
  startAt,
} from "../../../src/client/pagination/position.ts";
import { UnexpectedResponseError } from "../../../src/index.ts";

function operationWith(pagination: Operation["pagination"] & {}): Operation {
  return { ...operations["cameras.list"], pagination };
}

const byOffset = operationWith({ type: "offset", pageSize: 10 });
const byLink = operationWith({ type: "next" });

const OFFSET_LINK = "https://api.angelcam.com/v1/things/?limit=7&offset=7";
const CURSOR_LINK = "https://api.angelcam.com/v1/things/?limit=7&next=abc#top";

const items = (...ids: unknown[]) => ids.map((id) => ({ id }));

/** A caller who wants every item. */
const ALL = Number.POSITIVE_INFINITY;

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

function pageOf(results: unknown[], count: unknown, next: string | null = OFFSET_LINK): Page<unknown> {
  return { results, count: count as number, next, previous: null };
}

function positionAt(offset: number, from: Partial<Position> = {}): Position {
  const request = { query: { limit: 10, offset, status: "online" } };
  const known = { seen: new Set(ids(1, offset)), covered: offset, furthest: offset, count: 40 };
  return { ...startAt(request), ...known, ...from };
}

/** Where an iteration goes from a position, and the items that it returns. */
function step(operation: Operation, position: Position, page: Page<unknown>) {
  const fresh = advance(operation, position, page, ALL);
  return { fresh, query: position.request?.query, link: position.request?.link };
}

describe("the first request", () => {
  it.each([
    ["has the largest legal page", byOffset, {}, { limit: 10 }],
    ["has the page size of the caller", byOffset, { limit: 3, offset: 6 }, { limit: 3, offset: 6 }],
    ["has the largest legal page for an undefined limit", byOffset, { limit: undefined }, { limit: 10 }],
    ["has no page size where the API names no largest one", byLink, { status: "online" }, { status: "online" }],
  ])("%s", (_, operation, query, expected) => {
    expect(startAt(firstRequest(operation, query)).request).toEqual({ query: expected });
  });

  it("shares no state with another iteration", () => {
    const [first, second] = [startAt({ query: {} }), startAt({ query: {} })];
    expect(first.seen).not.toBe(second.seen);
  });
});

describe("the next request", () => {
  it.each<[string, Operation, PageQuery, Page<unknown>, PageRequest | undefined]>([
    [
      "starts at the end of the page",
      byOffset,
      { limit: 5 },
      pageOf(items(1, 2), null),
      { query: { limit: 5, offset: 2 } },
    ],
    [
      "counts from the offset of the page",
      byOffset,
      { offset: 4 },
      pageOf(items(5, 6), null),
      { query: { offset: 6 } },
    ],
    [
      "follows an offset link over an empty page",
      byOffset,
      { limit: 7 },
      pageOf([], 9),
      { query: { limit: 7, offset: 7 } },
    ],
    [
      "follows a cursor link of a list that is paged by offset",
      byOffset,
      { limit: 5 },
      pageOf(items(1), 9, CURSOR_LINK),
      { query: { limit: 5 }, link: { limit: "7", next: "abc" } },
    ],
    [
      "ignores a bare cursor of a list that is paged by offset",
      byOffset,
      { limit: 5 },
      pageOf(items(1, 2), null, "abc"),
      { query: { limit: 5, offset: 2 } },
    ],
    [
      "follows a link",
      byLink,
      { a: 1 },
      pageOf([1], 9, CURSOR_LINK),
      { query: { a: 1 }, link: { limit: "7", next: "abc" } },
    ],
    ["follows a relative link", byLink, {}, pageOf([1], 1, "?next=a"), { query: {}, link: { next: "a" } }],
    [
      "follows a bare query",
      byLink,
      {},
      pageOf([1], 1, "cursor=a%2Bb&x=1"),
      { query: {}, link: { cursor: "a+b", x: "1" } },
    ],
    ["follows a bare cursor", byLink, {}, pageOf([1], 1, "cD0yMDI2="), { query: {}, link: { next: "cD0yMDI2=" } }],
    ["follows a link over an empty page", byLink, {}, pageOf([], 9, "?next=a"), { query: {}, link: { next: "a" } }],
    ["goes on although the count is reached", byOffset, { offset: 8 }, pageOf(items(9), 9), { query: { offset: 9 } }],
    ["is none after a next of null, whatever the count", byOffset, {}, pageOf(items(1), 9, null), undefined],
    ["is none after an empty next", byLink, {}, pageOf(items(1), 9, ""), undefined],
  ])("%s", (_, operation, query, page, request) => {
    const position = startAt({ query });
    advance(operation, position, page, ALL);
    expect(position.request).toStrictEqual(request);
  });

  it("overlaps the page where that costs no request", () => {
    const position = positionAt(0);
    expect(step(byOffset, position, pageOf(items(...ids(1, 10)), 16))).toEqual({
      fresh: items(...ids(1, 10)),
      query: { limit: 10, offset: 8, status: "online" },
    });
    expect(position).toMatchObject({ seen: new Set(ids(1, 10)), covered: 10, count: 16 });
  });

  it.each([
    ["null", null],
    ["missing", undefined],
    ["too low", 3],
    ["the length of the page", 10],
    ["negative", -1],
    ["a string", "16"],
  ])("does not overlap when the count is %s", (_, count) => {
    expect(step(byOffset, positionAt(0), pageOf(items(...ids(1, 10)), count)).query).toMatchObject({ offset: 10 });
  });

  it("starts at the end of the page where the caller wants no more: there is nothing to overlap for", () => {
    const position = positionAt(0);
    advance(byOffset, position, pageOf(items(...ids(1, 10)), 40), 10);
    expect(position.request?.query.offset).toBe(10);
  });

  it("does not overlap after a page without new items, so that it is not requested again", () => {
    const position = positionAt(6, { covered: 10 });
    expect(step(byOffset, position, pageOf(items(3, 4, 5, 6), 11)).query).toMatchObject({ offset: 10 });
  });

  it("goes by the length of the page where no limit is known", () => {
    const position = startAt(firstRequest(operationWith({ type: "offset" }), {}));
    expect(step(operationWith({ type: "offset" }), position, pageOf(items(1, 2, 3, 4), 6)).query).toEqual({
      offset: 3,
    });
  });
});

describe("a page that leads nowhere is an error", () => {
  const error = (work: () => unknown) => {
    try {
      work();
    } catch (thrown) {
      return thrown as UnexpectedResponseError;
    }
    return expect.unreachable();
  };

  it.each<[string, Operation, PageRequest, Page<unknown>, RegExp]>([
    ["an empty page whose next names itself", byOffset, { query: { offset: 7 } }, pageOf([], 9), /is empty/],
    ["an empty page with a bare cursor, paged by offset", byOffset, { query: {} }, pageOf([], 9, "abc"), /is empty/],
    ["a link without parameters", byLink, { query: {} }, pageOf(items(1), 9, "/v1/things/"), /names itself/],
    [
      "the link that led here",
      byLink,
      { query: {}, link: { next: "a" } },
      pageOf(items(1), 9, "?next=a"),
      /names itself/,
    ],
  ])("%s", (_, operation, request, page, message) => {
    const position = startAt(request);
    const before = structuredClone(position);
    const thrown = error(() => advance(operation, position, page, ALL));
    expect(thrown).toBeInstanceOf(UnexpectedResponseError);
    expect(thrown.message).toMatch(message);
    expect(thrown.operationId).toBe(operation.id);
    expect(position, "nothing of it has changed").toEqual(before);
  });

  it("the third page in a row with known items only", () => {
    const position = positionAt(0);
    const page = () => pageOf(items(...ids(1, 10)), 30);
    expect(step(byOffset, position, page()).fresh).toHaveLength(10);
    expect(step(byOffset, position, page()).fresh).toEqual([]);
    expect(step(byOffset, position, page()).fresh).toEqual([]);
    expect(error(() => advance(byOffset, position, page(), ALL)).message).toContain("repeats items that came before");
  });

  it("the third page in a row whose items have no ids and came before", () => {
    const position = startAt({ query: {} });
    const page = () => pageOf([{ name: "a" }, { name: "a" }], 30);
    expect(step(byOffset, position, page()).fresh).toHaveLength(2);
    expect(step(byOffset, position, page()).fresh).toEqual([]);
    expect(step(byOffset, position, page()).fresh).toEqual([]);
    expect(error(() => advance(byOffset, position, page(), ALL))).toBeInstanceOf(UnexpectedResponseError);
  });

  it("the twentieth empty page in a row, though each link is another", () => {
    const position = startAt({ query: {} });
    for (let page = 1; page < 20; page++) advance(byLink, position, pageOf([], 9, `?next=${page}`), ALL);
    expect(error(() => advance(byLink, position, pageOf([], 9, "?next=20"), ALL)).message).toContain(
      "a page is empty like those before it, although next names another page",
    );
  });

  it("no next at all while the count says that more is to come", () => {
    const page = { ...pageOf(items(1, 2), 9), next: undefined as unknown as null };
    expect(error(() => advance(byOffset, startAt({ query: {} }), page, ALL)).message).toContain(
      "a page has no next, although count is 9",
    );
    const whole = { ...pageOf(items(1, 2), 2), next: undefined as unknown as null };
    expect(step(byOffset, startAt({ query: {} }), whole)).toEqual({ fresh: items(1, 2) });
  });
});

describe("an iteration goes back for items that may have moved up past it", () => {
  const shorter = 38;

  it.each<[string, Position, Page<unknown>, number]>([
    ["one page", positionAt(20), pageOf(items(...ids(31, 38)), shorter, null), 10],
    ["one page, also from a last page that is short", positionAt(30), pageOf(items(50, 51), 32, null), 20],
    ["from a page that is empty now", positionAt(30), pageOf([], 12, null), 20],
    [
      "from a page without a known item although it should have one",
      positionAt(18, { covered: 20 }),
      pageOf(items(31), 40),
      8,
    ],
    ["not beyond the start", positionAt(5), pageOf(items(...ids(31, 40)), shorter), 0],
    [
      "to the start where no limit is known",
      positionAt(20, { request: { query: { offset: 20 } } }),
      pageOf([], 12, null),
      0,
    ],
  ])("%s, and keeps what is new there", (_, position, page, offset) => {
    const { query } = position.request as PageRequest;
    const { seen, covered } = position;
    const known = new Set(seen);
    expect(step(byOffset, position, page)).toEqual({ fresh: page.results, query: { ...query, offset } });
    const found = page.results.map((item) => (item as { id: number }).id);
    expect([position.seen, position.detached]).toEqual([new Set([...known, ...found]), new Set(found)]);
    expect([position.covered, position.count]).toEqual([covered, page.count]);
  });

  it("once from each offset, unless that has brought something", () => {
    const position = positionAt(20);
    expect(step(byOffset, position, pageOf([], 12, null)).query).toMatchObject({ offset: 10 });
    Object.assign(position, positionAt(20, { seen: position.seen, gaps: position.gaps }));
    expect(step(byOffset, position, pageOf(items(31), shorter)).query).toMatchObject({ offset: 10 });
    Object.assign(position, positionAt(20, { seen: position.seen, gaps: position.gaps }));
    expect(step(byOffset, position, pageOf([], 12, null)).query).toBeUndefined();
  });

  it("but not before the start", () => {
    const position = positionAt(0, { seen: new Set(ids(1, 20)), covered: 10 });
    const { fresh, query } = step(byOffset, position, pageOf(items(...ids(51, 60)), shorter));
    expect(fresh).toEqual(items(...ids(51, 60)));
    expect(query).toMatchObject({ offset: 10 });
  });

  it.each<[string, Position, number]>([
    ["a page shows that it follows on what is known", positionAt(20), shorter],
    ["a page has the known items that it should have", positionAt(18, { covered: 20 }), 40],
  ])("but not where %s", (_, position, count) => {
    const { fresh, query } = step(byOffset, position, pageOf(items(18, ...ids(31, 39)), count));
    expect(fresh).toEqual(items(...ids(31, 39)));
    expect(query?.offset).toBeGreaterThan(20);
  });

  it.each([41, null, 3])("but not where the count is no evidence of a shorter list: %j", (count) => {
    const { fresh, query } = step(byOffset, positionAt(20), pageOf(items(...ids(21, 30)), count));
    expect(fresh).toEqual(items(...ids(21, 30)));
    expect(query?.offset).toBeGreaterThan(20);
  });
});

describe("items without an id", () => {
  const nameless = [{ name: "a" }, { name: "a" }, null, 7, 7, "text", { id: {} }, { id: [1] }];

  it("are all returned, and their pages do not overlap, because they cannot be told apart", () => {
    const { fresh, query } = step(byOffset, positionAt(0), pageOf(nameless, 13));
    expect(fresh).toEqual(nameless);
    expect(query).toMatchObject({ offset: 8 });
  });

  it("are told apart by their uuid where they have one", () => {
    const { fresh } = step(byOffset, positionAt(0), pageOf([{ uuid: "a" }, { uuid: "b" }, { uuid: "a" }], 3));
    expect(fresh).toEqual([{ uuid: "a" }, { uuid: "b" }]);
  });

  it.each([
    ["that became shorter", pageOf(nameless, 28, null), nameless],
    ["that became empty", pageOf([], 0, null), []],
  ])("never lead back in a list %s", (_, page, expected) => {
    const { fresh, query } = step(byOffset, positionAt(20, { seen: new Set() }), page);
    expect(fresh).toEqual(expected);
    expect(query).toBeUndefined();
  });
});
