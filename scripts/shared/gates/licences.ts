import { readFile } from "node:fs/promises";
import path from "node:path";
import { count, type Gate } from "./gate.ts";
import { type LockedPackage, readLock } from "./lock.ts";

/** Licences that require attribution only: the packages that reach users may have these. */
const PERMISSIVE = ["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

/** Development tools may have these as well, because they do not reach users. */
const FOR_DEVELOPMENT = [
  ...PERMISSIVE,
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  // A parser's licence and a table's, both as free as MIT.
  "Python-2.0",
  "PSF-2.0",
  "CC-BY-4.0",
  // Asks for changes to its own files to be published; we change none.
  "MPL-2.0",
];

/** How a package reaches a user: installed with ours, inside of ours, or not at all. */
export type Reach = "run time" | "bundled" | "development";

/** A dependency and what it may be used for. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly reach: Reach;
}

/** The licences of everything that is installed, bundled or used here. */
export const licences: Gate = {
  name: "licences",
  async check(root) {
    const packages = await readLicences(root);
    const of = (reach: Reach) => packages.filter((one) => one.reach === reach).length;
    return {
      examined: packages.length,
      summary: `${of("run time")} at run time, ${of("bundled")} bundled, ${count(of("development"), "tool")}`,
      faults: packages
        .filter(({ licence, reach }) => !isAllowed(licence, reach === "development" ? FOR_DEVELOPMENT : PERMISSIVE))
        .map(({ name, version, licence, reach }) => `${name} ${version} (${reach}): ${licence} is not on the list`),
    };
  },
};

/** Every dependency with its licence, those that reach users first. */
export async function readLicences(root: string): Promise<LicensedPackage[]> {
  const bundled = await readBundled(root);
  const packages = await Promise.all(
    (await readLock(root)).map(async (one) => ({
      name: one.name,
      version: one.version,
      licence: one.license ?? (await declaredLicence(one, root)),
      reach: reachOf(one, bundled),
    })),
  );
  const order: readonly Reach[] = ["run time", "bundled", "development"];
  return packages.sort((one, other) => order.indexOf(one.reach) - order.indexOf(other.reach));
}

function reachOf({ name, version, isRuntime }: LockedPackage, bundled: readonly string[]): Reach {
  if (isRuntime) return "run time";
  return bundled.includes(`${name} ${version}`) ? "bundled" : "development";
}

/** `hono 4.13.19`: what the build says it has put into the package. */
async function readBundled(root: string): Promise<string[]> {
  const file = "dist/package/THIRD-PARTY-LICENSES.txt";
  const text = await readFile(path.join(root, file), "utf8").catch((cause) => {
    throw new Error(`${file} is missing. Run npm run build first.`, { cause });
  });
  return text.split("\n\n---\n\n").map((block) => block.slice(0, block.indexOf("\n")));
}

/** Some older packages name their licence in a form that the lock does not keep. */
async function declaredLicence({ folder }: LockedPackage, root: string): Promise<string> {
  const text = await readFile(path.join(root, folder, "package.json"), "utf8").catch(() => "{}");
  const { license, licenses } = JSON.parse(text) as { license?: Declared; licenses?: readonly Declared[] };
  const names = [license, ...(licenses ?? [])].map((one) => (typeof one === "string" ? one : one?.type));
  return names.filter((name) => name !== undefined).join(" OR ") || "none";
}

type Declared = string | { readonly type?: string };

/** Of a choice of licences, one that is allowed is enough; of a sum of them, each must be. */
function isAllowed(licence: string, allowed: readonly string[]): boolean {
  return licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((name) => allowed.includes(name)));
}
