import path from "node:path";
import { execute } from "./execute.ts";
import type { InstalledPackage } from "./installed-package.ts";
import type { Result } from "./runtimes.ts";
import type { Surroundings } from "./surroundings.ts";

/** Runs the suite as a program: Node, Bun, Deno. */
export async function runProgram(
  [program = "", ...parameters]: readonly string[],
  { folder, suite }: InstalledPackage,
  surroundings: Surroundings,
): Promise<readonly Result[]> {
  const { stdout } = await execute(program, [...parameters, path.join(suite, "main.js")], {
    cwd: folder,
    env: {
      ...QUICK_START,
      SURROUNDINGS: JSON.stringify(surroundings),
      // Deno keeps what it has compiled; nothing is to stay behind.
      DENO_DIR: path.join(folder, "deno"),
      DENO_NO_UPDATE_CHECK: "1",
      DO_NOT_TRACK: "1",
      NO_COLOR: "1",
    },
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Result[];
}

/** The environment variables of the README's first code block: the credentials of the document's examples. */
export const QUICK_START = {
  ANGELCAM_CLIENT_ID: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  ANGELCAM_USERNAME: "user@example.com",
  ANGELCAM_PASSWORD: "secret",
};
