import { type FileHandle, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { TokenStoreError } from "../errors/client-errors.ts";

/** Read and write for the owner, nothing for anybody else. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A token file is below 1 kB. What is bigger is somebody else's, and is not read into memory. */
const LARGEST = 100_000;

/** The text of a file, or undefined where there is none. A file that others may read is made private first. */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, "r");
    const { mode, size } = await handle.stat();
    if (process.platform !== "win32" && (mode & 0o077) !== 0) await handle.chmod(PRIVATE).catch(ignore);
    // An empty text is no token file either: the caller says so, as for every other foreign file.
    return size > LARGEST ? "" : await handle.readFile("utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw failed("read", file, error);
  } finally {
    await handle?.close();
  }
}

/**
 * Puts a text in place of a file, private, in one step: whoever reads meanwhile, and whoever comes after a crash, finds
 * the old text or the new one.
 *
 * @param mayReplace Throws where the new text must not take effect after all. Asked at the last moment.
 */
export async function replacePrivateFile(file: string, text: string, mayReplace: () => void): Promise<void> {
  const temporary = `${file}.${randomName()}.tmp`;
  try {
    const handle = await open(temporary, "wx", PRIVATE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    mayReplace();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(ignore);
    throw error instanceof TokenStoreError ? error : failed("write", file, error);
  }
  await syncFolder(path.dirname(file));
}

/** Removes what writers that crashed have left behind. Only for who keeps all other writers out. */
export async function removeLeftovers(file: string): Promise<void> {
  const folder = path.dirname(file);
  try {
    const leftovers = (await readdir(folder)).filter((name) => isTemporary(name, path.basename(file)));
    await Promise.all(leftovers.map((name) => rm(path.join(folder, name), { force: true })));
  } catch (error) {
    throw failed("tidy up beside", file, error);
  }
}

/**
 * Where the file really is; its folder is made where it is missing. A symbolic link to a file stays a link, and all
 * names of one file lead to one place.
 */
export async function locate(file: string): Promise<string> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
    return await realpath(file).catch(async (error) => {
      if (codeOf(error) !== "ENOENT") throw error;
      return path.join(await realpath(path.dirname(file)), path.basename(file));
    });
  } catch (error) {
    throw failed("reach", file, error);
  }
}

/** An error of the file system as one of the store. Such an error names paths, never contents. */
export function failed(what: string, file: string, error: unknown): TokenStoreError {
  const reason = error instanceof Error ? error.message : String(error);
  return new TokenStoreError(`Cannot ${what} the token file ${file}: ${reason}`, false, error);
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
    // The file itself is whole and in its place.
  } finally {
    await handle?.close().catch(ignore);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function ignore(): void {}
