import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transform } from "esbuild";
import { BUNDLED, OUTPUT } from "./folders.ts";

/** The one entry that is not bundled: it has types and nothing else. */
const SCHEMA = path.join(OUTPUT, "generated/schema.js");

/** A relative import or export: `from "./a.js"`, `import("./a.js")`, `import "./a.js"`. Declarations say `./a.ts`. */
const RELATIVE_MODULE = /((?:\bfrom|\bimport)\s*\(?\s*["']\.\.?\/[^"']*)\.[jt]s(["'])/g;

/**
 * Writes a `.cjs` beside each bundled ES module and a `.d.cts` beside each declaration. Chunks stay shared, so that a class
 * is the same in all entries that are required.
 */
export async function convertToCommonJs(): Promise<void> {
  for (const file of [...filesIn(BUNDLED, ".js"), SCHEMA]) {
    const code = readFileSync(file, "utf8").replace(RELATIVE_MODULE, "$1.cjs$2");
    const result = await transform(code, {
      format: "cjs",
      platform: "node",
      target: "node20",
      // `import()` becomes `require` too: Jest cannot run the one of Node.
      supported: { "dynamic-import": false },
      // For `createRequire`, which takes a path as well.
      define: { "import.meta.url": "__filename" },
    });
    writeFileSync(file.replace(/\.js$/, ".cjs"), result.code);
  }
  for (const file of filesIn(OUTPUT, ".d.ts")) {
    const text = readFileSync(file, "utf8").replace(RELATIVE_MODULE, "$1.cjs$2");
    writeFileSync(file.replace(/\.d\.ts$/, ".d.cts"), text);
  }
}

function filesIn(folder: string, end: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(end))
    .map((file) => path.join(folder, file));
}
