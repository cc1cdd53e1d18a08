import path from "node:path";
import { build, type Plugin } from "esbuild";
import { OUTPUT, ROOT } from "./folders.ts";

/** CommonJS libraries call `require`, which an ES module does not have. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

interface ModuleWithLibrary {
  readonly module: string;
  readonly platform: "node" | "neutral";
  readonly alias?: Record<string, string>;
  readonly banner?: string;
}

/** The modules that contain their library. A library that guards secrets is a dependency instead, so that `npm audit` sees it. */
const MODULES: readonly ModuleWithLibrary[] = [
  // graceful-fs patches the global fs of the program that loads it; the plain one does what the lock needs.
  { module: "src/node/lock-file.js", platform: "node", alias: { "graceful-fs": "node:fs" }, banner: REQUIRE },
  { module: "src/contract/assertions.js", platform: "neutral" },
  { module: "src/contract-cli/parse-yaml.js", platform: "neutral" },
  { module: "src/sandbox/listen.js", platform: "node" },
];

/** Our own modules stay separate: a second copy of one would have its own state. */
const KEEP_OWN_MODULES: Plugin = {
  name: "keep-own-modules",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path: target, importer }) =>
      importer.includes("node_modules") ? undefined : { path: target, external: true },
    );
  },
};

/**
 * Bundles libraries into the few modules that import them, in place.
 *
 * @returns The folders of the bundled packages, from the root.
 */
export async function bundleLibraries(): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  for (const { module, platform, alias = {}, banner = "" } of MODULES) {
    const file = path.join(OUTPUT, module);
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [file],
      outfile: file,
      allowOverwrite: true,
      bundle: true,
      minify: true,
      platform,
      mainFields: ["module", "main"],
      conditions: ["import"],
      plugins: [KEEP_OWN_MODULES],
      format: "esm",
      target: "node20",
      alias,
      banner: { js: banner },
      metafile: true,
      logLevel: "warning",
    });
    for (const input of Object.keys(metafile.inputs)) {
      const folder = input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0];
      if (folder) folders.add(folder);
    }
  }
  return folders;
}
