import { count, type Gate } from "./gate.ts";
import { runTool } from "./run-tool.ts";

const CONFIGURATION = "scripts/shared/gates/storeys.config.mjs";

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly totalDependenciesCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

/** The storeys of `src`: imports point downwards, type imports included, and there is no cycle. */
export const storeys: Gate = {
  name: "storeys",
  async check(root) {
    const { stdout } = await runTool(
      "depcruise",
      ["src", "generated", "--config", CONFIGURATION, "--output-type", "json"],
      root,
    );
    const { summary }: Report = JSON.parse(stdout);
    return {
      examined: summary.totalDependenciesCruised,
      summary: `${count(summary.totalCruised, "file")}, ${count(summary.totalDependenciesCruised, "import")}`,
      faults: summary.violations.map(({ from, to, rule, cycle }) => {
        const way = cycle ? cycle.map(({ name }) => name).join(" -> ") : to;
        return `${from} -> ${way}: ${rule.name}`;
      }),
    };
  },
};
