import { readFile } from "node:fs/promises";
import path from "node:path";
import { count, type Gate } from "./gate.ts";
import { readLock } from "./lock.ts";

/** The run-time dependencies, which have none of their own. The last one has the types that those of `Api` are made of. */
const EXPECTED = ["jose", "openapi-fetch", "openapi-typescript-helpers"];

interface Manifest {
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: object;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The only packages that a user installs with ours: jose, openapi-fetch and its types. */
export const dependencies: Gate = {
  name: "run-time dependencies",
  async check(root) {
    const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Manifest;
    const asked = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const needed = Object.keys(manifest.peerDependencies ?? {}).filter(
      (name) => !manifest.peerDependenciesMeta?.[name]?.optional,
    );
    const installed = (await readLock(root)).filter(({ isRuntime }) => isRuntime).map(({ name }) => name);
    return {
      examined: asked.length,
      summary: `${count(installed.length, "package")}: ${installed.join(", ")}`,
      faults: [
        ...difference("package.json", asked, EXPECTED),
        ...difference("package-lock.json", installed, EXPECTED),
        ...needed.map((name) => `package.json: ${name} is a peer that is not optional`),
      ],
    };
  },
};

function difference(file: string, found: readonly string[], expected: readonly string[]): string[] {
  return [
    ...found.filter((name) => !expected.includes(name)).map((name) => `${file}: ${name} is a run-time dependency`),
    ...expected.filter((name) => !found.includes(name)).map((name) => `${file}: ${name} is missing`),
  ];
}
