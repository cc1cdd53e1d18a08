import path from "node:path";
import { build } from "esbuild";
import type { InstalledPackage } from "./installed-package.ts";

/**
 * Bundles an entry of the suite with the installed package into one file, for runtimes that have no folder of packages.
 *
 * @returns The path of the file.
 */
export async function bundleSuite(
  { suite, folder }: InstalledPackage,
  entry: "worker.js" | "page.js",
): Promise<string> {
  const outfile = path.join(folder, `bundled-${entry}`);
  await build({
    entryPoints: [path.join(suite, entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    // The sandbox opens a port only when it is asked to listen, and says that Node alone can do that.
    external: ["./listen.js"],
    logLevel: "warning",
  });
  return outfile;
}
