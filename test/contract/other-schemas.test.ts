import { describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { messagesOf } from "./support.ts";

// Schemas of another document, with what those of Angelcam's do not say.

const headers = { "Content-Type": "application/json" };

describe("a value is held to", () => {
  test("the format of a decimal number", () => {
    const price = { type: "string", format: "decimal" };
    expect(sent(price, "12.50")).toEqual([]);
    expect(sent(price, "12,50")).toEqual([': must be of the format decimal, got "12,50"']);
  });

  test("a constant: another value is a violation that names the constant", () => {
    expect(sent({ const: "thing" }, "thing")).toEqual([]);
    expect(sent({ const: "thing" }, "other")).toEqual([': must be "thing", got "other"']);
  });

  test("the shortest text and the shortest list", () => {
    expect(sent({ type: "string", minLength: 3 }, "ab")).toEqual([': must have 3 characters or more, got "ab"']);
    expect(sent({ type: "array", minItems: 1 }, [])).toEqual([": must not be empty, got a list of 0"]);
    expect(sent({ type: "array", minItems: 2 }, [1])).toEqual([": must hold 2 or more, got a list of 1"]);
  });

  test("one of several types", () => {
    const size = { type: ["integer", "null"] };
    expect(sent(size, null)).toEqual([]);
    expect(sent(size, "big")).toEqual([': must be an integer or null, got "big"']);
  });

  test("the direction in which it may travel", () => {
    const account = { type: "object", properties: { pin: { type: "string", writeOnly: true } } };
    expect(sent(account, { pin: "1234" })).toEqual([]);
    expect(violationsInResponse(account, { pin: "1234" })).toEqual([
      ' /pin: may be sent by the client only, got "1234"',
    ]);
  });
});

describe("of a value that is wrong, a message shows", () => {
  test("the beginning of a long text", () => {
    expect(sent({ type: "integer" }, "x".repeat(60))).toEqual([`: must be an integer, got "${"x".repeat(39)}…`]);
  });

  test("not the name of an implausible field, for it may be a body in the wrong location", () => {
    const thing = { type: "object", properties: { id: { type: "integer" } } };
    expect(sent(thing, { "4111 1111 1111": 7 })).toEqual([
      " /(a name of 14 characters): is not in the document, got 7",
    ]);
  });
});

test("fields that the schema leaves open may be anything", () => {
  const open = { type: "object", properties: { id: { type: "integer" } }, additionalProperties: true };
  expect(sent(open, { id: 1, colour: "red" })).toEqual([]);
});

describe("of several schemas that take the same type,", () => {
  const kind = (name: string) => ({ kind: { enum: [name] } });
  const shape = { type: "object", required: ["width"], properties: { width: { type: "integer" } } };
  const round = { type: "object", required: ["radius"], properties: { radius: { type: "integer" } } };
  const square = { ...shape, properties: { ...shape.properties, ...kind("square") } };
  const circle = { ...round, properties: { ...round.properties, ...kind("circle") } };

  test("the one with a single allowed value for a field is meant by that value", () => {
    expect(sent({ oneOf: [square, circle] }, { kind: "circle" })).toEqual([" /radius: is missing"]);
    expect(sent({ oneOf: [circle, square] }, { kind: "square", width: 1 })).toEqual([]);
  });

  test("the one with the fewest errors is selected where no field decides", () => {
    expect(sent({ anyOf: [shape, round] }, { radius: 5 })).toEqual([]);
    expect(sent({ anyOf: [round, shape] }, { width: "wide" })).toEqual([' /width: must be an integer, got "wide"']);
  });

  test("a field that has the same value in both does not decide", () => {
    const both = [
      { ...shape, properties: { ...shape.properties, ...kind("flat") } },
      { ...round, properties: { ...round.properties, ...kind("flat") } },
    ];
    expect(sent({ oneOf: both }, { kind: "flat", radius: 5 })).toEqual([]);
  });

  test("oneOf wants one alone, and anyOf takes a value that fits both", () => {
    const alternatives = [
      { type: "integer", minimum: 1 },
      { type: "integer", maximum: 9 },
    ];
    expect(sent({ oneOf: alternatives }, 10)).toEqual([]);
    expect(sent({ oneOf: alternatives }, 5)).toEqual([": must fit one of the alternatives, and fits several, got 5"]);
    expect(sent({ anyOf: alternatives }, 5)).toEqual([]);
  });

  test("one that names no type takes every value", () => {
    const alternatives = [{ type: "integer" }, { enum: ["all", "none"] }];
    expect(sent({ oneOf: alternatives }, "all")).toEqual([]);
    expect(sent({ oneOf: alternatives }, "some")).toEqual([': must be one of "all", "none", got "some"']);
  });
});

describe("of OpenAPI 3.1, a schema with", () => {
  const long = { $ref: "#/components/schemas/Long" };

  test.each<[string, object, unknown, string[]]>([
    ["true for a field takes anything", { type: "object", properties: { x: true } }, { x: 1 }, []],
    [
      "false for a field takes nothing",
      { type: "object", properties: { x: false } },
      { x: 1 },
      [" /x: must be left out, got 1"],
    ],
    ["true for items takes any item", { type: "array", items: true }, [1, "a"], []],
    ["false for items takes no item", { type: "array", items: false }, [1], [" /0: must be left out, got 1"]],
    ["true in allOf takes anything", { allOf: [true, { type: "integer" }] }, 1, []],
    [
      "a $ref below not: a value that fits it is wrong",
      { not: long },
      "abcd",
      [': must not fit what its schema excludes, got "abcd"'],
    ],
    ["a $ref below not: another value is right", { not: long }, "ab", []],
    [
      "prefixItems: a wrong item is wrong",
      { prefixItems: [long] },
      ["ab"],
      [": must satisfy prefixItems of its schema, got a list of 1"],
    ],
    ["prefixItems: items is for those behind", { prefixItems: [long], items: { type: "integer" } }, ["abc", 1], []],
    [
      "contains: no such item is wrong",
      { contains: long },
      ["ab"],
      [": must satisfy contains of its schema, got a list of 1"],
    ],
    [
      "propertyNames: a short name is wrong",
      { propertyNames: long },
      { ab: 1 },
      [": must satisfy propertyNames of its schema, got an object"],
    ],
    [
      "a $ref that holds itself below not",
      { not: { $ref: "#/components/schemas/Tree" } },
      { child: {} },
      [": must not fit what its schema excludes, got an object"],
    ],
  ])("%s", (_, schema, value, messages) => {
    expect(sent(schema, value)).toEqual(messages);
  });

  test("if and then: the field that is missing is named, and no if", () => {
    const schema = {
      type: "object",
      properties: { a: {}, b: {} },
      if: { properties: { a: { const: 1 } }, required: ["a"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ["b"] },
    };
    expect(sent(schema, { a: 1 })).toEqual([": must have b, got an object"]);
    expect(sent(schema, { a: 2 })).toEqual([]);
  });
});

/** The violations of the body of a request, from their location on. */
function sent(schema: object, value: unknown): string[] {
  const contract = createContract({ document: documentOf(schema) });
  const message = { method: "PUT", url: "https://api.example.com/thing", headers, bodyText: JSON.stringify(value) };
  return messagesOf(contract.checkRequest(message)).map((line) => line.replace("put request, body", ""));
}

/** The violations of the body of a response, from their location on. */
function violationsInResponse(schema: object, value: unknown): string[] {
  const contract = createContract({ document: documentOf(schema) });
  const request = { method: "PUT", url: "https://api.example.com/thing", headers };
  const response = { status: 200, headers, bodyText: JSON.stringify(value) };
  return messagesOf(contract.checkResponse(request, response)).map((line) =>
    line.replace("put response 200, body", ""),
  );
}

function documentOf(schema: object): object {
  const content = { "application/json": { schema } };
  const put = { operationId: "put", requestBody: { content }, responses: { 200: { content } } };
  const Tree = { type: "object", properties: { child: { $ref: "#/components/schemas/Tree" } } };
  const components = { schemas: { Long: { type: "string", minLength: 3 }, Tree } };
  return { openapi: "3.1.0", servers: [{ url: "https://api.example.com" }], components, paths: { "/thing": { put } } };
}
