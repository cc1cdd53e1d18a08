import { count, type Gate } from "./gate.ts";
import { linesOf, runTool } from "./run-tool.ts";

/** Types of everything in tsconfig.json: the compiler. */
export const types: Gate = {
  name: "types",
  async check(root) {
    const { code, stdout, stderr } = await runTool("tsc", ["--noEmit", "--listFiles", "--pretty", "false"], root);
    const lines = linesOf(stdout + stderr);
    const files = lines.filter((line) => /\.(?:[cm]?ts|json)$/.test(line));
    const own = files.filter((file) => !file.includes("node_modules"));
    const faults = lines.filter((line) => !files.includes(line));
    return {
      examined: own.length,
      summary: count(own.length, "file"),
      faults: code === 0 || faults.length > 0 ? faults : [`tsc ended with ${code}`],
    };
  },
};
