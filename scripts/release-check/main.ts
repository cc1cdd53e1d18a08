import { readFile } from "node:fs/promises";
import path from "node:path";
import { RELEASED } from "../shared/gates/breaking-changes.ts";
import { DOCUMENT } from "../shared/gates/document.ts";

// The first step of the release workflow: `node scripts/release-check/main.ts v1.2.3` lists the reasons against a release under that tag.

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The reasons against a release under this tag. */
export async function releaseFaults(root: string, tag: string): Promise<string[]> {
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  const { version } = JSON.parse(await read("package.json")) as { version: string };
  const document = await read(DOCUMENT);
  const kept = await read(`${RELEASED}/${version}.json`).catch(() => "");
  const heading = (await read("CHANGELOG.md")).split("\n").find((line) => /^## /.test(line)) ?? "";
  const faults: string[] = [];
  if (tag !== `v${version}`) faults.push(`The tag is ${tag}, and package.json has ${version}.`);
  if (!`${heading} `.startsWith(`## ${version} `)) {
    faults.push(`The first heading of CHANGELOG.md is "${heading}", and has to be of ${version}.`);
  }
  if (kept !== document) faults.push(`${RELEASED}/${version}.json is not the document: run npm run release:document.`);
  return faults;
}

if (import.meta.main) {
  const tag = process.argv[2] ?? "";
  const faults = await releaseFaults(ROOT, tag);
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log(`${tag} is ready.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
