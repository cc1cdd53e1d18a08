import { expect, test } from "vitest";
import { createContract, type Violation } from "../../src/contract/index.ts";
import { messagesOf } from "./support.ts";

// A document of another API, with what Angelcam's does not have.

const schema = (schema: object) => ({ content: { "application/json": { schema } } });

const document = {
  openapi: "3.1.0",
  servers: [{ url: "https://api.example.com/base" }],
  paths: {
    "/things/{thing}": {
      parameters: [{ name: "thing", in: "path", required: true, schema: { type: "string" } }],
      get: {
        parameters: [
          { name: "tag", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "deep", in: "query", schema: { type: "boolean" } },
        ],
        responses: {
          "2XX": schema({
            type: "object",
            properties: {
              size: {
                anyOf: [
                  { type: "integer", exclusiveMinimum: 0 },
                  { type: "string", maxLength: 2 },
                ],
              },
            },
            patternProperties: { "^x-": { type: "integer" } },
            additionalProperties: false,
          }),
          default: schema({ not: { required: ["secret"] }, type: "object", additionalProperties: { type: "string" } }),
        },
      },
      put: {
        requestBody: schema({
          type: "object",
          required: ["id", "name"],
          properties: {
            id: { type: "integer", readOnly: true },
            name: { type: "string", maxLength: 3 },
            sizes: { type: "array", maxItems: 2, uniqueItems: true, items: { type: "number", exclusiveMaximum: 10 } },
            more: { type: "object" },
          },
        }),
        responses: { 204: { description: "Done." } },
      },
    },
  },
};

const URL_OF_ONE = "https://api.example.com/base/things/1";
const headers = { "Content-Type": "application/json" };

test("a server with a path, lists by repetition, truth values", () => {
  const contract = createContract({ document });
  const get = (query: string) => contract.checkRequest({ method: "GET", url: `${URL_OF_ONE}?${query}`, headers: {} });
  expect(get("tag=a&tag=b&deep=true")).toEqual([]);
  expect(messagesOf(get("deep=yes"))).toEqual([
    'GET /things/{thing} request, query deep: must be true or false, got "yes"',
  ]);
});

test("a range of statuses and the default", () => {
  expect(violationsInResponse(202, { size: 5 })).toEqual([]);
  expect(violationsInResponse(500, { reason: "tired" })).toEqual([]);
  expect(messagesOf(violationsInResponse(500, { reason: 5 }))).toEqual([
    "GET /things/{thing} response 500, body /reason: must be a text, got 5",
  ]);
  expect(violationsInResponse(500, { secret: "x" }).map(({ kind }) => kind)).toEqual(["constraint"]);
});

test("anyOf, names by pattern, and fields that are forbidden", () => {
  expect(violationsInResponse(200, { size: "XL", "x-weight": 5 })).toEqual([]);
  const broken = violationsInResponse(200, { size: 0, "x-weight": "heavy", colour: 1 });
  expect(messagesOf(broken).map((message) => message.replace("GET /things/{thing} response 200, body ", ""))).toEqual([
    "/size: must be more than 0, got 0",
    '/x-weight: must be an integer, got "heavy"',
    "/colour: is not in the document, got 1",
  ]);
});

test("fields of the server's own, the same twice, free objects", () => {
  expect(sent({ name: "one", more: { any: "thing" } })).toEqual([]);
  const broken = sent({ id: 1, name: "three", sizes: [1, 1, 10] });
  expect(messagesOf(broken).map((message) => message.replace("PUT /things/{thing} request, body ", ""))).toEqual([
    "/id: may be sent by the server only, got 1",
    '/name: must have 3 characters or fewer, got "three"',
    "/sizes: must hold 2 or fewer, got a list of 3",
    "/sizes: must not hold the same twice, got a list of 3",
    "/sizes/2: must be less than 10, got 10",
  ]);
});

test("a reference that leads nowhere is rejected at once", () => {
  const broken = {
    ...document,
    paths: { "/": { get: { responses: { 200: { $ref: "#/components/responses/No" } } } } },
  };
  expect(() => createContract({ document: broken })).toThrow("refers to #/components/responses/No");
});

function violationsInResponse(status: number, body: unknown): Violation[] {
  const request = { method: "GET", url: URL_OF_ONE, headers: {} };
  return createContract({ document }).checkResponse(request, { status, headers, bodyText: JSON.stringify(body) });
}

function sent(body: unknown): Violation[] {
  const message = { method: "PUT", url: URL_OF_ONE, headers, bodyText: JSON.stringify(body) };
  return createContract({ document }).checkRequest(message);
}
