import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { RELEASED } from "./gates/breaking-changes.ts";
import { DOCUMENT } from "./gates/document.ts";

// Keeps the document of a release, for the next changes to be compared with. A step of a release: see CONTRIBUTING.md.

const ROOT = path.resolve(import.meta.dirname, "..");
const folder = path.join(ROOT, RELEASED);
const { version } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8")) as { version: string };
for (const name of await readdir(folder)) {
  if (name.endsWith(".json")) await rm(path.join(folder, name));
}
await copyFile(path.join(ROOT, DOCUMENT), path.join(folder, `${version}.json`));
console.log(`Wrote ${RELEASED}/${version}.json`);
