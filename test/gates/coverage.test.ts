import { describe, expect, test } from "vitest";
import { judge } from "../../scripts/shared/gates/coverage.ts";

const share = (pct: number) => ({ total: 200, pct });
const file = (lines: number, branches: number) => ({ lines: share(lines), branches: share(branches) });

describe("coverage of src", () => {
  test("passes at the required minimum", () => {
    const { examined, summary, faults } = judge({ total: file(95, 95) }, "/");
    expect([examined, summary, faults]).toEqual([200, "95 % of 200 lines, 95 % of 200 branches", []]);
  });

  test("fails below it, in lines or in branches, and names the files with the lowest coverage", () => {
    const files = { "/src/helpers/clips.ts": file(99, 80), "/src/helpers/footage/footage.ts": file(99, 60) };
    expect(judge({ total: file(99, 94.99), ...files }, "/").faults).toEqual([
      "branches: 94.99 %, the least is 95 %",
      "src/helpers/footage/footage.ts: 99 % lines, 60 % branches",
      "src/helpers/clips.ts: 99 % lines, 80 % branches",
    ]);
    expect(judge({ total: file(94, 99) }, "/").faults).toEqual(["lines: 94 %, the least is 95 %"]);
  });

  test("fails, because it checked nothing, where no test has run", () => {
    const { examined, faults } = judge({}, "/");
    expect([examined, ...faults]).toEqual([0, "lines: 0 %, the least is 95 %", "branches: 0 %, the least is 95 %"]);
  });
});
