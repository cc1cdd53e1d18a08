import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";

const ENTRY = "spec/openapi.yaml";

interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string }; readonly start?: { line: number } }[];
  }[];
}

/** The document as it is written: Redocly's recommended-strict and the rules of the house, with redocly.yaml. */
export const redoclyLint: Gate = {
  name: "redocly recommended-strict",
  async check(root) {
    const { paths } = parse(await readFile(path.join(root, ENTRY), "utf8")) as { paths?: object };
    const report = readJson<Report>(await runTool("redocly", ["lint", ENTRY, "--format=json"], root), "redocly lint");
    const faults = report.problems.map(({ ruleId, message, location: [place] }) => {
      return `${place?.source.ref}:${place?.start?.line ?? 0} ${ruleId}: ${message}`;
    });
    const examined = Object.keys(paths ?? {}).length;
    return { examined, figure: count(examined, "path"), faults };
  },
};
