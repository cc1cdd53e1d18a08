import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { RUNTIMES } from "./runtimes.ts";
import { readTable, tableOf } from "./table.ts";

const SUITE = path.join(import.meta.dirname, "suite");

describe("the README's table of runtimes", () => {
  test("has the runtimes and the versions that the suite runs on; if not: npm run runtimes", () => {
    const wanted = RUNTIMES.map(({ name, version }) => ({ name, version }));
    expect(wanted.length).toBeGreaterThanOrEqual(8);
    expect(readTable().map(({ name, version }) => ({ name, version }))).toEqual(wanted);
  });

  test("shows the checks that the suite has now, all of them passed; if not: npm run runtimes", () => {
    const modules = readdirSync(SUITE).filter((name) => name.endsWith(".js"));
    const everywhere = checksIn(modules.filter((name) => name !== "files.js"));
    const withFiles = checksIn(modules);
    expect(everywhere).toBeGreaterThan(30);
    expect(withFiles).toBeGreaterThan(everywhere);
    for (const { name, passed, total } of readTable()) {
      const hasFiles = ["Node", "Bun", "Deno"].includes(name);
      expect(total, name).toBe(hasFiles ? withFiles : everywhere);
      expect(passed, name).toBe(total);
    }
  });

  test("is read as it is written", () => {
    const rows = [
      { name: "Node", version: "20.20.2", passed: 36, total: 37 },
      { name: "Chromium", version: "153.0.0", passed: 0, total: 1 },
    ];
    expect(readTable(`# A\n<!-- runtimes -->\n\n${tableOf(rows)}\n\n<!-- runtimes -->\nB`)).toEqual(rows);
  });
});

/** How many checks the modules of the suite hold, read as text: they import the installed package, which is not here. */
function checksIn(modules: readonly string[]): number {
  const texts = modules.map((module) => readFileSync(path.join(SUITE, module), "utf8"));
  return texts.reduce((sum, text) => sum + [...text.matchAll(/^ {4}name: "/gm)].length, 0);
}
