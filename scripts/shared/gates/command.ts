import type { Gate } from "./gate.ts";
import { linesOf, runTool } from "./run-tool.ts";

/**
 * A script as a gate, its output shown as it comes.
 *
 * @param counted Finds in the output how much was examined: its first group is the number, and all of it the summary.
 */
export function command(name: string, [tool, ...parameters]: readonly [string, ...string[]], counted: RegExp): Gate {
  return {
    name,
    async check(root) {
      const { code, stdout, stderr } = await runTool(tool, parameters, root, { echo: true });
      const [summary = "", number = "0"] = counted.exec(stdout) ?? [];
      const faults = code === 0 ? [] : [`${tool} ended with ${code}`, ...linesOf(stderr).slice(-20)];
      return { examined: Number(number), summary, faults };
    },
  };
}
