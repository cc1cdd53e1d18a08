import { tmpdir } from "node:os";
import { expect, inject, test } from "vitest";
import { COMMAND, runCommand } from "./command.ts";

test.each([
  [["--colour"], "Unknown option '--colour'"],
  [["--timeout", "soon"], '--timeout takes a whole number of seconds, not "soon"'],
  [["--input", "nothing"], "--input takes a name and a text"],
  [["--server", "ftp://127.0.0.1"], "--server takes the address of a server"],
  [["--server", "http://example.com"], "credentials go over https only"],
  [["--server", "http://127.0.0.1:1"], "Nothing answers at http://127.0.0.1:1"],
  [["--file", "/no/such.yaml"], "/no/such.yaml cannot be read"],
] as const)("cannot begin with %j, says why, and exits with 2", async (options, message) => {
  const { code, stderr, stdout } = await runCommand(options);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("without credentials nothing is sent to Angelcam, and the variables that are missing are named", async () => {
  const { code, stderr, stdout } = await runCommand(["--workflow", "quick-start"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe("quick-start does not run: it needs ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD.\n");
});

test("a workflow that there is not, or that may not run, cannot be asked for", async () => {
  const server = ["--server", inject("prismOrigin")];
  const unknown = await runCommand([...server, "--workflow", "slow-start"]);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("There is no workflow slow-start")]);
  const writing = await runCommand([...server, "--workflow", "clip-life"]);
  expect([writing.code, writing.stderr]).toEqual([2, expect.stringContaining("it writes: allow that with --write")]);
});

test("--list and --help say what there is, and exit with 0", async () => {
  const list = await runCommand(["--list"], { command: COMMAND, cwd: tmpdir() });
  expect([list.code, list.stdout]).toEqual([0, expect.stringMatching(/^clip-life +Order a clip.* \[writes\]$/m)]);
  const help = await runCommand(["--help"]);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining("Exit code: 0 all is well; 1 a check failed")]);
});
