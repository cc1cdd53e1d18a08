import { describe, expect, test } from "vitest";
import json from "../../generated/openapi.json" with { type: "json" };
import { angelcamDocument, angelcamRouter } from "../../src/openapi/angelcam-document.ts";
import { OpenApiDocument } from "../../src/openapi/openapi-document.ts";
import { Router } from "../../src/openapi/router.ts";

const NODE = { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } };

function documentWith(parts: object): OpenApiDocument {
  return new OpenApiDocument({ paths: { "/things/": { get: { responses: {} } } }, ...parts });
}

describe("an OpenAPI document", () => {
  test("has each operation of Angelcam once, by its operationId", () => {
    const ids = Object.values(json.paths).flatMap((item) =>
      Object.values(item).flatMap((operation) => (operation as { operationId?: string }).operationId ?? []),
    );
    expect(angelcamDocument().operations.map(({ id }) => id)).toEqual(ids);
    expect(angelcamDocument().operation("cameras.list")).toMatchObject({ method: "GET", path: "/v1/cameras/" });
    expect(angelcamDocument()).toBe(angelcamDocument());
  });

  test("resolves a chain of $refs, whose keys are escaped", () => {
    const document = documentWith({ a: { $ref: "#/b~1c/%7Ed" }, "b/c": { "~d": { type: "string" } } });
    // `%7E` decodes to `~d`, which is not an escape and stays.
    expect(document.resolve({ $ref: "#/a" })).toEqual({ type: "string" });
  });

  test.each([
    ["#/nothing/here", "refers to #/nothing/here, and has nothing there"],
    ["#/constructor/name", "has nothing there"],
    ["other.yaml#/a", "Bundle it first"],
    ["#/circle", "back to itself"],
  ])("rejects the $ref %s", ($ref, message) => {
    const document = documentWith({ circle: { $ref: "#/round" }, round: { $ref: "#/circle" } });
    expect(() => document.resolve({ $ref })).toThrow(message);
  });

  test("dereferences a part, fields beside the $ref included, and rejects one that holds itself", () => {
    const document = documentWith({ components: { schemas: { Node: NODE, Name: { type: "string", title: "a" } } } });
    const part = { items: [{ $ref: "#/components/schemas/Name", title: "b" }] };
    expect(document.dereference(part)).toEqual({ items: [{ type: "string", title: "b" }] });
    expect(() => document.dereference(NODE)).toThrow("#/components/schemas/Node holds itself");
  });

  test("knows its secrets by their format, and names that are nearly theirs or sound like one", () => {
    const schema = { properties: { pin_number: { type: "string", format: "password" } } };
    const document = documentWith({ components: { schemas: { A: schema } } });
    expect([...document.secretNames]).toEqual(["pin_number"]);
    const names = ["pin_number", "pinNumber", "my_token", "colour"];
    expect(names.filter((name) => document.isSecretName(name))).toEqual(["pin_number", "pinNumber", "my_token"]);
  });

  test("an operation has the servers and parameters of its path, and its own extensions", () => {
    const parameters = [
      { name: "a", in: "query", schema: {} },
      { name: "b", in: "query", schema: {} },
    ];
    const get = { parameters: [{ name: "b", in: "query", schema: {}, required: true }], "x-pagination": "offset" };
    const { operations } = documentWith({
      paths: { "/x": { servers: [{ url: "https://a.example" }], parameters, get } },
    });
    expect(operations).toMatchObject([
      {
        id: "GET /x",
        servers: [{ url: "https://a.example" }],
        parameters: [{ name: "a" }, { name: "b", required: true }],
        extensions: { "x-pagination": "offset" },
      },
    ]);
  });
});

describe("the router", () => {
  test.each([
    ["GET", "https://api.angelcam.com/v1/cameras/7/", "cameras.get", undefined],
    ["GET", "https://api.angelcam.com/v1/rts/messages/unread-count/", "rts.messages.countUnread", undefined],
    ["GET", "https://api.angelcam.com/v1/cameras/7", "cameras.get", "slash"],
    ["PUT", "https://api.angelcam.com/v1/me/", undefined, "unknown_method"],
    ["GET", "https://api.angelcam.com/v1/kameras/", undefined, "unknown_path"],
    ["POST", "https://api.angelcam.com/oauth/token/", "oauth.createToken", "wrong_server"],
  ])("for %s %s finds %s, with the problem %s", (method, url, id, problem) => {
    const match = angelcamRouter().find(method, new URL(url));
    expect([match.route?.operation.id, match.problem?.kind]).toEqual([id, problem]);
  });

  test("keeps path parameters as they are in the URL", () => {
    const { route } = angelcamRouter().find("GET", new URL("https://api.angelcam.com/v1/cameras/a%2Fb/"));
    expect(route?.path).toEqual({ camera_id: "a%2Fb" });
  });

  test("finds nothing outside of the base URL", () => {
    const router = new Router(angelcamDocument(), "http://127.0.0.1:4010/mock");
    const kindOf = (url: string) => router.find("GET", new URL(url)).problem?.kind;
    expect(kindOf("http://127.0.0.1:4010/mock/v1/me/")).toBeUndefined();
    expect(kindOf("http://127.0.0.1:4010/v1/me/")).toBe("outside");
    expect(kindOf("http://127.0.0.1:4011/mock/v1/me/")).toBe("outside");
  });
});
