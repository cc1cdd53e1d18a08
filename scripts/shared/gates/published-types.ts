import { count, type Gate } from "./gate.ts";
import { withTarball } from "./pack.ts";
import { readJson, runTool } from "./run-tool.ts";

interface Report {
  readonly analysis: {
    readonly entrypoints: Readonly<
      Record<
        string,
        { readonly resolutions: Readonly<Record<string, { readonly visibleProblems?: readonly number[] }>> }
      >
    >;
    readonly problems: readonly { readonly kind: string }[];
  };
}

/** The types of every entry are found, and fit the code, with each way in which TypeScript resolves modules, old ones included. */
export const publishedTypes: Gate = {
  name: "attw",
  check: (root) =>
    withTarball(root, async ({ file }) => {
      const run = await runTool("attw", [file, "--format=json"], root);
      const { entrypoints, problems } = readJson<Report>(run, "attw").analysis;
      const faults = Object.entries(entrypoints).flatMap(([entry, { resolutions }]) =>
        Object.entries(resolutions).flatMap(([resolution, { visibleProblems = [] }]) =>
          visibleProblems.map((index) => `${entry} with ${resolution}: ${problems[index]?.kind}`),
        ),
      );
      if (run.code !== 0 && faults.length === 0) faults.push(`attw ended with ${run.code}:\n${run.stdout}`);
      const examined = Object.keys(entrypoints).length;
      return { examined, summary: count(examined, "entry point"), faults };
    }),
};
