import { PROGRAM, runs, START, type Stack, shows } from "./stack.ts";

const FILES = { "program.js": PROGRAM, "main.js": START };
const MODULE = { type: "module" };

/** What bundles programs for browsers and servers. The bundle runs on Node, which has what a browser has for this. */
export const BUNDLERS: readonly Stack[] = [
  {
    name: "webpack, for the web and for Node",
    packages: { webpack: "5.113.0" },
    files: {
      ...FILES,
      "build.js": `
import path from "node:path";
import webpack from "webpack";
for (const target of ["web", "node"]) {
  await new Promise((resolve, reject) => {
    // A page has an address and a \`self\`; Node has neither.
    const output = { path: path.resolve("out"), filename: target + ".cjs", publicPath: "./", globalObject: "globalThis" };
    // The sandbox can open a port on Node: that part stays a file of its own.
    const config = { mode: "production", target, entry: "./main.js", output, performance: false };
    webpack(config, (error, stats) => error || stats.hasErrors() || stats.hasWarnings()
      ? reject(error ?? new Error(stats.toString())) : resolve());
  });
}
`,
    },
    manifest: MODULE,
    steps: [runs("node", "build.js"), shows("node", "out/web.cjs"), shows("node", "out/node.cjs")],
  },
  {
    name: "Rollup",
    packages: {
      rollup: "4.68.8",
      "@rollup/plugin-node-resolve": "16.0.3",
      "@rollup/plugin-json": "6.1.0",
      "@rollup/plugin-commonjs": "29.0.3",
    },
    files: {
      ...FILES,
      "build.js": `
import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import resolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
const plugins = [resolve({ browser: true }), commonjs(), json()];
const onwarn = (warning) => { throw new Error(warning.message); };
const bundle = await rollup({ input: "main.js", plugins, onwarn });
await bundle.write({ dir: "out", format: "es", entryFileNames: "[name].mjs" });
`,
    },
    manifest: MODULE,
    steps: [runs("node", "build.js"), shows("node", "out/main.mjs")],
  },
  {
    name: "esbuild, ES modules and CommonJS",
    packages: { esbuild: "0.28.2" },
    quick: true,
    files: {
      ...FILES,
      "build.js": `
import { build } from "esbuild";
const common = { entryPoints: ["main.js"], bundle: true, minify: true, logLevel: "error" };
await build({ ...common, platform: "browser", format: "esm", outfile: "out/web.mjs" });
await build({ ...common, platform: "node", format: "cjs", outfile: "out/node.cjs" });
`,
    },
    manifest: MODULE,
    steps: [runs("node", "build.js"), shows("node", "out/web.mjs"), shows("node", "out/node.cjs")],
  },
  {
    name: "Vite, app and server rendering",
    packages: { vite: "8.4.0" },
    files: {
      ...FILES,
      "index.html": '<!doctype html><title>App</title><script type="module" src="/main.js"></script>\n',
      "build.js": `
import { build } from "vite";
const rolldownOptions = { output: { entryFileNames: "[name].mjs" } };
await build({ logLevel: "error", build: { outDir: "out/app", modulePreload: false, rolldownOptions } });
await build({ logLevel: "error", build: { outDir: "out/ssr", ssr: "main.js", rolldownOptions } });
await build({ logLevel: "error", ssr: { noExternal: true }, build: { outDir: "out/all", ssr: "main.js", rolldownOptions } });
`,
      "dev.js": `
import { createServer } from "vite";
const server = await createServer({ server: { middlewareMode: true }, appType: "custom", logLevel: "error" });
const { check } = await server.ssrLoadModule("/program.js");
console.log(await check());
await server.close();
`,
    },
    manifest: MODULE,
    steps: [
      runs("node", "build.js"),
      shows("node", "-e", 'import("./out/app/" + fs.readdirSync("out/app").find((file) => file.endsWith(".mjs")))'),
      shows("node", "out/ssr/main.mjs"),
      shows("node", "out/all/main.mjs"),
      shows("node", "dev.js"),
    ],
  },
  {
    name: "Parcel",
    packages: { parcel: "2.16.4" },
    files: FILES,
    manifest: {
      source: "main.js",
      browserslist: "last 2 Chrome versions",
      "@parcel/resolver-default": { packageExports: true },
    },
    steps: [
      runs("node", "node_modules/parcel/lib/bin.js", "build", "--dist-dir", "out", "--no-cache", "--no-source-maps"),
      shows("node", "out/main.js"),
    ],
  },
];
