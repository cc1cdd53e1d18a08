import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, typescriptBlocks } from "./code-blocks.ts";
import { compile } from "./compile.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const blocks = typescriptBlocks();

/** Blocks that talk to a mock which nobody has started. */
const NEEDS_A_MOCK = /127\.0\.0\.1:4010/;

let folder: string;
beforeAll(async () => {
  // Inside the repository, so that "angelcam-client" is found as an installed package is.
  folder = await mkdtemp(path.join(ROOT, "dist/prose-"));
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("code in the README and the guides", () => {
  it("is there", () => {
    expect(blocks.length).toBeGreaterThan(10);
  });

  it("compiles, every block of it", () => {
    expect(compile(blocks)).toEqual([]);
  });

  it("would be caught with its file and line if it did not", () => {
    const text = 'Text.\n\n```ts\nimport { Angelcam } from "angelcam-client";\nnew Angelcam({ quotas: 1 });\n```\n';
    expect(compile(blocksOf("some.md", text))).toEqual([expect.stringMatching(/^some\.md:5: .*quotas/)]);
  });

  it.each(
    blocks
      .filter(({ code }) => !NEEDS_A_MOCK.test(code))
      .map((block) => [`${block.file}:${block.line}`, block] as const),
  )("%s runs, and reaches Angelcam", async (_, { code }) => {
    const own = await mkdtemp(path.join(folder, "block-"));
    const file = path.join(own, "block.ts");
    const local = code.replaceAll(/"angelcam-client(\/\w+)?"/g, (_match, entry = "/index") =>
      JSON.stringify(path.join(ROOT, "src", entry === "/index" ? "index.ts" : `${entry}/index.ts`)),
    );
    await writeFile(file, local);
    const world = path.join(import.meta.dirname, "world.ts");
    const { stderr } = await promisify(execFile)(process.execPath, ["--import", world, file], { cwd: own });
    expect(stderr).toBe("");
  });
});
