import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execute } from "../runtimes/execute.ts";
import { pack } from "../stacks/run-stack.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MODULES = path.join(import.meta.dirname, "node_modules");
const STAMP = path.join(MODULES, ".installed-lock.json");

/** Installs what the recipes use as the lock file says, where that is not done yet, and the package that was built. */
export async function installRecipes(): Promise<void> {
  const lock = await readFile(path.join(import.meta.dirname, "package-lock.json"), "utf8");
  if (!existsSync(STAMP) || (await readFile(STAMP, "utf8")) !== lock) {
    await execute("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], {
      cwd: import.meta.dirname,
    });
    await writeFile(STAMP, lock);
  }
  const own = path.join(MODULES, "angelcam-client");
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-tarball-"));
  try {
    const tarball = await pack(ROOT, folder);
    await rm(own, { recursive: true, force: true });
    await mkdir(own);
    await execute("tar", ["-xzf", tarball, "--strip-components=1", "-C", own], { cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
