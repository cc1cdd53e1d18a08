import { readFile } from "node:fs/promises";
import path from "node:path";

/** A package that package-lock.json names. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Its folder below the root. */
  readonly folder: string;
  readonly license?: string;
  /** True for what is installed with this package by its users. */
  readonly isRuntime: boolean;
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

/** Every package that is installed, from package-lock.json. */
export async function readLock(root: string): Promise<LockedPackage[]> {
  const text = await readFile(path.join(root, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Entry>> };
  return Object.entries(packages)
    .filter(([folder]) => folder !== "")
    .map(([folder, { version = "", license, dev, optional, devOptional, peer }]) => ({
      name: folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      folder,
      ...(license === undefined ? {} : { license }),
      isRuntime: !dev && !optional && !devOptional && !peer,
    }));
}
