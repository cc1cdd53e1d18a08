import { readdir } from "node:fs/promises";
import path from "node:path";
import { count, type Gate } from "./gate.ts";
import { linesOf, runTool } from "./run-tool.ts";

/** Builds the package, which the gates after it examine. */
export const build: Gate = {
  name: "build",
  async check(root) {
    const { code, stdout, stderr } = await runTool("node", ["scripts/build/main.ts"], root);
    const files = await readdir(path.join(root, "dist/package"), { recursive: true }).catch(() => []);
    const modules = files.filter((file) => file.endsWith(".js")).length;
    const faults = code === 0 ? [] : [`the build ended with ${code}`, ...linesOf(stdout + stderr)];
    return { examined: modules, summary: count(modules, "module"), faults };
  },
};
