import { globSync, readFileSync } from "node:fs";
import path from "node:path";

// `vitest run --mode package` runs the tests that know only entry points on the built package in place of `src`: the bundler
// may leave out code that it takes for useless, and no test of `src` would notice.

const ROOT = path.resolve(import.meta.dirname, "../..");

/** What a test writes to import an entry point; the group is its folder. */
const ENTRY_POINT = /^(?:\.\.\/)+src\/((?:contract|node|redis|sandbox|webhooks)\/)?index\.ts$/;

/** An import of a value, not of types alone, with what it imports. */
const IMPORT = /^import (?!type\b)[^"]*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** Leads the imports of entry points to the package. */
export const packageAlias = { find: ENTRY_POINT, replacement: path.join(ROOT, "dist/package/bundled/$1index.js") };

/** The tests among these files that import entry points, and nothing else of `src`. */
export function testsOnThePackage(files: string): string[] {
  return globSync(files, { cwd: ROOT }).filter((file) => {
    const imports = [...readFileSync(path.join(ROOT, file), "utf8").matchAll(IMPORT)];
    const ofSource = imports.map(([, one = "", other = ""]) => one || other).filter((name) => name.includes("../src/"));
    return ofSource.length > 0 && ofSource.every((name) => ENTRY_POINT.test(name));
  });
}
