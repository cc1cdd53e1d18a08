import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";

const ENTRY = "spec/openapi.yaml";
const WORKFLOWS = "spec/workflows";

interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly start?: { line: number } }[];
  }[];
}

/** The document as it is written: Redocly's recommended-strict and the project's own rules, with redocly.yaml. */
export const redoclyLint: Gate = {
  name: "redocly recommended-strict",
  async check(root) {
    const { paths } = parse(await readFile(path.join(root, ENTRY), "utf8")) as { paths?: object };
    const examined = Object.keys(paths ?? {}).length;
    return { examined, summary: count(examined, "path"), faults: await lint([ENTRY], root) };
  },
};

/** The Arazzo workflows, with their own configuration: the project's own rules of the document are about OpenAPI. */
export const workflowLint: Gate = {
  name: "redocly on the workflows",
  async check(root) {
    const files = (await readdir(path.join(root, WORKFLOWS))).filter((file) => file.endsWith(".arazzo.yaml"));
    // One after the other: for several files at once it prints several reports, in no form that can be read back.
    const faults: string[] = [];
    for (const file of files) {
      faults.push(...(await lint([`${WORKFLOWS}/${file}`, `--config=${WORKFLOWS}/redocly.yaml`], root)));
    }
    return { examined: files.length, summary: count(files.length, "workflow"), faults };
  },
};

async function lint(parameters: readonly string[], root: string): Promise<string[]> {
  const run = await runTool("redocly", ["lint", ...parameters, "--format=json"], root);
  return readJson<Report>(run, "redocly lint").problems.map(({ ruleId, message, location: [location] }) => {
    return `${location?.source.ref}:${location?.start?.line ?? 0} ${ruleId}: ${message}`;
  });
}
