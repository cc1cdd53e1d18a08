import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";

const CONFIGURATION = "scripts/shared/gates/knip.jsonc";

interface Place {
  readonly name: string;
  readonly line?: number;
}

/** The report of knip on a file: for each kind of finding, the locations. */
type Row = { readonly file: string } & { readonly [kind: string]: readonly Place[] | string };

/** Unused files, exports and dependencies, and dependencies that are used but not declared: knip. */
export const deadExports: Gate = {
  name: "dead exports",
  async check(root) {
    const run = await runTool("knip", [`--config=${CONFIGURATION}`, "--no-progress", "--reporter=json"], root);
    const { issues } = readJson<{ issues: readonly Row[] }>(run, "knip");
    const faults = issues.flatMap(faultsOf);
    const files = await countFiles(root);
    // Any other exit code is a failure of knip itself.
    if (run.code !== 0 && faults.length === 0) faults.push(`knip ended with ${run.code}: ${run.stderr}`);
    return { examined: files, summary: count(files, "file"), faults };
  },
};

/** How many files it looks through: what `project` of its configuration names. */
async function countFiles(root: string): Promise<number> {
  const { config } = ts.parseConfigFileTextToJson(
    CONFIGURATION,
    await readFile(path.join(root, CONFIGURATION), "utf8"),
  );
  let files = 0;
  for await (const file of glob(config.project, { cwd: root })) if (!file.includes("node_modules")) files++;
  return files;
}

function faultsOf({ file, ...kinds }: Row): string[] {
  return Object.entries(kinds).flatMap(([kind, locations]) =>
    typeof locations === "string" ? [] : locations.map(({ name, line }) => `${file}:${line ?? 1} ${kind}: ${name}`),
  );
}
