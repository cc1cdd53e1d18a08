import { LockFile } from "@rushstack/node-core-library/lib/LockFile";

// The one file that knows the lock library. The build puts the library into it, so that the package needs no dependency.

/** A lock that belongs to this process. It ends with `release`, and with the process however that dies. */
export interface LockFileOfProcess {
  /** The file that stands for the lock. Whoever takes the lock away removes it. */
  readonly filePath: string;
  release(): void;
}

/**
 * Takes the lock `name` in the folder unless a living process has it.
 *
 * @param name Letters, digits, `-` and `.`, at least three, letters or digits at both ends.
 */
export function tryLockFile(folder: string, name: string): LockFileOfProcess | undefined {
  return LockFile.tryAcquire(folder, name);
}

/** The id of the process that the name of a file in the folder stands for, where it is a file of the lock `name`. */
export function processOfLockFile(fileName: string, name: string): number | undefined {
  const [, lock, id] = /^(.+)#(\d+)\.lock$/.exec(fileName) ?? [];
  return lock === name ? Number(id) : undefined;
}
