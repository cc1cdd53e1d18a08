import { describe, expect, test } from "vitest";
import { operations } from "../../generated/client.ts";
import openapi from "../../generated/openapi.json" with { type: "json" };
import type { Document, DocumentOperation, PathItem } from "../../scripts/generate/document.ts";
import type { OperationFacts } from "../../scripts/generate/operation-facts.ts";
import { groupOperations, writeNumbers, writeRows } from "../../scripts/generate/operation-rows.ts";
import { readOperations } from "../../scripts/generate/operations.ts";
import type { NumberBounds, Operation, SecurityScheme, Servers } from "../../src/client/operation.ts";
import { type OperationGroup, readOperationTable } from "../../src/client/operation-table.ts";

// What is read back from the table must be what the document says. The client knows nothing else of it.

describe("the table of the client", () => {
  const facts = readOperations(openapi as unknown as Document);

  test("has every operation of the document and no other", () => {
    expect(facts.length).toBe(126);
    expect(Object.keys(operations).toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
  });

  test.each(facts.map((operation) => [operation.id, operation] as const))(
    "%s is as the document has it",
    (id, fact) => {
      expect(shown(operations[id as keyof typeof operations], fact)).toEqual(expected(fact));
    },
  );
});

describe("a document of another style is read back as well", () => {
  const number = (name: string, where: string, schema: object) => ({ name, in: where, required: true, schema });
  const json = { content: { "application/json": { schema: { type: "object" } } } };
  const item = number("item_id", "path", { type: "integer", minimum: 1 });

  test.each<[string, Record<string, PathItem>, string[]]>([
    [
      "operations at each step of a path",
      {
        "/v2/things/": { get: named("things.list"), post: named("things.create", { requestBody: json }) },
        "/v2/things/{item_id}/": { get: named("things.get", { parameters: [item] }) },
        "/v2/things/{item_id}/start-again/": { post: named("things.startAgain", { parameters: [item] }) },
      },
      ["/v2/things/ list create=POST+json+optional {item_id}/ get /start-again=POST"],
    ],
    [
      "paths that branch, each in a row of its own, in the order of the paths",
      {
        "/things/": { get: named("things.list") },
        "/things/count/": { get: named("things.countAll") },
        "/things/{item_id}/": {
          get: named("things.get", { parameters: [item] }),
          delete: named("things.delete", { parameters: [item] }),
        },
      },
      ["/things/ count/ countAll", "/things/ list {item_id}/ get delete=DELETE"],
    ],
    [
      "a resource that its path does not name",
      { "/v1/inner/things/": { get: named("things.list") }, "/": { get: named("root.get") } },
      ["root / get", "things /v1/inner/things/ list"],
    ],
    [
      "methods under names of other ones",
      {
        "/things/": { put: named("things.list", { "x-repeatable": false }), delete: named("things.create") },
        "/things/get/": { get: named("things.update"), put: named("things.get") },
      },
      ["/things/ list=PUT+once create=DELETE /get=PUT get/ update"],
    ],
    [
      "every mark",
      {
        "/things/": {
          get: named("things.list", { "x-paging": "next", "x-coalesce": false }),
          post: named("things.create", {
            "x-repeatable": true,
            requestBody: { required: true, content: { "application/x-www-form-urlencoded": {} } },
          }),
          put: named("things.replace", { "x-repeatable": "refused", responses: { 204: {} } }),
        },
        "/things/look/": {
          get: named("things.look", { "x-opened-in-browser": true, parameters: [number("a", "query", {})] }),
        },
      },
      ["/things/ list+next+alone replace=PUT+empty+refused create=POST+form+repeat /look?+browser"],
    ],
  ])("%s", (_, paths, rows) => {
    const facts = readOperations(documentWith(paths));
    expect(groupOperations(facts).flatMap(writeRows)).toEqual(rows);
    expectReadBack(facts);
  });

  test("numbers: those of one name that differ stand in groups of their own", () => {
    const withWidth = (schema: object) => ({ parameters: [number("width", "query", schema)] });
    const facts = readOperations(
      documentWith({
        "/a/": { get: named("a.get", withWidth({ type: "integer", minimum: -5, maximum: 1.5 })) },
        "/b/": { get: named("b.get", withWidth({ type: "string" })) },
        "/c/": { get: named("c.get", withWidth({ type: "number", maximum: 640 })) },
        "/d/": { get: named("d.get", withWidth({ type: "number" })), put: named("d.update", withWidth({})) },
        "/e/": { get: named("e.get", withWidth({ type: "number", maximum: 640 })) },
      }),
    );
    expect(groupOperations(facts).map(writeNumbers)).toEqual([
      {},
      { "number up to 640": "width" },
      { "whole number from -5 to 1.5": "width" },
      { number: "width" },
    ]);
    expectReadBack(facts);
  });

  test("operations with other servers or another credential stand in groups of their own", () => {
    const other = { servers: [{ url: "https://other.example.com", "x-name": "other" }] };
    const facts = readOperations(
      documentWith({
        "/a/": {
          get: named("a.get", other),
          put: named("a.update", { security: [] }),
          delete: named("a.delete", other),
        },
      }),
    );
    expect(groupOperations(facts).map(writeRows)).toEqual([["/a/ get delete=DELETE"], ["/a/ update=PUT"]]);
    expectReadBack(facts);
  });
});

function named(operationId: string, more: DocumentOperation = {}): DocumentOperation {
  const responses = { 200: { content: { "application/json": { schema: { properties: { results: {} } } } } } };
  return { operationId, responses, ...more };
}

function documentWith(paths: Record<string, PathItem>): Document {
  return {
    openapi: "3.1.0",
    info: { title: "Another", version: "1.0.0" },
    servers: [{ url: "https://api.example.com", "x-name": "production" }],
    security: [{ BearerToken: [] }],
    paths,
  };
}

function expectReadBack(facts: readonly OperationFacts[]): void {
  const groups = groupOperations(facts).map((group): OperationGroup => {
    const [first] = group.operations as [OperationFacts];
    return {
      servers: serversOf(first),
      security: first.security as SecurityScheme[],
      numbers: writeNumbers(group),
      rows: `\n${writeRows(group).join("\n")}\n`,
    };
  });
  const read: Readonly<Record<string, Operation>> = readOperationTable(groups);
  expect(Object.keys(read).toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
  for (const fact of facts) expect(shown(read[fact.id] as Operation, fact)).toEqual(expected(fact));
}

/** What an operation must be. The numbers are those that its path and query name. */
function expected(fact: OperationFacts): Operation {
  const { id, method, path, paging, pageLimit, contentType, bodyRequired, mayBeEmpty, repeatable, shareable } = fact;
  return {
    id,
    method,
    path,
    pathNames: fact.pathParameters.map(({ name }) => name),
    servers: serversOf(fact),
    security: fact.security as Operation["security"],
    paging: paging && { kind: paging, limit: pageLimit },
    input: contentType ? "body" : fact.queryParameters.length > 0 ? "query" : undefined,
    contentType: contentType as Operation["contentType"],
    bodyRequired,
    mayBeEmpty,
    repeatable,
    shareable,
    openedInBrowser: fact.openedInBrowser,
    numbers: Object.fromEntries(
      Object.entries(fact.numbers).map(([name, { integer, minimum, maximum }]) => [
        name,
        { whole: integer ?? false, minimum: minimum ?? Number.NaN, maximum: maximum ?? Number.NaN },
      ]),
    ) as unknown as Operation["numbers"],
  };
}

function shown(operation: Operation, { pathParameters, queryParameters }: OperationFacts): Operation {
  const names = new Set([...pathParameters, ...queryParameters].map(({ name }) => name));
  const numbers = Object.entries(operation.numbers)
    .filter(([name]) => names.has(name))
    .map(([name, { whole, minimum, maximum }]: [string, NumberBounds]) => [name, { whole, minimum, maximum }]);
  return { ...operation, numbers: Object.fromEntries(numbers) };
}

function serversOf({ servers }: OperationFacts): Servers {
  return Object.fromEntries(
    servers.map(({ url, variables = {}, "x-name": name = "" }) => {
      const templates = Object.entries(variables).map(([variable, { default: value }]) => [variable, value] as const);
      return [
        name,
        templates.reduce((text, [variable, value]) => text.replace(`{${variable}}`, `{${variable}=${value}}`), url),
      ];
    }),
  );
}
