import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inject } from "vitest";
import { onceInRun } from "../support/once-in-run.ts";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A folder of somebody who has installed the package, and nothing else. */
export interface Consumer {
  readonly folder: string;
  /** Every file of the tarball. */
  readonly packed: readonly string[];
}

/** The name of the list of packed files, beside the installed ones. */
const PACKED = "packed.json";

/**
 * A folder with what was built, packed and installed. npm does that once for all test files; each gets a copy. The caller
 * removes it with `removeConsumer`.
 */
export async function installPackage(): Promise<Consumer> {
  const shared = await onceInRun("installed-package", install);
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-consumer-"));
  await cp(shared, folder, { recursive: true, verbatimSymlinks: true });
  const list = path.join(folder, PACKED);
  const packed = JSON.parse(await readFile(list, "utf8")) as string[];
  await rm(list);
  return { folder, packed };
}

/** Packs what was built, and installs the tarball into an empty folder. */
async function install(folder: string): Promise<void> {
  if (!existsSync(path.join(ROOT, "dist/package/src/index.js"))) {
    throw new Error("The package is not built yet: run npm run build, or npm test, which does it first.");
  }
  const own = await pack(ROOT, folder);
  // The dependencies come from this checkout, so that no registry is needed. An override is used only where the package
  // itself asks for the dependency, so one that it forgot to name is missing here as well.
  const dependencies = await Promise.all((await dependencyFolders()).map((dependency) => pack(dependency, folder)));
  const manifest = {
    private: true,
    type: "module",
    dependencies: { [own.name]: `file:${own.filename}` },
    overrides: Object.fromEntries(dependencies.map(({ name, filename }) => [name, `file:${filename}`])),
  };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  await writeFile(path.join(folder, PACKED), JSON.stringify(own.files.map((file) => file.path)));
}

/** Removes the folder of a consumer. */
export async function removeConsumer(consumer: Consumer | undefined): Promise<void> {
  if (consumer) await rm(consumer.folder, { recursive: true, force: true });
}

/** Writes a file into the folder of a consumer. */
export async function write({ folder }: Consumer, name: string, text: string): Promise<void> {
  await writeFile(path.join(folder, name), text);
}

/** Runs a program with Node in the folder of a consumer, against the shared mock. Fails when the program does. */
export async function runProgram({ folder }: Consumer, ...parameters: string[]): Promise<Output> {
  return run(process.execPath, parameters, folder, {
    MOCK: inject("prismOrigin"),
    ANGELCAM_CLIENT_ID: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
    ANGELCAM_USERNAME: "user@example.com",
    ANGELCAM_PASSWORD: "secret",
  });
}

/** Compiles TypeScript files of a consumer, strictly, into the folder `out`. Fails with what the compiler says. */
export async function compile({ folder }: Consumer, files: readonly string[], options: object): Promise<void> {
  const config = {
    files,
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      target: "ES2022",
      outDir: "out",
      types: ["node"],
      typeRoots: [path.join(ROOT, "node_modules/@types")],
      ...options,
    },
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  await run(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc")], folder);
}

/** What a program wrote. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { path: string }[];
}

async function pack(folder: string, destination: string): Promise<Packed> {
  const parameters = ["pack", folder, "--ignore-scripts", "--json", "--pack-destination", destination];
  const [packed] = JSON.parse((await run("npm", parameters, ROOT)).stdout) as [Packed];
  return packed;
}

/** Where the run-time dependencies of the package are installed, their own dependencies included. */
async function dependencyFolders(): Promise<string[]> {
  const lock = JSON.parse(await readFile(path.join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([name, { dev, optional, devOptional, peer }]) => name && !dev && !optional && !devOptional && !peer)
    .map(([name]) => path.join(ROOT, name));
}

async function run(program: string, parameters: readonly string[], cwd: string, env: object = {}): Promise<Output> {
  try {
    return await promisify(execFile)(program, parameters, { cwd, env: { ...process.env, ...env } });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as Partial<Output>;
    throw new Error(`${path.basename(program)} ${parameters[0] ?? ""} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
