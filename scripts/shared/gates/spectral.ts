import { existsSync } from "node:fs";
import path from "node:path";
import { locate } from "../../generate/locate.ts";
import { countOperations, DOCUMENT, readDocument } from "./document.ts";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** The document in one piece: all rules of spectral:oas and of OWASP's top ten for APIs, with .spectral.yaml. */
export const spectral: Gate = {
  name: "spectral:oas and OWASP",
  async check(root) {
    const operations = countOperations(await readDocument(root));
    const findings = await findingsOfSpectral(root, ".spectral.yaml");
    const faults = await Promise.all(
      findings.map(async (finding) => `${await placeOf(finding, root)} ${finding.code}: ${finding.message}`),
    );
    return { examined: operations, summary: count(operations, "operation"), faults };
  },
};

/** Everything that the rules of a file find in the document, hints included. */
export async function findingsOfSpectral(root: string, ruleset: string): Promise<Finding[]> {
  const parameters = ["lint", DOCUMENT, `--ruleset=${ruleset}`, "--format=json", "--fail-severity=hint"];
  return readJson<Finding[]>(await runTool("spectral", parameters, root), "spectral");
}

/** The location of a finding in the files of the spec, because the bundled document is not edited. */
async function placeOf(finding: Finding, root: string): Promise<string> {
  const names = finding.path.map((name) => String(name).replaceAll("~", "~0").replaceAll("/", "~1"));
  const [kind, folder = "", part = "", ...rest] = names;
  const file = `spec/${folder}/${part}.yaml`;
  const isShared = kind === "components" && existsSync(path.join(root, file));
  const location = await (isShared
    ? locate(root, file, `/${rest.join("/")}`)
    : locate(root, "spec/openapi.yaml", `/${names.join("/")}`));
  return `${location} (${finding.path.join(" > ")})`;
}
