import { expect, test } from "vitest";
import { secretsOf } from "../../src/transport/secrets.ts";
import { exampleRequest } from "./example-call.ts";

test.each<[string, Record<string, string>, string | undefined, string[]]>([
  ["none, where it carries none", {}, undefined, []],
  ["the token without its scheme", { Authorization: "Bearer abc123" }, undefined, ["abc123"]],
  ["the token of a scheme of one's own", { Authorization: "My scheme abc123" }, undefined, ["abc123"]],
  ["a bare token", { Authorization: "abc123" }, undefined, ["abc123"]],
  ["a token of four characters", { Authorization: "Bearer abcd" }, undefined, ["abcd"]],
  // So short a value would be removed from text that is no secret.
  ["no token of three characters", { Authorization: "Bearer abc" }, undefined, []],
  ["no empty token", { Authorization: "" }, undefined, []],
  [
    "the secret fields of its form",
    {},
    "client_id=x1234&password=p%26ss+word&client_secret=s1234",
    ["s1234", "p&ss word"],
  ],
  ["each of two fields", {}, "password=first&password=other", ["first", "other"]],
  ["no short field", {}, "password=abc&code=abcd", ["abcd"]],
  ["header and form", { Authorization: "Bearer abc123" }, "password=p1234", ["abc123", "p1234"]],
  ["nothing of a body that is no form", {}, '{"name":"Front door"}', []],
])("of a request are %s", (_, headers, body, expected) => {
  expect(secretsOf({ request: exampleRequest(headers, body) })).toEqual(expected);
});

test("of a call whose request was not built yet are none", () => {
  expect(secretsOf({ request: undefined })).toEqual([]);
});
