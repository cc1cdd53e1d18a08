import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";

// Builds the package into dist/package: plain tsc, one module a file, so that a bundler can drop what is not used.

const ROOT = path.resolve(import.meta.dirname, "..");

rmSync(path.join(ROOT, "dist/package"), { recursive: true, force: true });
execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: ROOT,
  stdio: "inherit",
});
