import { describe, expect, it } from "vitest";
import type { Operation } from "../../../generated/operations.ts";
import type { RawPage } from "../../../src/client/pagination/page.ts";
import {
  advance,
  firstQuery,
  nextQuery,
  type PageQuery,
  type Position,
  startAt,
} from "../../../src/client/pagination/position.ts";
import { exampleOperation } from "../../transport/example-call.ts";

function operationWith(pagination?: NonNullable<Operation["pagination"]>): Operation {
  return exampleOperation({
    ...(pagination && { pagination }),
    query: { limit: { type: "integer" }, offset: { type: "integer" } },
  });
}

const byOffset = operationWith({ type: "offset", pageSize: 10 });
const byLink = operationWith({ type: "next" });

const LINK = "https://api.angelcam.com/v1/things/?limit=7&next=abc#top";

const items = (...ids: unknown[]) => ids.map((id) => ({ id }));

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

function pageOf(results: readonly unknown[], count: number, next: string | null = LINK): RawPage<unknown> {
  return { results, count, next, previous: null };
}

function positionAt(offset: number, from: Partial<Position> = {}): Position {
  const query = { limit: 10, offset, status: "online" };
  return { query, seen: new Set(ids(1, offset)), covered: offset, count: 40, ...from };
}

/** Where a walk goes from a position, and what it takes along. */
function step(operation: Operation, position: Position, page: RawPage<unknown>) {
  const fresh = advance(operation, position, page);
  return { fresh, ...position };
}

describe("a walk begins", () => {
  it.each([
    ["with the biggest legal page", byOffset, {}, { limit: 10 }],
    ["with the page size of the caller", byOffset, { limit: 3, offset: 6 }, { limit: 3, offset: 6 }],
    ["with the biggest legal page, for one that is left open", byOffset, { limit: undefined }, { limit: 10 }],
    ["without a page size where the API names no biggest one", byLink, { status: "online" }, { status: "online" }],
    ["without a page size where the API has no pages", operationWith(), undefined, {}],
  ])("%s", (_, operation, query, asked) => {
    expect(startAt(firstQuery(operation, query)).query).toEqual(asked);
  });

  it("with nothing behind it", () => {
    const [first, second] = [startAt({ limit: 3 }), startAt({ limit: 3 })];
    expect(first).toEqual({ query: { limit: 3 }, seen: new Set(), covered: 0, count: 0 });
    expect(first.seen).not.toBe(second.seen);
  });
});

describe("the page behind a page", () => {
  it.each<[string, Operation, PageQuery, RawPage<unknown>, object | undefined]>([
    ["starts where that one ends", byOffset, { limit: 5 }, pageOf(items(1, 2), 9), { limit: 5, offset: 2 }],
    ["counts from the offset of that one", byOffset, { offset: 4 }, pageOf(items(5, 6), 9), { offset: 6 }],
    ["is where the link says, of a list with links", byLink, { a: 1 }, pageOf([1], 9), { a: 1, limit: 7, next: "abc" }],
    ["is the same page, for a link that says nothing", byLink, { a: 1 }, pageOf([1], 9, "/v1/things/"), { a: 1 }],
    [
      "is there however few items it counts, of a list with links",
      byLink,
      {},
      pageOf([1], 1, "?next=a"),
      { next: "a" },
    ],
    ["is none behind the last", byOffset, {}, pageOf(items(1), 9, null), undefined],
    ["is none behind the last of a list with links", byLink, {}, pageOf(items(1), 9, null), undefined],
    ["is none behind the last item, whatever its link says", byOffset, { offset: 8 }, pageOf(items(9), 9), undefined],
    ["is none behind an empty one, whatever its link says", byOffset, {}, pageOf([], 9), undefined],
    ["counts on where the API has no pages", operationWith(), {}, pageOf([1], 9), { offset: 1 }],
  ])("%s", (_, operation, query, page, next) => {
    expect(nextQuery(operation, query, page)).toStrictEqual(next);
  });
});

describe("a walk goes on", () => {
  it("behind what it has, overlapping where that costs no request", () => {
    const { fresh, ...position } = step(byOffset, positionAt(0), pageOf(items(...ids(1, 10)), 16));
    expect(fresh).toEqual(items(...ids(1, 10)));
    expect(position).toEqual({
      query: { limit: 10, offset: 8, status: "online" },
      seen: new Set(ids(1, 10)),
      covered: 10,
      count: 16,
    });
  });

  it("without overlap behind a page that led nowhere, so as not to ask for it again", () => {
    const position = positionAt(6, { covered: 10 });
    expect(step(byOffset, position, pageOf(items(3, 4, 5, 6), 11)).query).toMatchObject({ offset: 10 });
  });

  it("by the size of the pages that come, where nobody has asked for one", () => {
    const position = startAt(firstQuery(operationWith({ type: "offset" }), {}));
    expect(step(byOffset, position, pageOf(items(1, 2, 3, 4), 6)).query).toEqual({ offset: 3 });
  });

  it.each([
    ["that says so", pageOf(items(...ids(11, 15)), 40, null)],
    ["that reaches the count", pageOf(items(...ids(11, 20)), 20)],
    ["that is empty", pageOf([], 40)],
  ])("no further than a page %s", (_, page) => {
    const { fresh, query } = step(byOffset, positionAt(10, { count: 20 }), page);
    expect(fresh).toEqual(page.results);
    expect(query).toBeUndefined();
  });

  it("by offset also where the table does not say how", () => {
    const { query } = step(operationWith(), positionAt(0), pageOf(items(...ids(1, 10)), 30));
    expect(query).toMatchObject({ offset: 10 });
  });

  it("by links, however many items the list has, until one comes again", () => {
    const position = startAt({ limit: 7 });
    expect(step(byLink, position, pageOf(items(1), 40)).query).toEqual({ limit: 7, next: "abc" });
    expect(step(byLink, position, pageOf(items(2), 12, "/?offset=9")).query).toEqual({
      limit: 7,
      next: "abc",
      offset: 9,
    });
    const { fresh, query } = step(byLink, position, pageOf(items(3), 3));
    expect(fresh).toEqual(items(3));
    expect(query).toBeUndefined();
  });

  it("by links also over a page that is empty: only a missing link is the end", () => {
    const position = startAt({ limit: 7 });
    expect(step(byLink, position, pageOf([], 40)).query).toEqual({ limit: 7, next: "abc" });
    expect(step(byLink, position, pageOf(items(1), 40, null)).query).toBeUndefined();
  });
});

