import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "../../src/contract-cli/run-program.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { isAlive, startScript } from "../support/script.ts";
import { COMMAND } from "./command.ts";

const ORIGIN = "http://127.0.0.1:4010";

/** A shell that starts a program and waits for it, as `npm test` and `sh -c "…"` do. Its child's id goes to a file. */
async function shellWithChild(command = "sleep 300") {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-program-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "child");
  const program = ["sh", "-c", `${command} & echo $! > "$0"; wait; wait`, file];
  const child = async () => {
    await expect.poll(async () => Number(await readFile(file, "utf8").catch(() => ""))).toBeGreaterThan(0);
    const pid = Number(await readFile(file, "utf8"));
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    return pid;
  };
  return { program, child };
}

test.skipIf(process.platform === "win32")("a shell that is stopped takes its children with it", async () => {
  const { program, child } = await shellWithChild();
  const stop = new AbortController();
  const ended = runProgram(program, ORIGIN, stop.signal);
  const pid = await child();
  stop.abort();
  expect(await ended).toBeUndefined();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test.skipIf(process.platform === "win32").each([
  ["SIGTERM", "SIGINT", 130],
  ["SIGHUP", "SIGTERM", 143],
] as const)("a program that does not end on %s ends at once with a further signal, %s", async (first, second, code) => {
  await using server = await createSandbox().listen();
  const { program, child } = await shellWithChild(`trap "echo ASKED" TERM; sh -c 'trap "" TERM; exec sleep 300'`);
  await using run = startScript([COMMAND, "proxy", "--target", server.origin, "--port", "0", "--", ...program]);
  const pid = await child();
  run.kill(first);
  await run.printed(/ASKED/);
  run.kill(second);
  expect(await run.ended).toEqual({ code, signal: null });
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test("a program that does not exist cannot be run", async () => {
  const running = runProgram(["no-such-program-of-angelcam"], ORIGIN, new AbortController().signal);
  await expect(running).rejects.toThrow("The program cannot be run: spawn no-such-program-of-angelcam ENOENT");
});
