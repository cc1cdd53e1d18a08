import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** This repository. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** A copy of the repository for seeded faults. */
export interface Copy extends AsyncDisposable {
  readonly root: string;
  /** Replaces a text in a file; fails where the file does not hold it. */
  change(file: string, from: string, to: string): Promise<void>;
  /** Changes the content of a JSON file. */
  edit<T>(file: string, change: (content: T) => void): Promise<void>;
  write(file: string, text: string): Promise<void>;
}

/** Copies what git would commit, and the built package where `built` asks for it. The tools are those of this one. */
export async function copyRepository({ built = false } = {}): Promise<Copy> {
  const root = await mkdtemp(path.join(tmpdir(), "angelcam-seeded-"));
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  const folders = new Set(
    listed
      .toString()
      .trim()
      .split("\n")
      .map((file) => file.split("/")[0] ?? ""),
  );
  if (built) folders.add("dist/package");
  for (const folder of folders) {
    await cp(path.join(ROOT, folder), path.join(root, folder), {
      recursive: true,
      filter: (file) => !file.includes("node_modules"),
    });
  }
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  const write = (file: string, text: string) => writeFile(path.join(root, file), text);
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  return {
    root,
    write,
    async change(file, from, to) {
      const text = await read(file);
      if (!text.includes(from)) throw new Error(`${file} no longer holds ${from}`);
      await write(file, text.replace(from, to));
    },
    async edit(file, change) {
      const content = JSON.parse(await read(file));
      change(content);
      await write(file, JSON.stringify(content, null, 2));
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
