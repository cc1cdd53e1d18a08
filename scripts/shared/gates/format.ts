import { count, type Gate } from "./gate.ts";
import { linesOf, runTool } from "./run-tool.ts";

/** Formatting and lint of the code: Biome, with biome.json, warnings included. */
export const format: Gate = {
  name: "format and lint",
  async check(root) {
    const { code, stdout, stderr } = await runTool("biome", ["check", "--error-on-warnings"], root);
    const files = Number(/Checked (\d+) files?/.exec(stdout + stderr)?.[1] ?? 0);
    return { examined: files, summary: count(files, "file"), faults: code === 0 ? [] : linesOf(stderr + stdout) };
  },
};
