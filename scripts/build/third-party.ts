import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OUTPUT, ROOT } from "./folders.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

interface Component {
  readonly "bom-ref": string;
  readonly properties?: unknown;
}

interface Bom {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
}

/** Writes the licences of the bundled packages, and which they are as a CycloneDX document that scanners read. */
export function writeThirdParty(folders: ReadonlySet<string>): void {
  const packages = [...folders].sort().map((folder) => ({ folder, ...readManifest(folder) }));
  const texts = packages.map(({ folder, name, version, license }) => {
    const text = licenceText(folder) ?? (license && `${license} (the package contains no licence text)`);
    if (!text) throw new Error(`${name} is bundled, but declares no licence to pass on`);
    return `${name} ${version}\n\n${text}`;
  });
  writeFileSync(path.join(OUTPUT, "THIRD-PARTY-LICENSES.txt"), texts.join("\n\n---\n\n"));
  writeFileSync(path.join(OUTPUT, "sbom.cdx.json"), `${JSON.stringify(bundledPart(readBom(), packages), null, 2)}\n`);
}

function readBom(): Bom {
  const parameters = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"];
  const text = execFileSync("npm", parameters, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 });
  return JSON.parse(text) as Bom;
}

/** Of everything in the lock file, the packages whose code is inside of ours. */
function bundledPart(bom: Bom, packages: readonly Manifest[]): object {
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const components = bom.components
    .filter((component) => bundled.has(component["bom-ref"]))
    // Without the word "development": they are a part of what users run.
    .map(({ properties: _properties, ...component }) => component);
  if (components.length !== bundled.size) {
    throw new Error(`${bundled.size} packages are bundled, and npm sbom lists ${components.length} of them`);
  }
  // Without the time and the random number of this run, so that the same sources result in the same bytes.
  const { serialNumber: _serialNumber, metadata, ...rest } = bom;
  const { timestamp: _timestamp, component, ...about } = metadata;
  const root = component["bom-ref"];
  return {
    ...rest,
    // npm calls it by the name of the folder.
    metadata: { ...about, component: { ...component, name: root.slice(0, root.lastIndexOf("@")) } },
    components,
    dependencies: [
      { ref: root, dependsOn: [...bundled] },
      ...bom.dependencies
        .filter(({ ref }) => bundled.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((target) => bundled.has(target)) })),
    ],
  };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as Manifest;
}

function licenceText(folder: string): string | undefined {
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"]
    .map((candidate) => path.join(ROOT, folder, candidate))
    .find(existsSync);
  return file && readFileSync(file, "utf8").trim();
}
