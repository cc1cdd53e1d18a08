import { mkdir, stat } from "node:fs/promises";
import path from "node:path";

/** Read, write and enter for the owner, nothing for others. */
const PRIVATE_FOLDER = 0o700;

/**
 * Makes a private folder, and those above it that are missing. `recursive` of Node's own `mkdir` never ends where a folder
 * exists and the system still says of a new one in it that there is no such path, as `/proc` does; it keeps a processor busy.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await mkdir(folder, PRIVATE_FOLDER).catch((error: NodeJS.ErrnoException) => {
    // Another process may have made it meanwhile.
    if (error.code !== "EEXIST") throw error;
  });
}

function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
