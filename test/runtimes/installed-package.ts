import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { blocksOf } from "../prose/code-blocks.ts";
import { execute } from "./execute.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A fresh folder with the packed package, installed as a user would, and the suite beside it. */
export interface InstalledPackage extends AsyncDisposable {
  readonly folder: string;
  /** The folder of the suite in it. */
  readonly suite: string;
}

/** Packs the built package and installs it: `npm init`, `npm install <tarball>`. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-runtimes-"));
  const packed = await execute("npm", ["pack", ROOT, "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: folder,
  });
  const [{ filename } = { filename: "" }] = JSON.parse(packed.stdout) as { filename: string }[];
  await execute("npm", ["init", "--yes"], { cwd: folder });
  await execute("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`], { cwd: folder });
  const suite = path.join(folder, "suite");
  await cp(path.join(import.meta.dirname, "suite"), suite, { recursive: true });
  await writeFile(path.join(suite, "package.json"), '{ "type": "module" }');
  await writeFile(path.join(suite, "readme-first-block.js"), await firstBlockOfReadme());
  return { folder, suite, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The first code block of the README. It has no types, so it is valid JavaScript. */
async function firstBlockOfReadme(): Promise<string> {
  const [first] = blocksOf("README.md", await readFile(path.join(ROOT, "README.md"), "utf8"));
  if (!first) throw new Error("README.md has no code");
  return first.code;
}
