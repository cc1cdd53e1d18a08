import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { execute } from "../runtimes/execute.ts";
import { installRecipes } from "./install.ts";
import { RECIPES } from "./pages.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

beforeAll(installRecipes, 300_000);

test("every recipe runs and does what its page says", { timeout: 300_000 }, async () => {
  const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
  // Into a file, for the programs write to the output.
  const report = path.join(import.meta.dirname, "node_modules/.report.json");
  await execute(process.execPath, [vitest, "run", "--reporter=json", `--outputFile=${report}`], {
    cwd: import.meta.dirname,
    env: { VITEST: "", NODE_OPTIONS: "" },
  });
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as { testResults: { name: string }[] };
  const checked = testResults.map(({ name }) => path.basename(path.dirname(name)));
  expect(checked.sort()).toEqual([...RECIPES].sort());
});

test("every program of a recipe compiles, strictly, with the packages that it uses", { timeout: 300_000 }, async () => {
  const compiler = path.join(import.meta.dirname, "node_modules/typescript/bin/tsc");
  const { stdout } = await execute(process.execPath, [compiler, "--project", ".", "--listFilesOnly"], {
    cwd: import.meta.dirname,
  });
  for (const name of RECIPES.filter((name) => name !== "other-languages")) {
    expect(stdout).toContain(`/test/recipes/${name}/`);
  }
  await execute(process.execPath, [compiler, "--project", "."], { cwd: import.meta.dirname });
});
