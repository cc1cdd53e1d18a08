import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/base/redact.ts";
import { processorTime } from "../support/processor-time.ts";
import { runs } from "../support/property-runs.ts";

const { redact, cleanError } = createRedactor(["access_token", "client_secret", "code", "hash", "password", "token"]);

/** Every character that one of the encodings treats in its own way. */
const SECRET = 'p4ss "wörd" <&\'/\\\\+%=😀>\n$1.*';

const html = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const percent = encodeURIComponent;
const form = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const ascii = (text: string) =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Ways in which a credential comes back in a text. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  JSON: json,
  "JSON in JSON": (text) => json(json(text)),
  "JSON with escaped slashes": (text) => json(text).replaceAll("/", "\\/"),
  "JSON in ASCII": (text) => ascii(json(text)),
  "JSON for a script element": (text) =>
    json(text).replaceAll("<", "\\u003c").replaceAll(">", "\\u003E").replaceAll("&", "\\u0026"),
  percent,
  "percent in lower case": (text) => percent(text).replace(/%../g, (code) => code.toLowerCase()),
  "percent for all but letters and digits": (text) =>
    [...Buffer.from(text)]
      .map((byte) => String.fromCharCode(byte))
      .map((c) => (/[A-Za-z0-9]/.test(c) ? c : `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`))
      .join(""),
  "percent twice": (text) => percent(percent(text)),
  form,
  "HTML entities": html,
  "HTML entities with an escaped apostrophe": (text) => html(text).replaceAll("'", "&#39;"),
  "hexadecimal HTML entities": (text) =>
    text.replace(/[^a-z0-9 ]/giu, (c) => `&#x${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()};`),
  "decimal HTML entities": (text) => text.replace(/[^a-z0-9 ]/giu, (c) => `&#${c.codePointAt(0)};`),
  "HTML entities twice": (text) => html(html(text)),
  "JSON in HTML": (text) => html(json(text)),
  Base64: base64,
  "Base64 for URLs": (text) => Buffer.from(text).toString("base64url"),
  "Base64 behind one byte": (text) => base64(`a${text}`),
  "Base64 behind a name": (text) => base64(`me${text}`),
  "Base64 of credentials": (text) => base64(`me:${text}`),
  "Base64 inside JSON": (text) => base64(`{"a":"${text}"}`),
  "Base64 in a link": (text) => percent(base64(text)),
};

