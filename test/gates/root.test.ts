import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { ROOT } from "./copy.ts";

/** Written by npm, by the build and by the coverage of tests; .gitignore names them. */
const IGNORED = ["node_modules", "dist", "coverage"];

test("the root holds the files and folders that ARCHITECTURE.md describes, and none that a command left there", async () => {
  const names = await readdir(ROOT);
  const visible = names.filter((name) => !name.startsWith(".") && !name.endsWith(".tgz") && !IGNORED.includes(name));
  expect(visible.sort()).toEqual([
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "biome.json",
    "generated",
    "package-lock.json",
    "package.json",
    "redocly.yaml",
    "scripts",
    "spec",
    "src",
    "test",
    "tsconfig.build.json",
    "tsconfig.build.node.json",
    "tsconfig.json",
    "vitest.config.ts",
  ]);
});
