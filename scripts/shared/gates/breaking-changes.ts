import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { DOCUMENT, readDocument } from "./document.ts";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";
import { type Impact, versionFaults } from "./version-bump.ts";

/** Where the document of the last release is kept, named after the version of the package: `0.1.0.json`. */
export const RELEASED = "scripts/shared/gates/released";

const CONFIGURATION = "scripts/shared/gates/redocly-diff.yaml";

interface Change {
  readonly path: string;
  readonly kind: string;
  readonly impact: Impact;
  readonly property?: string;
  readonly verdicts: readonly { readonly message: string }[];
}

interface Report {
  readonly bump?: Impact;
  readonly infoVersions: { readonly base: string; readonly revision: string };
  readonly summary: Readonly<Record<Impact, number>>;
  readonly changes: readonly Change[];
}

/**
 * Lists the changes of the document since the last release. A change that can break a user, or that adds something, needs a
 * higher version of the package and of the document, and an entry in the change log.
 */
export const breakingChanges: Gate = {
  name: "breaking changes",
  async check(root) {
    const { version: released, file } = await lastRelease(root);
    const parameters = ["diff", file, DOCUMENT, `--config=${CONFIGURATION}`, "--format=json", "--fail-on=none"];
    const report = readJson<Report>(await runTool("redocly", parameters, root), "redocly diff");
    const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { version: string };
    const faults = versionFaults({
      impact: report.bump ?? "none",
      released: { package: released, document: report.infoVersions.base },
      current: { package: manifest.version, document: report.infoVersions.revision },
      changeLog: await readFile(path.join(root, "CHANGELOG.md"), "utf8"),
    });
    const { major, minor, patch } = report.summary;
    return {
      examined: Object.keys((await readDocument(root)).paths ?? {}).length,
      summary: `since ${released}: ${major} breaking, ${count(minor, "addition")}, ${patch} in words only`,
      faults: faults.length > 0 ? [...faults, ...report.changes.flatMap(described)] : [],
    };
  },
};

/** The document of the last release. There is exactly one; `npm run release:document` puts it there. */
async function lastRelease(root: string): Promise<{ version: string; file: string }> {
  const names = (await readdir(path.join(root, RELEASED))).filter((name) => name.endsWith(".json"));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new Error(`${RELEASED} must hold one document, and holds ${names.length}. Run npm run release:document.`);
  }
  return { version: path.basename(name, ".json"), file: `${RELEASED}/${name}` };
}

/** A change as a line of the report; changes of descriptions are left out. */
function described({ path: location, kind, impact, property, verdicts }: Change): string[] {
  if (impact === "patch") return [];
  const what = verdicts.map(({ message }) => message).join(" ") || `${property ?? "it"} was ${kind}`;
  return [`${impact}: ${location} ${what}`];
}
