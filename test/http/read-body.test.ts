import { expect, test } from "vitest";
import { readBody } from "../../src/http/read-body.ts";

const read = (text: string) => readBody([new TextEncoder().encode(text)], true);

test("a string of many megabytes is read", async () => {
  const body = JSON.stringify({ message: "SUQz".repeat(5_000_000) });
  expect((await read(body)).length).toBe(body.length);
});

test.each([
  ["brackets in a string", JSON.stringify({ a: "[".repeat(100) })],
  ["brackets behind an escaped quote", JSON.stringify({ a: `"${"[".repeat(100)}` })],
  ["brackets behind an escaped backslash and in the next string", `{"a":"\\\\","b":"${"[".repeat(100)}"}`],
  ["a string without an end", `{"a":"${"[".repeat(100)}`],
  ["32 levels", `${"[".repeat(32)}${"]".repeat(32)}`],
  ["many lists beside each other", "[[],".repeat(31)],
])("a body with %s is not too deep", async (_, body) => {
  expect(await read(body)).toBe(body);
});

test.each([
  ["33 levels", "[".repeat(33)],
  ["33 levels behind a string with an escape", `{"a\\"":${'{"b":'.repeat(32)}1`],
])("a body with %s is too deep", async (_, body) => {
  await expect(read(body)).rejects.toThrow("The body is nested more than 32 levels deep.");
});

test("bytes that are split within a character are read, and a character that is cut off is not", async () => {
  const bytes = new TextEncoder().encode("€");
  expect(await readBody([bytes.slice(0, 1), bytes.slice(1)], false)).toBe("€");
  await expect(readBody([bytes.slice(0, 2)], false)).rejects.toThrow("The body is not UTF-8.");
});
