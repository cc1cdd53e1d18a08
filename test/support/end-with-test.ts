import type { ChildProcess } from "node:child_process";
import { onTestFinished, TestRunner } from "vitest";
import { endWithThisProcess } from "./end-with-this-process.ts";

/**
 * Ends a child process with the test that started it, also when the test fails or runs out of time: the end of its
 * `await using` block is not reached then. One that a hook started ends with the test file.
 */
export function endWithTest(child: ChildProcess): void {
  endWithThisProcess(child);
  if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => void child.kill("SIGKILL"));
}
