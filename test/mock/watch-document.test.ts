import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { watchDocument } from "../../src/mock/watch-document.ts";

test("a new version of the document is reported, and a half-written one is not", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-watch-test-"));
  const file = path.join(folder, "openapi.json");
  await writeFile(file, '{ "openapi": "3.1.0" }');
  const versions: string[] = [];
  {
    using _watch = watchDocument(file, ({ openapi }) => versions.push(openapi));
    await writeFile(file, '{ "openapi": "3.1');
    await writeFile(file, '{ "openapi": "3.1.1" }');
    await expect.poll(() => versions).toContain("3.1.1");
  }
  expect(new Set(versions)).toEqual(new Set(["3.1.1"]));
  await rm(folder, { recursive: true });
});
