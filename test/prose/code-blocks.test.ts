import path from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { pythonVersion } from "../support/python.ts";
import { checkBlocks } from "./check-blocks.ts";
import { blocksOf, LANGUAGES, proseBlocks, proseFiles } from "./code-blocks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const blocks = proseBlocks(ROOT);
const hasPython = (await pythonVersion()) !== undefined;

describe("code in the README and the guides", () => {
  let faults: string[];
  beforeAll(async () => {
    faults = await checkBlocks(blocks, inject("prismOrigin"));
  });

  it.each(proseFiles(ROOT))("%s: every block compiles and runs, and reaches Angelcam", (file) => {
    expect(faults.filter((fault) => fault.startsWith(`${file}:`))).toEqual([]);
  });

  it.each(["ts", "sh", "python", "html", "json", "http"])("is there in %s", (language) => {
    expect(blocks.filter((block) => block.language === language)).not.toEqual([]);
  });

  it("no fault is of a file that was not checked", () => {
    expect(faults).toEqual([]);
  });
});

describe("a block that cannot be checked is a fault", () => {
  const check = (text: string) => checkBlocks(blocksOf("some.md", text), inject("prismOrigin"));

  it.each(["", "js", "typescript", "ts nocheck"])("in the language %o", async (language) => {
    expect(await check(`Text.\n\n\`\`\`${language}\n1;\n\`\`\`\n`)).toEqual([
      expect.stringMatching(/^some\.md:3: .*use one of/),
    ]);
  });

  it("as a program that sends Angelcam no request", async () => {
    expect(await check("```ts\nexport const one = 1;\n```\n")).toEqual([
      "some.md:2: it runs, and asks Angelcam for nothing",
    ]);
  });

  it("as an unknown command", async () => {
    expect(await check("```sh\n\nwget http://127.0.0.1:4010/\n```\n")).toEqual([
      expect.stringMatching(/^some\.md:3: .*wget/),
    ]);
  });

  it.runIf(hasPython)("as a program in Python that fails, or prints nothing", async () => {
    expect(await check('```python\nraise SystemExit("no")\n```\n')).toEqual(["some.md:2: SystemExit: no"]);
    expect(await check("```python\none = 1\n```\n")).toEqual(["some.md:2: it prints nothing"]);
  });

  it("as a test without assertions, or that fails", async () => {
    const text = '```ts\nimport test from "node:test";\ntest("x", () => {\n  throw new Error("no");\n});\n```\n';
    expect(await check(text)).toEqual([expect.stringMatching(/^some\.md:4: .*no/)]);
    expect(await check('```ts\nimport "node:test";\nexport {};\n```\n')).not.toEqual([]);
  });

  it("as a page whose elements are not closed", async () => {
    expect(await check("```html\n<p>\n  <video>\n</p>\n```\n")).toEqual(
      expect.arrayContaining([expect.stringMatching(/^some\.md:3: <video> is not closed/)]),
    );
  });

  it("as a workflow that is no YAML, or has an unknown command", async () => {
    expect(await check("```yaml\na: [\n```\n")).toEqual([expect.stringMatching(/^some\.md:\d: /)]);
    expect(await check("```yaml\nsteps:\n  - run: npm run nothing\n```\n")).toEqual([
      expect.stringMatching(/^some\.md:3: .*nothing/),
    ]);
  });

  it("which a fence inside a longer fence is not", () => {
    expect(blocksOf("some.md", "````text\n```ts\n1;\n```\n````\n")).toEqual([
      { file: "some.md", line: 2, language: "text", code: "```ts\n1;\n```\n" },
    ]);
    expect(LANGUAGES).toContain("text");
  });
});