describe("redact", () => {
  test.each(Object.keys(ENCODINGS))("removes a known credential: %s", (name) => {
    const encoded = ENCODINGS[name]?.(SECRET) ?? "";
    expect(redact(`before ${encoded} after`, [SECRET])).toMatch(/^before [\w+/]{0,8}\[secret\] after$/);
  });

  test.each(Object.keys(ENCODINGS))("removes any known credential: %s", (name) => {
    const encode = ENCODINGS[name] ?? String;
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 6, maxLength: 30 }), (secret) => {
        fc.pre(!"before after [secret]".includes(secret));
        expect(redact(`before ${encode(secret)} after`, [secret])).not.toContain(encode(secret));
      }),
      { ...runs(`redact: ${name}`), numRuns: 50 },
    );
  });

  test("removes the longer of two credentials first, and ignores an empty one", () => {
    expect(redact("x$1y, x$1y and x$1yz", ["x$1y", "", "x$1yz"])).toBe("[secret], [secret] and [secret]");
  });

  test.each<[string, string, string]>([
    ["a value in JSON", '{"access_token": "abc", "scope": "all"}', '{"access_token": "[secret]", "scope": "all"}'],
    ["a value with blanks around the colon", '"PASSWORD"\n:\t"abc"', '"PASSWORD"\n:\t"[secret]"'],
    ["a value with escaped quotes", '{"password":"a\\"b\\\n\\\\","id":7}', '{"password":"[secret]","id":7}'],
    ["a value that was cut off", '{"client_secret":"abc\\', '{"client_secret":"[secret]\\'],
    ["an empty value", '{"token":""}', '{"token":"[secret]"}'],
    [
      "JSON in JSON",
      '{"body":"{\\"token\\":\\"abc\\",\\"id\\":7}"}',
      '{"body":"{\\"token\\":\\"[secret]\\",\\"id\\":7}"}',
    ],
    [
      "JSON in HTML",
      "&quot;token&quot;: &quot;abc&quot;, &quot;id",
      "&quot;token&quot;: &quot;[secret]&quot;, &quot;id",
    ],
    ["JSON in HTML, with numbers", "&#34;token&#34;:&#34;abc&#34;,", "&#34;token&#34;:&#34;[secret]&#34;,"],
    ["JSON in a link", "%7B%22token%22%3A%20%22abc%22%7D", "%7B%22token%22%3A%20%22[secret]%22%7D"],
    ["an object that Node printed", "{ password: 'abc', id: 7 }", "{ password: '[secret]', id: 7 }"],
    ["a field of a form", "username=u&password=a%26b&scope=all", "username=u&password=[secret]&scope=all"],
    ["a form in a link", "?next=%2Fx%3Ftoken%3Dabc%26id%3D7&x=1", "?next=%2Fx%3Ftoken%3D[secret]%26id%3D7&x=1"],
    ["a parameter of a link", "<a href='/x?token=abc'>x</a>", "<a href='/x?token=[secret]'>x</a>"],
    ["a header", "Authorization: Bearer abc.d_e~f+g/h-i==, then", "Authorization: Bearer [secret], then"],
    ["a header that holds a field", "Bearer access_token=abcdefgh", "Bearer access_token=[secret]"],
    ["the header of a personal access token", "PersonalAccessToken  abc1", "PersonalAccessToken  [secret]"],
    ["a header for a proxy", "proxy-authorization: Basic bWU6cGFzcw==\n", "proxy-authorization: Basic [secret]\n"],
    ["a header for a proxy in JSON", '{"Authorization":"Basic bWU6"}', '{"Authorization":"Basic [secret]"}'],
    ["the user of a URL", "rtsp://me:pass@cam.example.com/1", "rtsp://[secret]@cam.example.com/1"],
    ["all of them in one text", '"code":"a" hash=b bearer c', '"code":"[secret]" hash=[secret] bearer [secret]'],
  ])("removes what follows a secret name or a scheme: %s", (_, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    '{"title": "token"}',
    "my_password=x1",
    "forbearer x1",
    '"hash": 7',
    "a bearer",
    "decode=x1",
    '{"password": ["This field is required."]}',
    "password: This field is required.",
    "Use Basic authentication",
    "https://my.angelcam.com/a@b",
  ])("leaves what only looks like a credential: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  // Time that grows with the square of the length would be minutes here.
  test.each<[string, string, readonly string[]]>([
    ["blanks", '"token"BLANKSBearerBLANKS'.replaceAll("BLANKS", " ".repeat(100_000)), []],
    ["backslashes", `"token": "${"\\".repeat(200_000)}`, ["\\".repeat(40)]],
    ["names", "token: token%3A ".repeat(15_000), []],
    ["slashes", "/".repeat(200_000), ["/".repeat(20)]],
    ["ampersands", "&amp;".repeat(40_000), [`${"&".repeat(20)}x`]],
    ["letters", "a".repeat(200_000), [`${"a".repeat(20)}b`]],
    ["percent signs", "%25".repeat(70_000), [`${"%".repeat(20)}x`]],
  ])("takes linear time for 200 kB of %s", (_, text, known) => {
    const used = processorTime();
    redact(text, known);
    expect(used()).toBeLessThan(5_000);
  });
});

