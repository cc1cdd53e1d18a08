import { execFileSync } from "node:child_process";

/**
 * Runs code in a new Node process, in this folder, and returns the number that it prints.
 *
 * @throws Error when it fails, or prints something else.
 */
export function inFreshProcess(code: string, options: readonly string[] = []): number {
  const text = execFileSync(process.execPath, [...options, "--input-type=module", "--eval", code], {
    cwd: import.meta.dirname,
    encoding: "utf8",
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number))
    throw new Error(`Expected a number, and the process printed ${text}`);
  return number;
}
