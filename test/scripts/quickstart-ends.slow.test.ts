import { expect, test } from "vitest";
import { childrenOf, isAlive, startScript } from "../support/script.ts";

// What ends `npm start` early. Each test starts a Prism of its own.

const QUICK_START = "scripts/quickstart/main.ts";

test("a mock that cannot start ends it with a reason, and leaves nothing behind", async () => {
  await using script = startScript([QUICK_START], preload("failing-prism.ts"));
  expect(await script.ended).toEqual({ code: 1, signal: null });
  expect(script.stderr()).toContain("The mock ended with code 7 before it listened.");
  expect(script.stderr()).toContain("out of order");
  expect(script.stderr()).not.toContain("    at ");
});

test("Ctrl+C in the middle of a call ends it, and leaves nothing behind", async () => {
  await using script = startScript([QUICK_START], preload("silent-prism.ts"));
  await script.printed(/sent to/);
  const [prism = 0] = await childrenOf(script.pid);
  expect(isAlive(prism)).toBe(true);
  script.kill("SIGINT");
  expect(await script.ended).toEqual({ code: 130, signal: null });
  expect(script.stderr()).toBe("\nStopped.\n");
  expect(isAlive(prism)).toBe(false);
});

function preload(fixture: string): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import ${new URL(`../mock/fixtures/${fixture}`, import.meta.url).href}` };
}
