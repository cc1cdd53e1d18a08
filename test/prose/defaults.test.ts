import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sessionDefaults } from "../../src/auth/session-options.ts";
import { clientDefaults } from "../../src/client/options.ts";
import { retryDefaults } from "../../src/errors/retry-policy.ts";
import { quotaDefaults } from "../../src/quota/options.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const table = readme.slice(readme.indexOf("\n## Defaults\n"));
const rows = new Map(
  [...table.matchAll(/^\| `([^`]+)`[^|]*\| ([^|]+?) *\|/gm)].map(([, option = "", text = ""]) => [option, text]),
);

describe("the README's table of defaults matches the code:", () => {
  test.each<[option: string, numbers: readonly number[]]>([
    ["timeout", [clientDefaults.timeout]],
    ["deadline", [clientDefaults.deadline]],
    ["maxResponseSize", [clientDefaults.maxResponseSize / 1024 / 1024]],
    ["retry", [retryDefaults.attempts, ...retryDefaults.statuses, retryDefaults.baseDelay, retryDefaults.maxDelay]],
    ["quota.windows", quotaDefaults.windows.flatMap(({ limit, seconds }) => [limit, seconds])],
    ["quota.maxWait", [quotaDefaults.maxWait]],
    ["refreshAhead", [sessionDefaults.refreshAhead]],
  ])("%s", (option, numbers) => {
    expect(numbersIn(rows.get(option) ?? "")).toEqual(numbers);
  });

  test("every option of the code's defaults has its row", () => {
    const options = [...Object.keys(clientDefaults), ...Object.keys(sessionDefaults)];
    options.push("retry", ...Object.keys(quotaDefaults).map((name) => `quota.${name}`));
    expect([...rows.keys()]).toEqual(expect.arrayContaining(options));
  });
});

/** The numbers of a cell, such as 30000 in `30 000 ms`, or Infinity; the doubling of a pause, `× 2ⁿ`, is none of them. */
function numbersIn(cell: string): number[] {
  const numbers = cell.replace(/× 2ⁿ/, "").match(/\d+(?:[ \u00a0]\d{3})*|Infinity/g) ?? [];
  return numbers.map((number) => Number(number.replaceAll(/[ \u00a0]/g, "")));
}
