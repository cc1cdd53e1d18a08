import { describe, expect, test } from "vitest";
import { formatRun, type Run, summaryOf } from "../../scripts/test-busy/summary.ts";
import { isAlive, type Script, startScript } from "../support/script.ts";

const TEST_BUSY = "scripts/test-busy/main.ts";
const NEVER_ENDS = `node -e 'console.log("It runs."); setInterval(() => {}, 1000)'`;

const green: Run = { end: "green", seconds: 143.4 };
const red: Run = { end: "red", seconds: 99.5 };

describe("the summary", () => {
  test("names number, outcome and seconds of a run", () => {
    expect(formatRun(green, 2, 3)).toBe("Run 2 of 3: green, 143 s");
    expect(formatRun({ end: "time is up", seconds: 1800 }, 1, 1)).toBe("Run 1 of 1: time is up, 1800 s");
  });

  test.each<[string, Run[], number, boolean, string]>([
    [
      "passes when all runs are green",
      [green, green],
      2,
      true,
      "2 of 2 runs were green beside 6 busy loops. Seconds: 143, 143",
    ],
    ["fails when one is red", [green, red], 2, false, "1 of 2 runs were green beside 6 busy loops. Seconds: 143, 100"],
    ["fails when one was not begun", [green], 2, false, "1 of 2 runs were green beside 6 busy loops. Seconds: 143"],
    ["fails when there was none", [], 3, false, "0 of 3 runs were green beside 6 busy loops. Seconds: none"],
  ])("%s", (_, runs, wanted, passed, text) => {
    expect(summaryOf(runs, wanted, 6)).toEqual({ text, passed });
  });
});

describe("no busy loop survives", () => {
  test("green runs, with exit code 0", async () => {
    await using script = startScript([TEST_BUSY, "--runs", "2", "--command", "node -e 0"]);
    const loops = await loopsOf(script);
    expect(await script.ended).toEqual({ code: 0, signal: null });
    expect(script.stdout()).toMatch(/Run 1 of 2: green, \d+ s\nRun 2 of 2: green, \d+ s\n2 of 2 runs were green/);
    expect(loops.filter(isAlive)).toEqual([]);
  });

  test("a red run, with exit code 1", async () => {
    await using script = startScript([TEST_BUSY, "--runs", "1", "--command", "node -e 'process.exit(3)'"]);
    const loops = await loopsOf(script);
    expect(await script.ended).toEqual({ code: 1, signal: null });
    expect(script.stdout()).toMatch(/Run 1 of 1: red, \d+ s\n0 of 1 runs were green/);
    expect(loops.filter(isAlive)).toEqual([]);
  });

  test("a command that cannot be run, with exit code 1", async () => {
    await using script = startScript([TEST_BUSY, "--runs", "1", "--command", "no-such-program"]);
    const loops = await loopsOf(script);
    expect(await script.ended).toEqual({ code: 1, signal: null });
    expect(loops.filter(isAlive)).toEqual([]);
  });

  test("a run whose time is up, which is ended too", async () => {
    await using script = startScript([TEST_BUSY, "--runs", "1", "--minutes", "0.001", "--command", NEVER_ENDS]);
    const loops = await loopsOf(script);
    expect(await script.ended).toEqual({ code: 1, signal: null });
    expect(script.stdout()).toMatch(/Run 1 of 1: time is up, \d+ s/);
    expect(loops.filter(isAlive)).toEqual([]);
  });

  test("Ctrl+C, with exit code 130", async () => {
    await using script = startScript([TEST_BUSY, "--command", NEVER_ENDS]);
    const loops = await loopsOf(script);
    await script.printed(/It runs\./);
    script.kill("SIGINT");
    expect(await script.ended).toEqual({ code: 130, signal: null });
    expect(script.stdout()).toMatch(/Run 1 of 3: stopped, \d+ s\n0 of 3 runs were green/);
    expect(loops.filter(isAlive)).toEqual([]);
  });

  test("SIGKILL, which no program can handle", async () => {
    await using script = startScript([TEST_BUSY, "--command", NEVER_ENDS]);
    const loops = await loopsOf(script);
    await script.printed(/It runs\./);
    expect(loops.filter(isAlive)).toEqual(loops);
    script.kill("SIGKILL");
    await expect.poll(() => loops.filter(isAlive)).toEqual([]);
  });
});

test.each(["0", "-1", "1.5", "many"])(
  "--runs %s is rejected with exit code 2, and nothing is started",
  async (runs) => {
    await using script = startScript([TEST_BUSY, `--runs=${runs}`]);
    expect(await script.ended).toEqual({ code: 2, signal: null });
    expect(script.stderr()).toContain("--runs must be a number above 0");
    expect(script.stdout()).toBe("");
  },
);

/** The processes of the six loops, from the first line of the output. */
async function loopsOf(script: Script): Promise<number[]> {
  const [, ids = ""] = await script.printed(/Busy loops: ([\d ]+)\n/);
  const loops = ids.split(" ").map(Number);
  expect(new Set(loops).size).toBe(6);
  return loops;
}
