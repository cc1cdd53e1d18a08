import { readFile } from "node:fs/promises";
import path from "node:path";
import { generate, writeGenerated } from "../generate/main.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../generated");

/**
 * Generates `generated/` from the spec, and writes only the files that change, so that file watchers are not triggered
 * without need.
 *
 * @returns The names of the files that were written.
 */
export async function regenerate(): Promise<string[]> {
  const stale = new Map<string, string>();
  for (const [name, text] of await generate()) {
    const present = await readFile(path.join(FOLDER, name), "utf8").catch(() => undefined);
    if (present !== text) stale.set(name, text);
  }
  if (stale.size > 0) await writeGenerated(stale, FOLDER);
  return [...stale.keys()];
}
