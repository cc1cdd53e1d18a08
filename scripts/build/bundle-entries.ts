import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "rolldown";
import { BUNDLED, OUTPUT } from "./folders.ts";

/** The modules that users import, by their place in `src`. */
const ENTRIES = ["index", "node/index", "redis/index", "webhooks/index", "sandbox/index", "contract/index"];

/** The folders that the client itself comes from. */
const CLIENT = /\/(?:generated|src\/(?:base|errors|auth|quota|transport|client|helpers))\/[^.]+\.js$/;

/** The document is one file for all entries; a bundle finds it by the name of the package. */
const KEEP_DOCUMENT: Plugin = {
  name: "keep-document",
  resolveId: (id) =>
    id.endsWith("/openapi.json") ? { id: "angelcam-client/openapi.json", external: true } : undefined,
};

/** The entry that is bundled in the place of one of `ENTRIES`. */
const BRANDED = "branded:";

/**
 * Node can have two copies of the package in one program, the ES module and the CommonJS one. The errors of an entry are an
 * `instanceof` in both. (The condition `module-sync` would load one copy, and leaves files out of what Next.js and Nitro deploy.)
 */
const BRAND_ERRORS: Plugin = {
  name: "brand-errors",
  resolveId: (id) => (id.startsWith(BRANDED) ? id : undefined),
  async load(id) {
    if (!id.startsWith(BRANDED)) return undefined;
    const [entry, base, brand] = [id.slice(BRANDED.length), "errors/angelcam-error", "errors/brand-errors"].map(
      moduleOf,
    );
    const exports: object = await import(pathToFileURL(entry ?? "").href);
    const errors = Object.keys(exports).filter((name) => name.endsWith("Error") && name !== "AngelcamError");
    const code = [
      `export * from ${JSON.stringify(entry)};`,
      `import { ${errors} } from ${JSON.stringify(entry)};`,
      `import { AngelcamError } from ${JSON.stringify(base)};`,
      `import { brandErrors } from ${JSON.stringify(brand)};`,
      `brandErrors({ ${["AngelcamError", ...errors]} });`,
    ];
    return { code: code.join("\n"), moduleSideEffects: true };
  },
};

/**
 * Writes every entry as one file, what the client shares with other entries as one more, and what these share with each other
 * as chunks: Node takes three times as long to load 70 small modules, and half as long again for ten chunks. Bundlers get the
 * modules, of which they can drop some.
 */
export async function bundleEntries(): Promise<void> {
  await build({
    input: Object.fromEntries(ENTRIES.map((entry) => [entry, BRANDED + entry])),
    // Dependencies, and the modules of Node.
    external: (id) => /^[^./]/.test(id) && !id.startsWith(BRANDED),
    plugins: [KEEP_DOCUMENT, BRAND_ERRORS],
    platform: "node",
    output: {
      dir: BUNDLED,
      format: "esm",
      chunkFileNames: "chunks/[name].js",
      comments: { legal: true, annotation: false, jsdoc: false },
      codeSplitting: { groups: [{ name: "shared", test: CLIENT, minShareCount: 2 }] },
    },
    logLevel: "warn",
  });
}

/** The built module of a path in `src`. */
function moduleOf(name: string): string {
  return path.join(OUTPUT, "src", `${name}.js`);
}