describe("a walk goes back for what may have moved up past it", () => {
  const shorter = 38;

  it.each<[string, Position, RawPage<unknown>, number]>([
    ["a page", positionAt(20), pageOf(items(...ids(31, 40)), shorter), 10],
    ["a page, also from a last page that is short", positionAt(30), pageOf(items(50, 51), 32, null), 20],
    ["from a page that is empty now", positionAt(30), pageOf([], 12), 20],
    ["from a page that repeats nothing although it should", positionAt(18, { covered: 20 }), pageOf(items(31), 40), 8],
    ["not beyond the start", positionAt(5), pageOf(items(...ids(31, 40)), shorter), 0],
  ])("%s, and keeps what is new there", (_, position, page, offset) => {
    const { query, seen, covered } = positionAt(Number(position.query?.offset), { covered: position.covered });
    const left = `gap at ${query?.offset}`;
    expect(step(byOffset, position, page)).toEqual({
      query: { ...query, offset },
      covered,
      count: page.count,
      seen: new Set([...seen, ...page.results.map((item) => (item as { id: number }).id), left]),
      fresh: page.results,
    });
  });

  it("once from each place, unless that has brought something", () => {
    const position = positionAt(20);
    expect(step(byOffset, position, pageOf([], shorter)).query).toMatchObject({ offset: 10 });
    Object.assign(position, positionAt(20, { seen: position.seen }));
    expect(step(byOffset, position, pageOf(items(31), shorter)).query).toMatchObject({ offset: 10 });
    Object.assign(position, positionAt(20, { seen: position.seen }));
    expect(step(byOffset, position, pageOf([], shorter)).query).toBeUndefined();
  });

  it("to the start where nobody has said how big a page is", () => {
    const position = positionAt(20, { query: { offset: 20 } });
    expect(step(byOffset, position, pageOf([], 12)).query).toEqual({ offset: 0 });
  });

  it("but not for ever: the start of the list has nothing before it", () => {
    const position = positionAt(0, { seen: new Set(ids(1, 20)), covered: 10 });
    const { fresh, query } = step(byOffset, position, pageOf(items(...ids(51, 60)), shorter));
    expect(fresh).toEqual(items(...ids(51, 60)));
    expect(query).toMatchObject({ offset: 10 });
  });

  it.each<[string, Position, number]>([
    ["a page shows that it follows on what is known", positionAt(20), shorter],
    ["a page repeats what it should", positionAt(18, { covered: 20 }), 40],
  ])("but not where %s", (_, position, count) => {
    const { fresh, query } = step(byOffset, position, pageOf(items(18, ...ids(31, 39)), count));
    expect(fresh).toEqual(items(...ids(31, 39)));
    expect(query?.offset).toBeGreaterThan(20);
  });

  it("but not where the list has become longer", () => {
    const { fresh } = step(byOffset, positionAt(20), pageOf(items(...ids(21, 30)), 41));
    expect(fresh).toEqual(items(...ids(21, 30)));
  });
});

describe("items without an id", () => {
  const nameless = [{ name: "a" }, { name: "a" }, null, 7, 7, "text"];

  it("are all given, and pages of them do not overlap, for nothing tells them apart", () => {
    const { fresh, query } = step(byOffset, positionAt(0), pageOf(nameless, 13));
    expect(fresh).toEqual(nameless);
    expect(query).toMatchObject({ offset: 6 });
  });

  it("are told apart by their uuid where they have one", () => {
    const { fresh } = step(byOffset, positionAt(0), pageOf([{ uuid: "a" }, { uuid: "b" }, { uuid: "a" }], 3));
    expect(fresh).toEqual([{ uuid: "a" }, { uuid: "b" }]);
  });

  it.each([
    ["that became shorter", pageOf(nameless, 26), nameless],
    ["that became empty", pageOf([], 0, null), []],
  ])("never lead back in a list %s", (_, page, given) => {
    const { fresh, query } = step(byOffset, positionAt(20, { seen: new Set() }), page);
    expect(fresh).toEqual(given);
    expect(query).toBeUndefined();
  });
});
