import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/operation.ts";
import { readNumbers } from "../../src/operation-table.ts";
import type { RawPage } from "../../src/pagination/page.ts";
import { advance, firstPosition, nextQuery, type Position } from "../../src/pagination/position.ts";

function operationWith(paging: Operation["paging"]): Operation {
  return {
    id: "things.list",
    method: "GET",
    path: "/v1/things/",
    pathNames: [],
    servers: [],
    security: [],
    paging,
    input: "query",
    contentType: undefined,
    bodyRequired: false,
    mayBeEmpty: false,
    shareable: true,
    repeatable: true,
    openedInBrowser: false,
    numbers: readNumbers({ "whole number": "limit offset" }),
  };
}

const byOffset = operationWith({ kind: "offset", limit: 10 });
const byLink = operationWith({ kind: "next" });

const LINK = "https://api.angelcam.com/v1/things/?limit=7&next=abc#top";

const items = (...ids: unknown[]) => ids.map((id) => ({ id }));

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

function pageOf(results: readonly unknown[], count: number, next: string | null = LINK): RawPage<unknown> {
  return { results, count, next, previous: null };
}

function positionAt(offset: number, from: Partial<Position> = {}): Position {
  const query = { limit: 10, offset, status: "online" };
  return { query, seen: new Set(ids(1, offset)), beforeGap: undefined, covered: offset, count: 40, ...from };
}

describe("a walk begins", () => {
  it.each([
    ["with the biggest legal page", byOffset, {}, { limit: 10 }],
    ["with the page size of the caller", byOffset, { limit: 3, offset: 6 }, { limit: 3, offset: 6 }],
    ["without a page size where the API names no biggest one", byLink, { status: "online" }, { status: "online" }],
    ["without a page size where the API has no pages", operationWith(undefined), {}, {}],
  ])("%s", (_, operation, query, asked) => {
    expect(firstPosition(operation, query).query).toStrictEqual(asked);
  });
});

describe("the page behind a page", () => {
  it.each<[string, Operation, Position["query"], RawPage<unknown>, object | undefined]>([
    ["starts where that one ends", byOffset, { limit: 5 }, pageOf(items(1, 2), 9), { limit: 5, offset: 2 }],
    ["counts from the offset of that one", byOffset, { offset: 4 }, pageOf(items(5, 6), 9), { offset: 6 }],
    ["is where the link says, of a list with links", byLink, { a: 1 }, pageOf([1], 9), { a: 1, limit: 7, next: "abc" }],
    ["is the same page, for a link that says nothing", byLink, { a: 1 }, pageOf([1], 9, "/v1/things/"), { a: 1 }],
    ["is none behind the last", byOffset, {}, pageOf(items(1), 9, null), undefined],
    ["is none behind an empty one, whatever its link says", byOffset, {}, pageOf([], 9), undefined],
    ["counts on where the API has no pages", operationWith(undefined), {}, pageOf([1], 9), { offset: 1 }],
  ])("%s", (_, operation, query, page, next) => {
    expect(nextQuery(operation, query, page)).toStrictEqual(next);
  });
});

describe("a walk goes on", () => {
  it("behind what it has, overlapping where that costs no request", () => {
    const { fresh, next } = advance(byOffset, positionAt(0, { count: undefined }), pageOf(items(...ids(1, 10)), 16));
    expect(fresh).toEqual(items(...ids(1, 10)));
    expect(next).toMatchObject({ query: { limit: 10, offset: 8, status: "online" }, covered: 10, count: 16 });
  });

  it("without overlap behind a page that led nowhere, so as not to ask for it again", () => {
    const position = positionAt(6, { covered: 10 });
    const { next } = advance(byOffset, position, pageOf(items(3, 4, 5, 6), 11));
    expect(next?.query).toMatchObject({ offset: 10 });
  });

  it("by the size of the pages that come, where nobody has asked for one", () => {
    const position = firstPosition(operationWith({ kind: "offset" }), {});
    expect(advance(byOffset, position, pageOf(items(1, 2, 3, 4), 6)).next?.query).toStrictEqual({ offset: 3 });
  });

  it.each([
    ["that says so", pageOf(items(...ids(11, 15)), 40, null)],
    ["that reaches the count", pageOf(items(...ids(11, 20)), 20)],
    ["that is empty", pageOf([], 40)],
  ])("no further than a page %s", (_, page) => {
    expect(advance(byOffset, positionAt(10, { count: 20 }), page).next).toBeUndefined();
  });

  it("by offset also where the table does not say how", () => {
    const { next } = advance(operationWith(undefined), positionAt(0), pageOf(items(...ids(1, 10)), 30));
    expect(next?.query).toMatchObject({ offset: 10 });
  });
});

describe("a walk goes back for what may have moved up past it", () => {
  const shorter = 38;

  it.each<[string, Position, RawPage<unknown>, number]>([
    ["a page less one", positionAt(20), pageOf(items(...ids(31, 40)), shorter), 11],
    ["a page less one, also from a last page that is short", positionAt(30), pageOf(items(50, 51), 32, null), 21],
    ["from a page that is empty now", positionAt(30), pageOf([], 12), 29],
    ["from a page that repeats nothing although it should", positionAt(18, { covered: 20 }), pageOf(items(31), 40), 17],
    ["not beyond the start", positionAt(5), pageOf(items(...ids(31, 40)), shorter), 0],
  ])("%s", (_, position, page, offset) => {
    const { next } = advance(byOffset, position, page);
    expect(next?.query).toStrictEqual({ ...position.query, offset });
    expect(next?.covered).toBe(position.covered);
    expect(next?.beforeGap).toEqual(new Set(ids(1, Number(position.query.offset))));
  });

  it("but not for ever: the start of the list has nothing before it", () => {
    const position = positionAt(0, { seen: new Set(ids(1, 20)), beforeGap: new Set(ids(1, 10)), covered: 10 });
    expect(advance(byOffset, position, pageOf(items(...ids(51, 60)), shorter)).next?.query).toMatchObject({
      offset: 10,
    });
  });

  it("but not where a page shows that it follows on what is known", () => {
    const { next } = advance(byOffset, positionAt(20), pageOf(items(20, ...ids(31, 39)), shorter));
    expect(next?.query).toMatchObject({ offset: 29 });
  });
});

describe("items without an id", () => {
  const nameless = [{ name: "a" }, { name: "a" }, null, 7, 7, "text"];

  it("are all given, and pages of them do not overlap, for nothing tells them apart", () => {
    const { fresh, next } = advance(byOffset, positionAt(0), pageOf(nameless, 13));
    expect(fresh).toEqual(nameless);
    expect(next?.query).toMatchObject({ offset: 6 });
  });

  it("are told apart by their uuid where they have one", () => {
    const { fresh } = advance(byOffset, positionAt(0), pageOf([{ uuid: "a" }, { uuid: "b" }, { uuid: "a" }], 3));
    expect(fresh).toEqual([{ uuid: "a" }, { uuid: "b" }]);
  });

  it.each([
    ["that became shorter", positionAt(20, { seen: new Set() }), pageOf(nameless, 26)],
    ["that became shorter and had ids before", positionAt(20), pageOf(nameless, 26)],
    ["that became empty", positionAt(20, { seen: new Set() }), pageOf([], 0, null)],
  ])("never lead back in a list %s", (_, position, page) => {
    expect(advance(byOffset, position, page).next).toBeUndefined();
  });
});
