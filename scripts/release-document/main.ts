import { execFileSync } from "node:child_process";
import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { breakingChanges, RELEASED } from "../shared/gates/breaking-changes.ts";
import { DOCUMENT } from "../shared/gates/document.ts";

// Keeps the document of a release, for later changes to be compared with. A step of a release: see CONTRIBUTING.md.

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = path.join(ROOT, RELEASED);
const { version } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8")) as { version: string };
const { faults } = await breakingChanges.check(ROOT);
if (faults.length > 0 && isTagged(`v${version}`)) {
  console.error([`${version} is released already, and the document has changed since:`, ...faults].join("\n"));
  process.exitCode = 1;
} else {
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
  await copyFile(path.join(ROOT, DOCUMENT), path.join(folder, `${version}.json`));
  console.log(`Wrote ${RELEASED}/${version}.json`);
}

function isTagged(tag: string): boolean {
  return execFileSync("git", ["tag", "--list", tag], { cwd: ROOT, encoding: "utf8" }).trim() === tag;
}
