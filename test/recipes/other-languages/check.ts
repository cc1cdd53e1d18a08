import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { endWithThisProcess } from "../../support/end-with-this-process.ts";

const manifest = createRequire(import.meta.url).resolve("angelcam-client/package.json");

test("a test in Python passes against the sandbox of the command line, and shows when it is wrong", async () => {
  const command = path.join(path.dirname(manifest), "dist/package/src/sandbox/command.js");
  const sandbox = spawn(process.execPath, [command, "--port", "0", "--no-quota"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  endWithThisProcess(sandbox);
  try {
    let said = "";
    for await (const chunk of sandbox.stdout) {
      said += chunk;
      if (/^Press Ctrl/m.test(said)) break;
    }
    const ANGELCAM_ORIGIN = /http:\/\/[\d.:]+/.exec(said)?.[0];
    const run = (name: string) =>
      promisify(execFile)("python3", ["-B", "-m", "unittest", name], {
        cwd: import.meta.dirname,
        env: { ...process.env, ANGELCAM_ORIGIN },
      });
    expect((await run("test_cameras")).stderr).toMatch(/Ran 2 tests[\s\S]*OK/);
  } finally {
    sandbox.kill();
    if (sandbox.exitCode === null && sandbox.signalCode === null) await once(sandbox, "exit");
  }
});
