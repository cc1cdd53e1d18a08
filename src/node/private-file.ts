import { constants, type Stats } from "node:fs";
import { access, type FileHandle, lstat, open, readdir, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { TokenStoreError } from "../errors/client-errors.ts";
import { makeFolder } from "./make-folder.ts";

/** Read and write for the owner, nothing for others. */
const PRIVATE = 0o600;

/** Bytes. A token file is below 1 kB; what is bigger is no token file, and is neither read nor replaced. */
const LARGEST = 100_000;

/** Bytes that are written to find out whether there is room: more than a token file needs. */
const PROBE = 8_192;

/** A link that was created after the check is not followed, and a pipe without a writer is not waited for. */
const SAFELY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Codes with which a file cannot be replaced though it may be writable: it is a mount point, its folder is read-only, or it
 * is open elsewhere on Windows.
 */
const CANNOT_BE_REPLACED: readonly unknown[] = ["EBUSY", "EXDEV", "EPERM", "EACCES", "EROFS"];

/** Milliseconds between two tries to replace a file on Windows, where a virus scanner may have it open. */
const WINDOWS_PAUSES = [20, 50, 100, 200, 400] as const;

/**
 * Reads a file, once it is known to be a regular one of this user.
 *
 * @param recognize Checks the text, and throws for a foreign one. Only then is a file that others may read made private.
 * @returns undefined where there is no file.
 * @throws TokenStoreError for a link, a folder, a pipe, a file of another user and the like.
 */
export async function readPrivateFile<T>(file: string, recognize: (text: string) => T): Promise<T | undefined> {
  let handle: FileHandle | undefined;
  try {
    if (!(await checkFile(file, "read"))) return undefined;
    handle = await open(file, constants.O_RDONLY | SAFELY);
    const stats = await handle.stat();
    rejectUnlessPlain(file, "read", stats);
    const value = recognize(await handle.readFile("utf8"));
    if (process.platform !== "win32" && (stats.mode & 0o077) !== 0) await handle.chmod(PRIVATE).catch(ignore);
    return value;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw storeError("read", file, error);
  } finally {
    await handle?.close();
  }
}

/**
 * Replaces a file by a text, private, in one step: a reader finds the old text or the new one, also after a crash. A
 * file that cannot be replaced, such as a mount point, is written in place.
 *
 * @param mayReplace Throws where the new text must not take effect after all. Called at the last moment.
 */
export async function replacePrivateFile(file: string, text: string, mayReplace: () => void): Promise<void> {
  const exists = await checkFile(file, "write");
  const temporary = `${file}.${randomName()}.tmp`;
  try {
    await writeNew(temporary, text);
    mayReplace();
    await moveOver(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(ignore);
    if (!exists || !CANNOT_BE_REPLACED.includes(codeOf(error))) throw storeError("write", file, error);
    mayReplace();
    await writeInPlace(file, text);
  }
  await syncFolder(path.dirname(file));
}

/**
 * Makes sure that the file could be written now.
 *
 * @throws TokenStoreError where there is no room or no right; `cause` has the code.
 */
export async function probePrivateFile(file: string): Promise<void> {
  const exists = await checkFile(file, "write");
  const temporary = `${file}.${randomName()}.tmp`;
  try {
    await writeNew(temporary, " ".repeat(PROBE));
  } catch (error) {
    const inPlace = exists && CANNOT_BE_REPLACED.includes(codeOf(error)) && (await isWritable(file));
    if (!inPlace) throw storeError("write", file, error);
  } finally {
    await rm(temporary, { force: true }).catch(ignore);
  }
}

/** True for a file that can be written in place, though nothing can be made beside it. */
export async function isWritable(file: string): Promise<boolean> {
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Removes what writers that crashed have left behind. Only for the holder of the lock. */
export async function removeLeftovers(file: string): Promise<void> {
  const folder = path.dirname(file);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const leftovers = entries.filter((entry) => entry.isFile() && isTemporary(entry.name, path.basename(file)));
  await Promise.all(leftovers.map(({ name }) => rm(path.join(folder, name), { force: true }).catch(ignore)));
}

/**
 * The full path of the file, without the links of its folder; the folder is made where it is missing.
 *
 * @throws TokenStoreError for a file that is no regular one of this user.
 */
export async function locate(file: string): Promise<string> {
  const folder = path.dirname(file);
  try {
    await makeFolder(folder);
    const located = path.join(await realpath(folder), path.basename(file));
    await checkFile(located, "lock");
    return located;
  } catch (error) {
    throw storeError("reach", file, error);
  }
}

/**
 * Looks at a file without opening it.
 *
 * @returns False where there is none.
 * @throws TokenStoreError for anything but a small regular file of this user with one name.
 */
export async function checkFile(file: string, purpose: string): Promise<boolean> {
  let stats: Stats;
  try {
    stats = await lstat(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw storeError(purpose, file, error);
  }
  rejectUnlessPlain(file, purpose, stats);
  return true;
}

/** An error of the file system as one of the store. Such an error names paths, never contents. */
export function storeError(purpose: string, file: string, error: unknown): TokenStoreError {
  if (error instanceof TokenStoreError) return error;
  const { message: reason = String(error) } = Object(error) as Partial<Error>;
  return new TokenStoreError(`Cannot ${purpose} the token file ${file}: ${reason}`, false, error);
}

function rejectUnlessPlain(file: string, purpose: string, stats: Stats): void {
  const reason = whyNotPlain(stats);
  if (!reason) return;
  throw new TokenStoreError(
    `Cannot ${purpose} the token file ${file}: ${reason}. It was left as it is. Give fileTokenStore another path, or move it away and sign in again.`,
    false,
  );
}

function whyNotPlain(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return "it is a symbolic link, which could lead to any file";
  if (stats.isDirectory()) return "it is a directory";
  if (!stats.isFile()) return "it is a pipe, a socket or a device";
  const user = process.getuid?.();
  if (user !== undefined && stats.uid !== user)
    return `it belongs to user ${stats.uid}, and this process runs as user ${user}`;
  if (stats.nlink > 1) return "it has a second name (a hard link), so that it may be a file of another program";
  if (stats.size > LARGEST)
    return `it is not a token file: it has ${stats.size} bytes, and tokens need less than 1,000`;
  return undefined;
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeAndSync(await open(file, "wx", PRIVATE), text);
}

/** Not safe from a crash half-way, so only for a file that cannot be replaced. */
async function writeInPlace(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, constants.O_WRONLY | SAFELY);
    const stats = await handle.stat();
    rejectUnlessPlain(file, "write", stats);
    // Written before it is cut, so that a full disk leaves the old text.
    await writeAndSync(handle, text.padEnd(stats.size));
  } catch (error) {
    throw storeError("write", file, error);
  }
}

async function writeAndSync(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function moveOver(temporary: string, file: string): Promise<void> {
  const pauses = process.platform === "win32" ? WINDOWS_PAUSES : [];
  for (const pause of pauses) {
    try {
      return await rename(temporary, file);
    } catch (error) {
      if (!CANNOT_BE_REPLACED.includes(codeOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  await rename(temporary, file);
}

function randomName(): string {
  return Math.floor(Math.random() * 16 ** 12)
    .toString(16)
    .padStart(12, "0");
}

function isTemporary(name: string, base: string): boolean {
  return name.startsWith(base) && /^\.[0-9a-f]{12}\.tmp$/.test(name.slice(base.length));
}

/** Makes the new name survive a power cut. Not every system can do this for a folder; then it is as good as it gets. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // The file itself is complete and has been replaced.
  } finally {
    await handle?.close().catch(ignore);
  }
}

/** The code of an error of the file system, which is no `Error` of this module in Jest: there Node's own are of another realm. */
function codeOf(error: unknown): unknown {
  return (Object(error) as NodeJS.ErrnoException).code;
}

function ignore(): void {}