describe("cleanError", () => {
  test("keeps name, code, syscall, message and where it was made", () => {
    const error = Object.assign(new TypeError("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
    const clean = cleanError(error);
    expect(clean).not.toBe(error);
    expect(clean).toBeInstanceOf(Error);
    expect({ ...clean }).toEqual({ code: "ECONNREFUSED", syscall: "connect" });
    expect([clean.name, clean.message]).toEqual(["TypeError", "connect ECONNREFUSED"]);
    expect(clean.stack?.split("\n")[0]).toBe("TypeError: connect ECONNREFUSED");
    expect(clean.stack?.split("\n")[1]).toBe(error.stack?.split("\n")[1]);
  });

  const hidden = "0123456789abcdef";
  const axios = Object.assign(new Error("Request failed with status code 503"), {
    code: "ERR_BAD_RESPONSE",
    config: { headers: { Authorization: `Bearer ${hidden}` }, data: `password=${hidden}` },
    request: { _header: `Authorization: Bearer ${hidden}` },
    response: { data: { access_token: hidden } },
    toJSON: () => ({ config: hidden }),
  });
  const ioredis = Object.assign(new Error("ERR unknown command"), { command: { name: "SET", args: ["key", hidden] } });
  const cyclic = new Error(`sent ${hidden}`);
  cyclic.cause = cyclic;
  test.each<[string, unknown]>([
    ["axios", axios],
    ["ioredis", ioredis],
    ["a cause", new TypeError("fetch failed", { cause: axios })],
    ["a cause that is no error", new TypeError("fetch failed", { cause: { token: hidden } })],
    ["members of an AggregateError", new AggregateError([axios, ioredis, { token: hidden }, hidden], "all failed")],
    [
      "an AggregateError as a cause",
      new Error("x", { cause: new AggregateError([new Error("y", { cause: ioredis })]) }),
    ],
    ["a message", new Error(`connect to redis://me:${hidden}@host: ${hidden}`)],
    ["a text", `sent ${hidden}`],
    ["an object", { message: `sent ${hidden}`, config: hidden }],
    ["an error that is its own cause", cyclic],
    ["name and code", Object.assign(new Error("x"), { name: `Bearer ${hidden}`, code: `Bearer ${hidden}` })],
    ["a credential as a key", Object.assign(new Error("x"), { [hidden]: true })],
  ])("leaves nothing secret of %s", (_, error) => {
    const clean = cleanError(error, [hidden]);
    const shown = [inspect(clean, { depth: 10, showHidden: true }), JSON.stringify(clean), String(clean), clean.stack];
    expect(shown.join("\n")).not.toContain(hidden);
  });

  test("copies causes and members", () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
    const clean = cleanError(new TypeError("fetch failed", { cause: new AggregateError([reset, "two"], "both") }));
    const { cause } = clean as { cause: AggregateError };
    expect([cause.name, cause.message]).toEqual(["AggregateError", "both"]);
    expect(cause.errors.map(({ code, syscall, message }) => ({ code, syscall, message }))).toEqual([
      { code: "ECONNRESET", syscall: "read", message: "read ECONNRESET" },
      { code: undefined, syscall: undefined, message: "two" },
    ]);
  });

  test.each<[string, unknown, string]>([
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a number", 7, "7"],
    ["a symbol", Symbol("x"), "Symbol(x)"],
    ["an object", { a: 1 }, "an object without a message"],
    ["a function", () => "x", "an object without a message"],
    ["an object without a prototype", Object.create(null), "an object without a message"],
    ["a message that is no text", { message: { a: 1 } }, "an object without a message"],
    [
      "getters that throw",
      new Proxy(new Error("x"), {
        get() {
          throw new Error("no");
        },
      }),
      "an object without a message",
    ],
  ])("makes an error of %s", (_, thrown, message) => {
    const clean = cleanError(thrown);
    expect([clean.name, clean.message]).toEqual(["Error", message]);
  });

  test("bounds messages, members and chains", () => {
    const wide = new AggregateError(Array.from({ length: 1_000 }, () => new AggregateError([new Error("x")])));
    expect(inspect(cleanError(wide), { depth: 10 }).split("Error:").length).toBeLessThan(100);
    let chain = new Error("end");
    for (let depth = 0; depth < 10_000; depth++) chain = new Error(`${depth}`, { cause: chain });
    let length = 0;
    for (let link: unknown = cleanError(chain); link instanceof Error; link = link.cause) length++;
    expect(length).toBe(20);
    expect(cleanError(new Error("y".repeat(10_000_000))).message).toBe("y".repeat(1_000));
  });
});
