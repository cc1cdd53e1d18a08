import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { checkBlocks } from "./check-blocks.ts";
import { blocksOf, LANGUAGES, proseBlocks, proseFiles } from "./code-blocks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const blocks = proseBlocks(ROOT);

describe("code in the README and the guides", () => {
  let faults: string[];
  beforeAll(async () => {
    faults = await checkBlocks(blocks, inject("prismOrigin"));
  });

  it.each(proseFiles(ROOT))("%s: every block compiles and runs, and reaches Angelcam", (file) => {
    expect(faults.filter((fault) => fault.startsWith(`${file}:`))).toEqual([]);
  });

  it.each(["ts", "sh", "html", "json", "http"])("is there in %s", (language) => {
    expect(blocks.filter((block) => block.language === language)).not.toEqual([]);
  });

  it("no fault is of a file that nobody looked at", () => {
    expect(faults).toEqual([]);
  });
});

describe("a mistake in a copy of the guides is caught with its file and line", () => {
  let copy: string;
  let faults: string[];
  const expected: string[] = [];

  beforeAll(async () => {
    copy = await mkdtemp(path.join(tmpdir(), "angelcam-guides-"));
    await cp(path.join(ROOT, "README.md"), path.join(copy, "README.md"));
    await cp(path.join(ROOT, "spec/guides"), path.join(copy, "spec/guides"), { recursive: true });
    await seed("README.md", "cameras.list({ limit: 5 })", "cameras.list({ limits: 5 })");
    await seed(
      "spec/guides/footage.md",
      "await angelcam.recordings.snapshot(id,",
      'await angelcam.recordings.snapshot("",',
    );
    await seed("spec/guides/making-clips.md", "email: ", "e_mail: ");
    await seed("spec/guides/testing.md", '["Back door"]', '["Front door"]');
    await seed("spec/guides/pages.md", '"count": 11,', "count: 11,");
    await seed("spec/guides/limits.md", "Retry-After: 24", "Retry-After 24");
    await seed("spec/guides/live-view.md", "player.loadSource(url)", "player.load(url)");
    await seed("spec/guides/from-curl.md", "?limit=5&tags=outdoor", "?limit=500&tags=outdoor");
    await seed("spec/guides/quick-start.md", "npm run mock", "npm run moock");
    const damaged = proseBlocks(copy).filter(({ file }) => expected.some((place) => place.startsWith(`${file}:`)));
    faults = await checkBlocks(damaged, inject("prismOrigin"));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** Puts a mistake in place of the first of something, and expects to hear of its line. */
  async function seed(name: string, right: string, wrong: string): Promise<void> {
    const file = path.join(copy, name);
    const text = await readFile(file, "utf8");
    const at = text.indexOf(right);
    expect(at, `${name} holds ${right}`).toBeGreaterThan(0);
    await writeFile(
      file,
      text.replace(right, () => wrong),
    );
    expected.push(`${name}:${text.slice(0, at).split("\n").length}`);
  }

  it("each of them, whatever its language, and nothing else", () => {
    const places = faults.map((fault) => fault.match(/^[^:]+:\d+/)?.[0] ?? fault);
    expect([...new Set(places)].toSorted()).toEqual(expected.toSorted());
  });
});

describe("a block that cannot be checked is a fault", () => {
  const check = (text: string) => checkBlocks(blocksOf("some.md", text), inject("prismOrigin"));

  it.each(["", "js", "typescript", "ts nocheck"])("in the language %o", async (language) => {
    expect(await check(`Text.\n\n\`\`\`${language}\n1;\n\`\`\`\n`)).toEqual([
      expect.stringMatching(/^some\.md:3: .*use one of/),
    ]);
  });

  it("as a program that asks Angelcam for nothing", async () => {
    expect(await check("```ts\nexport const one = 1;\n```\n")).toEqual([
      "some.md:2: it runs, and asks Angelcam for nothing",
    ]);
  });

  it("as a command that nobody knows", async () => {
    expect(await check("```sh\n\nwget http://127.0.0.1:4010/\n```\n")).toEqual([
      expect.stringMatching(/^some\.md:3: .*wget/),
    ]);
  });

  it("as a test that tests nothing, or that fails", async () => {
    const text = '```ts\nimport test from "node:test";\ntest("x", () => {\n  throw new Error("no");\n});\n```\n';
    expect(await check(text)).toEqual([expect.stringMatching(/^some\.md:4: .*no/)]);
    expect(await check('```ts\nimport "node:test";\nexport {};\n```\n')).not.toEqual([]);
  });

  it("as a page whose elements are not closed", async () => {
    expect(await check("```html\n<p>\n  <video>\n</p>\n```\n")).toEqual(
      expect.arrayContaining([expect.stringMatching(/^some\.md:3: <video> is not closed/)]),
    );
  });

  it("as a workflow that is no YAML, or has a command that nobody knows", async () => {
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
