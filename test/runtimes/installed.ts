import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { execute } from "./execute.ts";

const LOCK = path.join(import.meta.dirname, "package-lock.json");
const MODULES = path.join(import.meta.dirname, "node_modules");
const STAMP = path.join(MODULES, ".installed-lock.json");

/** Installs the runtimes and the compilers as the lock file says, where that is not done yet. */
export async function installRuntimes(): Promise<void> {
  const lock = await readFile(LOCK, "utf8");
  if (existsSync(STAMP) && (await readFile(STAMP, "utf8")) === lock) return;
  // None of them needs a script: what each would choose at install is chosen below.
  await execute("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: import.meta.dirname });
  await writeFile(STAMP, lock);
}

/** A package that brings a program. */
export interface Brought {
  readonly version: string;
  readonly program: string;
}

/**
 * Finds a program in one of the packages that hold it for a kind of machine; npm installs the one that fits.
 *
 * @throws Error naming the packages, where none of them was installed.
 */
export function brought(packages: Readonly<Record<string, string>>): Brought {
  for (const [name, program] of Object.entries(packages)) {
    const folder = path.join(MODULES, name);
    if (existsSync(path.join(folder, program))) {
      return { version: versionOf(folder), program: path.join(folder, program) };
    }
  }
  const names = Object.keys(packages).join(", ");
  throw new Error(`npm brings none of ${names} for ${process.platform} ${process.arch}: run this on Linux`);
}

/** The compiler of one of the TypeScript versions, to be run by Node. */
export function compiler(name: string): Brought {
  return brought({ [name]: "bin/tsc" });
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
  return version;
}
