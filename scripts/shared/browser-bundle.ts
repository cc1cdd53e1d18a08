import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The texts of the document that no script reads: half of its size. */
const PROSE = new Set(["description", "summary", "x-codeSamples"]);

/** Below these, a field called `description` is data. */
const DATA = new Set(["example", "examples", "default", "const", "enum"]);

/** How a script for the browser is bundled. */
export interface BrowserBundleOptions {
  /** `esm` for `<script type="module">`, `iife` for any other script. */
  readonly format: "esm" | "iife";
  /** Replacements for modules, by the name that is imported. */
  readonly alias?: Readonly<Record<string, string>>;
}

/**
 * Bundles a script that may use the client and the sandbox for the browser.
 *
 * @param entry The path of the script.
 * @returns The minified script, the same for the same sources.
 */
export async function browserBundle(entry: string, { format, alias = {} }: BrowserBundleOptions): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    // The console of the playground shows the names of classes and functions.
    keepNames: true,
    write: false,
    format,
    platform: "browser",
    target: "es2022",
    supported: { using: true },
    legalComments: "none",
    alias,
    plugins: [WITHOUT_SERVER, WITHOUT_PROSE],
    logLevel: "warning",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** A browser cannot listen. For the built package the field `browser` of package.json does the same. */
const WITHOUT_SERVER: Plugin = {
  name: "without-server",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/listen\.ts$/ }, ({ resolveDir }) => ({
      path: path.join(resolveDir, "listen-in-browser.ts"),
    }));
  },
};

const WITHOUT_PROSE: Plugin = {
  name: "without-prose",
  setup({ onLoad }) {
    onLoad({ filter: /generated\/openapi\.json$/ }, async ({ path: file }) => ({
      contents: JSON.stringify(withoutProse(JSON.parse(await readFile(file, "utf8")))),
      loader: "json",
    }));
  },
};

/** Only texts are removed: a schema may have a property called `description`. */
function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name, part]) => !PROSE.has(name) || isSchema(part));
  return Object.fromEntries(kept.map(([name, part]) => [name, DATA.has(name) ? part : withoutProse(part)]));
}

function isSchema(part: unknown): boolean {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}
