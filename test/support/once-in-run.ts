import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";

/** Milliseconds between two looks at whether another test file has finished the work. */
const PAUSE = 50;

/**
 * Does work once for all test files of a run: the first that comes does it, the others wait for it.
 *
 * @param name The name of the folder that is filled.
 * @param fill Fills an empty folder.
 * @param home The folder that the processes share. Default: the one of this run.
 * @returns The filled folder. Others use its files as well, so that no caller may change them.
 * @throws Error with the reason of the first caller, in the others as well.
 */
export async function onceInRun(
  name: string,
  fill: (folder: string) => Promise<void>,
  home: string = inject("runFolder"),
): Promise<string> {
  const folder = path.join(home, name);
  const result = `${folder}.result`;
  if (await isFirst(folder)) {
    const failure = await fill(folder).then(() => "", String);
    // Renamed, so that nobody reads half of it.
    await writeFile(`${result}.new`, failure);
    await rename(`${result}.new`, result);
  }
  for (;;) {
    const failure = await readFile(result, "utf8").catch(() => undefined);
    if (failure === "") return folder;
    if (failure !== undefined) throw new Error(failure);
    await sleep(PAUSE);
  }
}

/** Only one of several processes can make a folder. */
function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
}
