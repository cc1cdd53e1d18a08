import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The size of a bundle in bytes, and the modules that have code in it. */
export interface BundleSize {
  readonly min: number;
  /** Compressed as `gzip -9` does. */
  readonly gzip: number;
  /** Paths from the root of the repository. */
  readonly modules: readonly string[];
}

/**
 * Bundles a piece of code with the built package and measures the size.
 *
 * @param change Changes the code of a module before it is bundled, to see that the gate would notice.
 */
export async function bundleSize(code: string, change?: (module: string, code: string) => string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    // The package by its own name is what `exports` of package.json says: what was built.
    stdin: { contents: code, resolveDir: path.join(ROOT, "dist/package"), sourcefile: "import.js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    metafile: true,
    // Without the paths of tsconfig.json, which lead to the sources.
    tsconfigRaw: {},
    logLevel: "warning",
    plugins: change ? [changing(change)] : [],
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  const modules = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return {
    min: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
    modules: modules.map(([module]) => module).filter((module) => module !== "import.js"),
  };
}

function changing(change: (module: string, code: string) => string): Plugin {
  return {
    name: "change",
    setup({ onLoad }) {
      onLoad({ filter: /dist\/package\/.*\.js$/ }, async ({ path: module }) => {
        return { contents: change(module, await readFile(module, "utf8")), loader: "js" };
      });
    },
  };
}
