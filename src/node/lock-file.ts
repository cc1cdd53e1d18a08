import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { LockFile } from "@rushstack/node-core-library/lib/LockFile";

// The one file that knows the lock library. The build puts the library into it, so that the package needs no dependency.

/** A lock that belongs to this process. It ends with `release`, and with the process however that dies. */
export interface LockFileOfProcess {
  /** The file that represents the lock. Removing it takes the lock away. */
  readonly filePath: string;
  release(): void;
}

/** Bytes. A lock file holds the start time of its process. */
const LARGEST = 1_000;

/**
 * Takes the lock `name` in the folder unless a living process has it.
 *
 * @param name Letters, digits, `-` and `.`, at least three, letters or digits at both ends.
 * @throws Error for a file that has the name of a lock file and is none: the library would read it, write to it or wait.
 */
export function tryLockFile(folder: string, name: string): LockFileOfProcess | undefined {
  for (const fileName of readdirSync(folder)) {
    if (processOfLockFile(fileName, name) === undefined || isLockFile(path.join(folder, fileName))) continue;
    throw new Error(`${path.join(folder, fileName)} is not a lock file of this user, and was left as it is. Remove it`);
  }
  return LockFile.tryAcquire(folder, name);
}

/** The id of the process in the name of a file in the folder, where it is a file of the lock `name`. */
export function processOfLockFile(fileName: string, name: string): number | undefined {
  const [, lock, id] = /^(.+)#(\d+)\.lock(?:\.dirty)?$/.exec(fileName) ?? [];
  return lock === name ? Number(id) : undefined;
}

function isLockFile(file: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  // It may have been released a moment ago.
  if (!stats) return true;
  const user = process.getuid?.();
  const isOwn = user === undefined || stats.uid === user;
  return stats.isFile() && isOwn && stats.nlink <= 1 && stats.size <= LARGEST;
}
