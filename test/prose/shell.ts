import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Source } from "./compile.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const STANDS_IN = path.join(import.meta.dirname, "shell-command.ts");

/** The commands that a block may use. Any other command is a fault. */
const COMMANDS = ["curl", "node", "npm", "npx"];

/** The origins of the guides' requests, of the mock and of the sandbox; the tests' mock responds for all of them. */
const HOSTS = /https:\/\/(?:api|my|api\.test)\.angelcam\.com|http:\/\/127\.0\.0\.1:40[12]0/g;

/** The environment variables that the blocks read. */
const ENVIRONMENT = {
  ACCESS_TOKEN: "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ",
  ANGELCAM_TOKEN: "fe6a3f0c25b84b1c",
  ANGELCAM_CLIENT_ID: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  ANGELCAM_CLIENT_SECRET: "secret",
  CODE: "SplxlOBeZQQYbYS6WxSbIA",
  // The document that the drift alarm watches.
  ANGELCAM_DOCUMENT: pathToFileURL(path.join(ROOT, "generated/openapi.json")).href,
  REFRESH_TOKEN: "aFBNWhoLnq7hSTEVII5ELd9g20NjxC",
};

/**
 * Runs shell blocks. curl sends its requests to the mock; npm, npx and node check that their arguments exist.
 *
 * @param folder An empty folder.
 * @returns Each fault, with the file and line of the command.
 */
export async function runShell(blocks: readonly Source[], folder: string, mock: string): Promise<string[]> {
  const bin = path.join(folder, "bin");
  await mkdir(bin, { recursive: true });
  for (const command of COMMANDS) {
    const file = path.join(bin, command);
    await writeFile(file, `#!/bin/sh\nexec "$TEST_NODE" "${STANDS_IN}" ${command} "$@"\n`);
    await chmod(file, 0o755);
  }
  const faults: string[] = [];
  for (const block of blocks) faults.push(...(await runBlock(block, bin, mock)));
  return faults;
}

async function runBlock({ file, line, code }: Source, bin: string, mock: string): Promise<string[]> {
  // Empty lines in front, so that the shell counts as the Markdown does.
  const script = `trap 'echo "at line $LINENO" >&2' ERR; set -eu -o pipefail${"\n".repeat(line - 1)}${code}`;
  const env = { ...ENVIRONMENT, PATH: bin, TEST_NODE: process.execPath, TEST_PATH: process.env.PATH ?? "" };
  // The files that a block writes are for the folder of this run.
  const { failed, output } = await bash(script.replaceAll(HOSTS, mock), env, path.dirname(bin));
  if (!failed) return [];
  const at = Number(output.match(/^at line (\d+)$/m)?.[1] ?? output.match(/\bline (\d+)/)?.[1] ?? line);
  return [
    `${file}:${at}: ${output
      .replace(/^at line.*\n/m, "")
      .replaceAll(mock, "(the mock)")
      .trim()}`,
  ];
}

function bash(
  script: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ failed: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(
      "/bin/bash",
      ["--noprofile", "--norc", "-c", script],
      { env, cwd, timeout: 200_000 },
      (error, stdout, stderr) => {
        resolve({
          failed: error !== null,
          output: `${stderr}${stdout}` || `it ended with ${error?.signal ?? error?.code}`,
        });
      },
    );
  });
}
