import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { releaseFaults } from "../../scripts/release-check/main.ts";

const READY = {
  "package.json": '{ "version": "1.2.0" }',
  "CHANGELOG.md": "# Change log\n\n## 1.2.0 - 2026-11-24\n\n- All.\n\n## 1.1.0\n",
  "generated/openapi.json": "{}",
  "scripts/shared/gates/released/1.2.0.json": "{}",
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "angelcam-release-"));
  await mkdir(path.join(root, "generated"));
  await mkdir(path.join(root, "scripts/shared/gates/released"), { recursive: true });
  for (const [file, text] of Object.entries(READY)) await write(file, text);
});

afterEach(() => rm(root, { recursive: true }));

test("a tag of the version, with its entry in the change log and its document kept, can be released", async () => {
  expect(await releaseFaults(root, "v1.2.0")).toEqual([]);
});

test("a tag of another version cannot", async () => {
  expect(await releaseFaults(root, "v1.3.0")).toEqual(["The tag is v1.3.0, and package.json has 1.2.0."]);
});

test("a version that the change log does not begin with cannot", async () => {
  await write("CHANGELOG.md", READY["CHANGELOG.md"].replace("## 1.2.0", "## Unreleased\n\n## 1.2.0"));
  expect(await releaseFaults(root, "v1.2.0")).toEqual([
    'The first heading of CHANGELOG.md is "## Unreleased", and has to be of 1.2.0.',
  ]);
});

test("a change log that begins with 1.2.01 or 1.2.0-rc: version 1.2.0 cannot be released", async () => {
  for (const other of ["1.2.01", "1.2.0-rc"]) {
    await write("CHANGELOG.md", READY["CHANGELOG.md"].replace("## 1.2.0", `## ${other}`));
    expect(await releaseFaults(root, "v1.2.0")).toHaveLength(1);
  }
});

test("a document that later changes could not be compared with cannot", async () => {
  await write("generated/openapi.json", '{ "paths": {} }');
  expect(await releaseFaults(root, "v1.2.0")).toEqual([
    "scripts/shared/gates/released/1.2.0.json is not the document: run npm run release:document.",
  ]);
});

function write(file: string, text: string): Promise<void> {
  return writeFile(path.join(root, file), text);
}
