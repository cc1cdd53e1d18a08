import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, installPackage, ROOT, removeConsumer, runProgram, write } from "./consumer.ts";

// Somebody who has never seen Angelcam, with an empty folder and the first page: what it says to save and run, runs.

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
  await write(consumer, "redirect.mjs", REDIRECT);
});

afterAll(() => removeConsumer(consumer));

/** Sends what is meant for Angelcam, or for the mock of the guides, to the mock of the tests. */
const REDIRECT = `
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const { pathname, search } = new URL(input);
  return fetch(process.env.MOCK + pathname + search, init);
};`;

test.each([
  ["README.md", "cameras.mjs"],
  ["spec/guides/quick-start.md", "cameras.mjs"],
  ["spec/guides/quick-start.md", "mock.mjs"],
  ["spec/guides/quick-start.md", "quick-start.mjs"],
])("%s: %s, pasted as the page says, lists cameras", async (page, program) => {
  await write(consumer, program, programOf(page, program));
  const { stdout, stderr } = await runProgram(consumer, "--import", "./redirect.mjs", program);
  expect(stderr).toBe("");
  expect(stdout.split("\n").filter((line) => /\d{5}.*(online|offline)/.test(line)).length).toBeGreaterThan(3);
});

/** The first code behind the words that tell under which name to save it. */
function programOf(page: string, program: string): string {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  const [, behind = ""] = text.split(new RegExp(`(?:save this (?:there )?as|, as) \`${program}\``, "i"));
  const code = behind.match(/^```ts\n(.*?)^```$/ms)?.[1];
  if (code === undefined) throw new Error(`${page} does not say what to save as ${program}`);
  return code;
}
