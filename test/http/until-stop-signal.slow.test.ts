import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { COMMAND as CONTRACT } from "../contract-cli/command.ts";
import { startScript } from "../support/script.ts";

const SANDBOX = "src/sandbox/command.ts";

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("angelcam-sandbox ends in order on %s", async (signal) => {
  await using sandbox = startScript([SANDBOX, "--port", "0"]);
  await sandbox.printed(/Press Ctrl\+C/);
  sandbox.kill(signal);
  expect(await sandbox.ended).toEqual({ code: 0, signal: null });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("angelcam-contract writes its report on %s", async (signal) => {
  await using server = await createSandbox().listen();
  await using proxy = startScript([CONTRACT, "proxy", "--target", server.origin, "--port", "0"]);
  await proxy.printed(/Press Ctrl\+C/);
  proxy.kill(signal);
  expect(await proxy.ended).toEqual({ code: 1, signal: null });
  expect(proxy.stdout()).toContain("Nothing was checked, which counts as a failure.");
});
