import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, compile, installPackage, ROOT, removeConsumer, runProgram, write } from "./consumer.ts";

let consumer: Consumer;
let blocks: string[];

beforeAll(async () => {
  const text = await readFile(path.join(ROOT, "README.md"), "utf8");
  blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
  consumer = await installPackage();
  await write(consumer, "redirect.js", REDIRECT);
});

afterAll(() => removeConsumer(consumer));

/** Sends what is meant for Angelcam to the mock, and tells where it was meant for. */
const REDIRECT = `
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const url = new URL(input);
  if (!url.hostname.endsWith(".angelcam.com")) throw new Error("The README asks " + url.hostname);
  console.error(init.method, url.origin + url.pathname);
  return fetch(process.env.MOCK + url.pathname + url.search, init);
};`;

test("the first code of the README is the quick start: it compiles, runs, and makes the three calls", async () => {
  expect(blocks).not.toEqual([]);
  await write(consumer, "readme.ts", blocks[0] ?? "");
  await compile(consumer, ["readme.ts"], { module: "nodenext", skipLibCheck: true });
  const { stdout, stderr } = await runProgram(consumer, "--import", "./redirect.js", "out/readme.js");
  expect(stderr.trim().split("\n")).toEqual([
    "POST https://my.angelcam.com/oauth/token/",
    expect.stringMatching(/^GET https:\/\/api(\.test)?\.angelcam\.com\/v1\/me\/$/),
    "GET https://api.angelcam.com/v1/cameras/",
  ]);
  expect(stdout).toContain("user@example.com");
});
