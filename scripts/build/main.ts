import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

// Builds the package into dist/package: plain tsc, one module a file, so that a bundler can drop what is not used. Only
// the few modules that lean on a library are bundled with it, for the package has one dependency: openapi-fetch.

const ROOT = path.resolve(import.meta.dirname, "../..");
const OUTPUT = path.join(ROOT, "dist/package");

/** CommonJS libraries ask for `require`, which an ES module does not have. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

interface BundledModule {
  readonly module: string;
  readonly platform: "node" | "neutral";
  readonly alias?: Record<string, string>;
  readonly banner?: string;
}

/** Modules that are bundled with their libraries, in place. */
const BUNDLED: readonly BundledModule[] = [
  // graceful-fs patches the global fs of the program that loads it; the plain one does what the lock needs.
  { module: "src/node/lock-file.js", platform: "node", alias: { "graceful-fs": "node:fs" }, banner: REQUIRE },
  { module: "src/webhooks/verify-signature.js", platform: "neutral" },
  { module: "src/contract/assertions.js", platform: "neutral" },
  { module: "src/contract-cli/parse-yaml.js", platform: "neutral" },
  { module: "src/sandbox/server.js", platform: "neutral" },
  { module: "src/sandbox/check-input.js", platform: "neutral" },
  { module: "src/sandbox/listen.js", platform: "node" },
];

/** What a program on Node imports. */
const ENTRIES = [
  "index.js",
  "node/index.js",
  "redis/index.js",
  "webhooks/index.js",
  "sandbox/index.js",
  "contract/index.js",
] as const;

/** Our own modules stay what they are: a second copy of one would have a state of its own. */
const OWN_MODULES_STAY: Plugin = {
  name: "own-modules-stay",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path: target, importer }) =>
      importer.includes("node_modules") ? undefined : { path: target, external: true },
    );
  },
};

/** The document is one file for all; the package finds it by its own name from wherever a bundle lies. */
const DOCUMENT_STAYS: Plugin = {
  name: "document-stays",
  setup({ onResolve }) {
    onResolve({ filter: /\/openapi\.json$/ }, () => ({ path: "angelcam-client/openapi.json", external: true }));
  },
};

rmSync(OUTPUT, { recursive: true, force: true });
for (const project of ["tsconfig.build.node.json", "tsconfig.build.json"]) {
  execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
const licences = new Map<string, string>();
for (const { module, platform, alias = {}, banner = "" } of BUNDLED) {
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
    plugins: [OWN_MODULES_STAY],
    format: "esm",
    target: "node20",
    alias,
    banner: { js: banner },
    metafile: true,
    logLevel: "warning",
  });
  for (const [name, text] of licencesOf(metafile)) licences.set(name, text);
}
// The entries once more, each in one file and with what they share in chunks: 70 small modules take Node three times as
// long to load. package.json gives these to Node and its like; a bundler takes the modules, of which it can drop some.
await build({
  absWorkingDir: ROOT,
  entryPoints: ENTRIES.map((entry) => path.join(OUTPUT, "src", entry)),
  outbase: path.join(OUTPUT, "src"),
  outdir: path.join(OUTPUT, "bundled"),
  chunkNames: "chunks/[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  plugins: [DOCUMENT_STAYS],
  format: "esm",
  target: "node20",
  supported: { "import-attributes": true },
  logLevel: "warning",
});
writeFileSync(
  path.join(OUTPUT, "THIRD-PARTY-LICENSES.txt"),
  [...licences]
    .sort()
    .map(([name, text]) => `${name}\n\n${text}`)
    .join("\n\n---\n\n"),
);

copyWorkflows();

/** The journeys of `angelcam-contract`, in the same place beside the document that is in the package. */
function copyWorkflows(): void {
  const folder = path.join(ROOT, "spec/workflows");
  const target = path.join(OUTPUT, "spec/workflows");
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".arazzo.yaml"))) {
    const text = readFileSync(path.join(folder, file), "utf8");
    writeFileSync(path.join(target, file), text.replace("url: ../openapi.yaml", "url: ../../generated/openapi.json"));
  }
}

interface Manifest {
  readonly version: string;
  readonly license?: string;
}

/** The licence of every package that went into a bundle. */
function licencesOf(metafile: Metafile): Map<string, string> {
  const found = new Map<string, string>();
  for (const input of Object.keys(metafile.inputs)) {
    const name = input.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (!name || [...found.keys()].some((known) => known.startsWith(`${name} `))) continue;
    const folder = path.join(ROOT, "node_modules", name);
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"]
      .map((candidate) => path.join(folder, candidate))
      .find(existsSync);
    const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
    if (!file && !license) throw new Error(`${name} is bundled, but tells no licence to pass on`);
    const text = file ? readFileSync(file, "utf8").trim() : `${license} (the package names it and holds no text of it)`;
    found.set(`${name} ${version}`, text);
  }
  return found;
}
