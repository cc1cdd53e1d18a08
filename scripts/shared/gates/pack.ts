import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** The package as it would be published. */
export interface Packed {
  /** Path of the tarball. */
  readonly file: string;
  /** How many files are in it. */
  readonly entries: number;
}

/** Packs the built package, and deletes the tarball after `work`. */
export function withTarball<T>(root: string, work: (packed: Packed) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const parameters = ["pack", root, "--ignore-scripts", "--json", "--pack-destination", folder];
    const { stdout } = await promisify(execFile)("npm", parameters, { cwd: root, maxBuffer: 1 << 24 });
    const [packed] = JSON.parse(stdout) as readonly { filename: string; entryCount: number }[];
    if (packed === undefined) throw new Error("npm pack made no tarball.");
    return work({ file: path.join(folder, packed.filename), entries: packed.entryCount });
  });
}
