import { expect, test } from "vitest";
import { isAlive, startScript } from "./script.ts";

// A program that starts one child which ends with it and one that does not, and then waits.
const PARENT = `
import { spawn } from "node:child_process";
import { endWithThisProcess } from ${JSON.stringify(new URL("end-with-this-process.ts", import.meta.url).href)};
const [bound, free] = [0, 0].map(() => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }));
endWithThisProcess(bound);
console.log("children", bound.pid, free.pid);
`;

test("a child ends with a parent that is killed, and without a watcher it does not", async () => {
  await using parent = startScript(["--input-type=module", "--eval", PARENT]);
  const [, bound, free] = (await parent.printed(/children (\d+) (\d+)/)).map(Number);
  try {
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(bound ?? 0)).toBe(false);
    expect(isAlive(free ?? 0)).toBe(true);
  } finally {
    process.kill(free ?? 0, "SIGKILL");
  }
});

test("a child that ended by itself leaves no watcher that keeps its parent alive", async () => {
  const program = PARENT.replaceAll("setInterval(() => {}, 1000)", "0");
  await using parent = startScript(["--input-type=module", "--eval", program]);
  expect(await parent.ended).toEqual({ code: 0, signal: null });
});
