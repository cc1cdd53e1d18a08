import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { regularExpressions } from "../../scripts/shared/gates/regular-expressions.ts";
import { withTemporaryFolder } from "../../scripts/shared/gates/temporary-folder.ts";

/** The faults that the gate finds in a package with one file. */
async function faultsOf(text: string, file = "src/transport/retry-after.ts") {
  return withTemporaryFolder(async (root) => {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), text);
    return regularExpressions.check(root);
  });
}

test.each([
  ["a search that starts at every digit", "/(\\d+)\\s*second/", "2nd degree polynomial"],
  ["a search for the end", "/ +$/", "2nd degree polynomial"],
  ["two parts that match the same", "/^(\\w+)=?(\\w*)$/", "2nd degree polynomial"],
  ["repeated repetition", "/^(a+)+$/", "exponential"],
  ["a text passed to RegExp", 'new RegExp("^(a|a)*$", "u")', "exponential"],
])("a super-linear expression is found: %s", async (_, expression, complexity) => {
  const { faults } = await faultsOf(`export const ok = /^a$/;\nexport const pattern = ${expression};\n`);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^src\/transport\/retry-after\.ts:2: \/.*: .*, such as for /);
  expect(faults[0]).toContain(complexity);
});

test("an expression that is put together at run time is found, other than in a file with a reason", async () => {
  const text = 'export const pattern = (name: string) => new RegExp(name + "+");\n';
  expect((await faultsOf(text)).faults).toEqual([
    "src/transport/retry-after.ts:1: an expression that is put together at run time",
  ]);
  expect((await faultsOf(text, "src/base/redact.ts")).faults).toEqual([]);
});

test("linear expressions pass, and are counted", async () => {
  const text = 'export const list = [/\\b\\d{1,9}(?=\\s{0,9}second)/g, /^[a-z]+$/i, RegExp("a"), "/(a+)+/"];\n';
  expect(await faultsOf(text)).toEqual({ examined: 3, summary: "3 expressions", faults: [] });
});
