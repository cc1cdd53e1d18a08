import { expect, test } from "vitest";
import { redact } from "../../src/errors/redact.ts";

test.each<[string, string, string]>([
  ["a value in JSON", '{"access_token": "abc", "scope": "all"}', '{"access_token": "[secret]", "scope": "all"}'],
  ["with blanks around the colon", '"PASSWORD"\n:\t"abc"', '"PASSWORD"\n:\t"[secret]"'],
  ["with quotes and line breaks inside", '{"password":"a\\"b\\\n\\\\","id":7}', '{"password":"[secret]","id":7}'],
  ["that was cut off", '{"client_secret":"abc\\', '{"client_secret":"[secret]\\'],
  ["that is empty", '{"token":""}', '{"token":"[secret]"}'],
  ["a field of a form", "username=u&password=a%26b&scope=all", "username=u&password=[secret]&scope=all"],
  ["a parameter of a link", "<a href='/x?token=abc'>x</a>", "<a href='/x?token=[secret]'>x</a>"],
  ["a header", "Authorization: Bearer abc.d_e~f+g/h-i==, then", "Authorization: Bearer [secret], then"],
  ["a header that holds a field", "Bearer access_token=abcdefgh", "Bearer access_token=[secret]"],
  ["the header of a token that a person made", "PersonalAccessToken  abc1", "PersonalAccessToken  [secret]"],
  ["all of them in one text", '"code":"a" hash=b bearer c', '"code":"[secret]" hash=[secret] bearer [secret]'],
])("takes out %s", (_, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test.each(['{"title": "token"}', "my_password=x1", "forbearer x1", '"hash": 7', "a bearer", "decode=x1"])(
  "leaves what only looks like it: %s",
  (text) => {
    expect(redact(text)).toBe(text);
  },
);

test("takes out what is known, wherever it stands, and nothing where a credential is empty", () => {
  expect(redact("x$1y, x$1y and z", ["x$1y", "", "z"])).toBe("[secret], [secret] and [secret]");
});

test("is quick with a long text of blanks", () => {
  const blanks = " ".repeat(1_000_000);
  expect(redact(`"token"${blanks}Bearer${blanks}`)).toBe(`"token"${blanks}Bearer${blanks}`);
});
