import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { RUNTIMES } from "./runtimes.ts";
import { readTable, tableOf } from "./table.ts";

describe("the README's table of runtimes", () => {
  test("has the runtimes and the versions that the suite runs on; if not: npm run runtimes", () => {
    const wanted = RUNTIMES.map(({ name, version }) => ({ name, version }));
    expect(wanted.length).toBeGreaterThanOrEqual(8);
    expect(readTable().map(({ name, version }) => ({ name, version }))).toEqual(wanted);
  });

  test("shows the checks that the suite has now, all of them passed; if not: npm run runtimes", async () => {
    const { checks, files } = await suite();
    for (const { name, passed, total } of readTable()) {
      const hasFiles = ["Node", "Bun", "Deno"].includes(name);
      expect(total, name).toBe(hasFiles ? checks.length + files.length : checks.length);
      expect(passed, name).toBe(total);
    }
    expect(checks.length).toBeGreaterThan(30);
  });

  test("is read as it is written", () => {
    const rows = [
      { name: "Node", version: "20.20.2", passed: 36, total: 37 },
      { name: "Chromium", version: "153.0.0", passed: 0, total: 1 },
    ];
    expect(readTable(`# A\n<!-- runtimes -->\n\n${tableOf(rows)}\n\n<!-- runtimes -->\nB`)).toEqual(rows);
  });
});

interface Suite {
  readonly checks: readonly { readonly name: string }[];
  readonly files: readonly { readonly name: string }[];
}

/** It imports the package by its name, which is what was built. */
async function suite(): Promise<Suite> {
  if (!existsSync(path.resolve(import.meta.dirname, "../../dist/package/src/index.js"))) {
    throw new Error("The package is not built yet: run npm run build, or npm test, which does it first.");
  }
  const folder = new URL("suite/", import.meta.url).href;
  const { checks } = (await import(`${folder}run.js`)) as Pick<Suite, "checks">;
  const { files } = (await import(`${folder}files.js`)) as Pick<Suite, "files">;
  return { checks, files };
}
