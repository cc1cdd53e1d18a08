import { describe, expect, test } from "vitest";
import { command } from "../../scripts/shared/gates/command.ts";
import type { Gate, GateResult } from "../../scripts/shared/gates/gate.ts";
import { PACKAGE_GATES, STATIC_GATES, VERIFY_GATES } from "../../scripts/shared/gates/registry.ts";
import { runGates } from "../../scripts/shared/gates/run-gates.ts";
import { ROOT } from "./copy.ts";

const sound: GateResult = { examined: 3, summary: "3 things", faults: [] };

function gate(name: string, result: GateResult | Error): Gate {
  return { name, check: () => (result instanceof Error ? Promise.reject(result) : Promise.resolve(result)) };
}

async function report(gates: readonly Gate[], atOnce = 2): Promise<{ passed: boolean; lines: string[] }> {
  const lines: string[] = [];
  const passed = await runGates(gates, ROOT, { atOnce, print: (text) => lines.push(...text.split("\n")) });
  return { passed, lines };
}

describe("a run of gates", () => {
  test("prints a line for each gate, with its time and its summary, and closes with how many have passed", async () => {
    const { passed, lines } = await report([gate("first", sound), gate("second", sound)]);
    expect(passed).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/^ok {5}first +0\.0 s {2}3 things$/));
    expect(lines.at(-1)).toBe("2 of 2 gates passed");
  });

  test("fails for a fault, and names it", async () => {
    const { passed, lines } = await report([
      gate("first", sound),
      gate("second", { ...sound, faults: ["a.ts:1 bad"] }),
    ]);
    expect(passed).toBe(false);
    expect(lines).toContainEqual(expect.stringMatching(/^FAILED second/));
    expect(lines).toContainEqual(expect.stringMatching(/^ +a\.ts:1 bad$/));
    expect(lines.at(-1)).toBe("1 of 2 gates passed");
  });

  test("repeats the failures at the end of the log", async () => {
    const { lines } = await report([gate("first", { ...sound, faults: ["a.ts:1 bad"] }), gate("second", sound)], 1);
    expect(lines.slice(-5, -3)).toEqual([expect.stringMatching(/^FAILED first/), "       a.ts:1 bad"]);
  });

  test("fails for a gate that checked nothing", async () => {
    const { passed, lines } = await report([gate("idle", { examined: 0, summary: "0 things", faults: [] })]);
    expect(passed).toBe(false);
    expect(lines).toContainEqual(expect.stringContaining("It checked nothing"));
  });

  test("fails for a gate that could not be checked, and goes on with the others", async () => {
    const { passed, lines } = await report([gate("broken", new Error("no such tool")), gate("next", sound)], 1);
    expect(passed).toBe(false);
    expect(lines).toContainEqual(expect.stringContaining("no such tool"));
    expect(lines.at(-1)).toBe("1 of 2 gates passed");
  });

  test("fails when there is no gate at all", async () => {
    expect((await report([])).passed).toBe(false);
  });
});

describe("a script as a gate", () => {
  const script = (code: string) => command("script", ["node", "-e", code], /(\d+) checks/);

  test("passes with the number that it prints", async () => {
    expect(await script('console.log("did 12 checks")').check(ROOT)).toEqual({
      examined: 12,
      summary: "12 checks",
      faults: [],
    });
  });

  test("fails, because it checked nothing, when it prints no number", async () => {
    expect(await script('console.log("fine")').check(ROOT)).toMatchObject({ examined: 0, faults: [] });
  });

  test("fails with the script, and shows its exit code", async () => {
    const { faults } = await script('console.log("12 checks"); console.error("bad"); process.exit(3)').check(ROOT);
    expect(faults).toEqual(["node ended with 3", "bad"]);
  });
});

test("npm run verify runs every gate, each under a name of its own", () => {
  const names = VERIFY_GATES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining([...STATIC_GATES, ...PACKAGE_GATES].map(({ name }) => name)));
});
