import path from "node:path";

/** The root of the repository. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The built package. */
export const OUTPUT = path.join(ROOT, "dist/package");

/** One file for each entry, and chunks: what Node loads. */
export const BUNDLED = path.join(OUTPUT, "bundled");
