import path from "node:path";
import { build, type Plugin } from "esbuild";
import { BUNDLED, OUTPUT } from "./folders.ts";

/** The modules that users import, by their place in `src`. */
const ENTRIES = [
  "index.js",
  "node/index.js",
  "redis/index.js",
  "webhooks/index.js",
  "sandbox/index.js",
  "contract/index.js",
] as const;

/** The document is one file for all entries; a bundle finds it by the name of the package. */
const KEEP_DOCUMENT: Plugin = {
  name: "keep-document",
  setup({ onResolve }) {
    onResolve({ filter: /\/openapi\.json$/ }, () => ({ path: "angelcam-client/openapi.json", external: true }));
  },
};

/**
 * Writes every entry as one file, and what entries share as chunks: Node takes three times as long to load 70 small
 * modules. Bundlers get the modules, of which they can drop some.
 */
export async function bundleEntries(): Promise<void> {
  await build({
    entryPoints: ENTRIES.map((entry) => path.join(OUTPUT, "src", entry)),
    outbase: path.join(OUTPUT, "src"),
    outdir: BUNDLED,
    chunkNames: "chunks/[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    plugins: [KEEP_DOCUMENT],
    format: "esm",
    target: "node20",
    supported: { "import-attributes": true },
    logLevel: "warning",
  });
}
