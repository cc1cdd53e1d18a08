import { expect, test } from "vitest";
import { duplicates } from "../../scripts/shared/gates/duplicates.ts";
import { format } from "../../scripts/shared/gates/format.ts";
import { publishedTypes } from "../../scripts/shared/gates/published-types.ts";
import { tests } from "../../scripts/shared/gates/tests.ts";
import { types } from "../../scripts/shared/gates/types.ts";
import { copyRepository } from "./copy.ts";

const PATIENCE = 240_000;

test("the compiler and the linter find a fault, with its file and line", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository();
  await copy.write("src/fault.ts", "export const one: string = 1;\n\nexport const other: any = 2\n");
  expect((await types.check(copy.root)).faults).toEqual([
    expect.stringMatching(/^src\/fault\.ts\(1,14\): error TS2322/),
  ]);
  const { faults } = await format.check(copy.root);
  expect(faults.join("\n")).toMatch(/src\/fault\.ts:3:\d+ lint\/suspicious\/noExplicitAny/);
});

test("a test that fails is named, and none at all is a failure", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository();
  await copy.write("vitest.config.ts", "export default { test: { passWithNoTests: true } };\n");
  await copy.write(
    "test/fault.test.ts",
    'import { expect, test } from "vitest";\ntest("sums", () => expect(1 + 1).toBe(3));\ntest("counts", () => expect(1).toBe(1));\n',
  );
  expect(await tests("one", ["test/fault"]).check(copy.root)).toMatchObject({
    examined: 1,
    faults: [expect.stringMatching(/test\/fault\.test\.ts: sums$/)],
  });
  expect(await tests("none", ["test/nowhere"]).check(copy.root)).toMatchObject({ examined: 0, summary: "0 tests" });
});

test("duplicated code in src is found, with both locations", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository();
  const twice = Array.from(
    { length: 12 },
    (_, line) => `  const sum${line} = first[${line}] + second[${line}] * ${line};`,
  );
  const text = (name: string) => `export function ${name}(first, second) {\n${twice.join("\n")}\n}\n`;
  await copy.write("src/one.ts", text("one"));
  await copy.write("src/other.ts", text("other"));
  const { faults } = await duplicates.check(copy.root);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^src\/o\w+\.ts:\d+ and src\/o\w+\.ts:\d+, \d+ lines: the same code$/);
});

test("attw fails for an entry whose types are missing", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository({ built: true });
  await copy.edit<{ exports: Record<string, object> }>("package.json", ({ exports }) => {
    exports["./untyped"] = { default: "./dist/package/src/untyped.js" };
  });
  await copy.write("dist/package/src/untyped.js", "export const value = 1;\n");
  const { faults } = await publishedTypes.check(copy.root);
  expect(faults.toSorted()).toEqual([
    "./untyped with bundler: UntypedResolution",
    "./untyped with node10: NoResolution",
    "./untyped with node16-cjs: CJSResolvesToESM",
    "./untyped with node16-cjs: UntypedResolution",
    "./untyped with node16-esm: UntypedResolution",
  ]);
});
