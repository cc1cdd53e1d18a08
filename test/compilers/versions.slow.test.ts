import { cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../runtimes/execute.ts";
import { compiler, installRuntimes } from "../runtimes/installed.ts";
import { type InstalledPackage, installPackage } from "../runtimes/installed-package.ts";

// Each compiles from scratch what it is given; test/package/typescript.slow.test.ts does so with the compiler of this repository.

const TYPES_OF_NODE = path.resolve(import.meta.dirname, "../../node_modules/@types");

const COMPILERS = ["typescript-5.4", "typescript-5.9", "typescript-6", "typescript-7"];

const RESOLUTIONS = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];

/** pnpm puts the dependencies of a package beside it, where the project cannot reach them. */
const LAYOUTS = ["npm", "pnpm"];

let installed: InstalledPackage;

beforeAll(async () => {
  await installRuntimes();
  installed = await installPackage();
  await cp(path.join(import.meta.dirname, "consumer"), path.join(installed.folder, "consumer"), { recursive: true });
  await writeFile(path.join(installed.folder, "consumer/package.json"), '{ "type": "module" }');
}, 300_000);

afterAll(() => installed?.[Symbol.asyncDispose]());

describe.each(COMPILERS)(
  "%s",
  (name) => {
    test.each(RESOLUTIONS)(
      "compiles programs on every entry, with module resolution $moduleResolution",
      async (resolution) => {
        // Without types of Node, which are not there in a browser.
        await compile(name, ["consumer/anywhere.ts", "consumer/inputs.ts"], { ...resolution, types: [] });
        // The suite is plain JavaScript.
        const files = ["consumer/node.ts", "suite/main.js", "suite/worker.js", "suite/page.js"];
        await compile(name, files, { ...resolution, ...NODE, allowJs: true, checkJs: true });
        // A server without the types of a browser.
        await compile(name, ["consumer/node.ts"], { ...resolution, ...NODE, lib: ["ES2022", "ESNext.Disposable"] });
      },
    );

    test.each(LAYOUTS)("writes the declarations of a package around the client, installed by %s", async (layout) => {
      const [resolution] = RESOLUTIONS;
      const folder = layout === "pnpm" ? await pnpmLayout() : installed.folder;
      const options = { ...resolution, types: [], skipLibCheck: true, rootDir: "consumer", outDir: `out-${name}` };
      const files = ["consumer/exported.ts"];
      await compile(name, files, { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true }, folder);
      const written = await readFile(path.join(folder, `out-${name}/exported.d.ts`), "utf8");
      expect(written).toMatch(/^export declare const api: .*\bApi;$/m);
      expect(written).toMatch(/^export declare const cameras: .*\bCamerasResource;$/m);
      expect(written).toMatch(/^export declare const me: \(\) => Promise<.*FetchResponse</m);
      expect(written).not.toContain("node_modules");
    });

    test("compiles programs for CommonJS, as .cts, and with the old resolution", async () => {
      await compile(name, ["consumer/common.cts"], { module: "nodenext", moduleResolution: "nodenext", ...NODE });
      // TypeScript 7 has dropped it.
      if (name === "typescript-7") return;
      const old = { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "5.0" };
      const deprecations = name === "typescript-6" ? { ...old, ignoreDeprecations: "6.0" } : old;
      await compile(name, ["consumer/common.cts"], { ...deprecations, ...NODE, skipLibCheck: true });
    });

    test("tells the mistakes in plain JavaScript", async () => {
      const [resolution] = RESOLUTIONS;
      const compiled = compile(name, ["consumer/mistakes.js"], { ...resolution, types: [], allowJs: true });
      const said: string = await compiled.then(
        () => "nothing",
        (error: Error) => error.message,
      );
      expect(said).toMatch(/mistakes\.js\(5,.*'timeuot'/);
      expect(said).toMatch(/mistakes\.js\(6,.*'string' is not assignable to type 'number'/);
      expect(said).toMatch(/mistakes\.js\(7,.*'nmae' does not exist/);
    });
  },
  180_000,
);

test("each compiler is the one that it is called by", async () => {
  for (const name of COMPILERS) {
    const { version } = compiler(name);
    const { stdout } = await execute(process.execPath, [compiler(name).program, "--version"], {
      cwd: installed.folder,
    });
    expect(stdout.trim()).toBe(`Version ${version}`);
    expect(name).toMatch(new RegExp(`^typescript-${version.split(".")[0]}(\\.${version.split(".")[1]})?$`));
  }
});

const NODE = { types: ["node"], typeRoots: [TYPES_OF_NODE] };

/** Compiles as strictly as can be, the declarations of the package included. Fails with what the compiler says. */
async function compile(
  name: string,
  files: readonly string[],
  options: object,
  folder = installed.folder,
): Promise<void> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable", "ESNext.Disposable"],
    noEmit: true,
    // Those of the compiler itself are its own affair.
    skipDefaultLibCheck: true,
    resolveJsonModule: true,
    ...options,
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ files, compilerOptions }));
  await execute(process.execPath, [compiler(name).program, "--project", "."], { cwd: folder });
  expect(files).not.toEqual([]);
}

/** The installed packages in the folders that pnpm makes of them, and the programs beside. */
async function pnpmLayout(): Promise<string> {
  const folder = path.join(installed.folder, "pnpm");
  const store = path.join(folder, "node_modules/.pnpm/angelcam-client@0.0.0/node_modules");
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(installed.folder, "node_modules"), store, { recursive: true });
  await symlink(path.join(store, "angelcam-client"), path.join(folder, "node_modules/angelcam-client"));
  await cp(path.join(installed.folder, "consumer"), path.join(folder, "consumer"), { recursive: true });
  return folder;
}
