import { describe, expect, it } from "vitest";
import { parseErrorBody } from "../../src/transport/error-body.ts";

const nothing = { detail: undefined, fields: undefined, isOAuth: false };

describe("parseErrorBody", () => {
  it.each<[string, unknown, object]>([
    ["a title alone", { title: "gone" }, { ...nothing, title: "gone" }],
    ["a text as detail", { title: "gone", detail: "Not here." }, { ...nothing, title: "gone", detail: "Not here." }],
    ["an empty text", { title: "gone", detail: "" }, { ...nothing, title: "gone" }],
    ["null as detail", { title: "gone", detail: null }, { ...nothing, title: "gone" }],
    ["a number as detail", { title: "gone", detail: 7 }, { ...nothing, title: "gone", detail: "7" }],
    ["an empty list", { title: "gone", detail: [] }, { ...nothing, title: "gone", detail: "[]" }],
    ["an empty object", { title: "gone", detail: {} }, { ...nothing, title: "gone", detail: "{}" }],
    ["a list of texts", { title: "gone", detail: ["No."] }, { ...nothing, title: "gone", detail: '["No."]' }],
    [
      "fields in a list",
      { title: "invalid", detail: [{ name: ["Too long.", "Taken."] }, { tags: ["Odd."] }] },
      {
        title: "invalid",
        detail: "name: Too long. Taken.; tags: Odd.",
        fields: { name: ["Too long.", "Taken."], tags: ["Odd."] },
        isOAuth: false,
      },
    ],
    [
      "fields in an object",
      { title: "invalid", detail: { name: "Too long.", size: 7 } },
      {
        title: "invalid",
        detail: "name: Too long.; size: 7",
        fields: { name: ["Too long."], size: ["7"] },
        isOAuth: false,
      },
    ],
    [
      "a field in two items, and what is no item",
      { title: "invalid", detail: ["surplus", null, ["list"], { name: ["Too long."] }, { name: [7] }] },
      { title: "invalid", detail: "name: Too long. 7", fields: { name: ["Too long.", "7"] }, isOAuth: false },
    ],
    [
      "an OAuth error",
      { error: "invalid_grant", error_description: "Wrong password." },
      { title: "invalid_grant", detail: "Wrong password.", fields: undefined, isOAuth: true },
    ],
    [
      "an OAuth error without description",
      { error: "invalid_grant" },
      { title: "invalid_grant", detail: undefined, fields: undefined, isOAuth: true },
    ],
    [
      "both forms at once, as the OAuth one",
      { error: "invalid_grant", title: "invalid", detail: "x" },
      { title: "invalid_grant", detail: undefined, fields: undefined, isOAuth: true },
    ],
    ["an OAuth error that is no text", { error: 7, title: "invalid" }, { ...nothing, title: "invalid" }],
  ])("reads %s", (_, body, expected) => {
    expect(parseErrorBody(JSON.stringify(body))).toEqual(expected);
  });

  it("returns a message that is no string as JSON", () => {
    const detail = { size: [7, null, { least: 1 }], kinds: [["a"]] };
    expect(parseErrorBody(JSON.stringify({ title: "invalid", detail }))?.fields).toEqual({
      size: ["7", "null", '{"least":1}'],
      kinds: ['["a"]'],
    });
  });

  it("shows 50 fields and 50 messages of each at most", () => {
    const messages = Array.from({ length: 60 }, (_, index) => `message ${index}`);
    const detail = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field_${index}`, messages]));
    const { fields = {} } = parseErrorBody(JSON.stringify({ title: "invalid", detail })) ?? {};
    expect(Object.keys(fields)).toHaveLength(50);
    expect(fields.field_0).toEqual(messages.slice(0, 50));
  });

  it("leaves out credentials, wherever they are and however they are written", () => {
    const secrets = ['pä"ss', "12345"];
    const texts = { title: 'no pä"ss', detail: [{ 'pä"ss': ['pä"ss', 12345], name: { was: 12345 } }] };
    expect(parseErrorBody(JSON.stringify(texts), secrets)).toEqual({
      title: "no [secret]",
      detail: '[secret]: [secret] [secret]; name: {"was":[secret]}',
      fields: { "[secret]": ["[secret]", "[secret]"], name: ['{"was":[secret]}'] },
      isOAuth: false,
    });
    expect(parseErrorBody('{"error":"p\\u00e4\\"ss","error_description":12345}', secrets)).toMatchObject({
      title: "[secret]",
      detail: "[secret]",
    });
  });

  it.each([
    "",
    "<html>",
    '{"title":"cut o',
    "null",
    "7",
    "true",
    '"text"',
    "[]",
    "{}",
    '{"title":7}',
    '{"title":null}',
  ])("makes nothing of %s", (text) => {
    expect(parseErrorBody(text)).toBeUndefined();
  });
});
