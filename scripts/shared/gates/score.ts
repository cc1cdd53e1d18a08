import path from "node:path";
import { DOCUMENT } from "./document.ts";
import { count, type Gate } from "./gate.ts";
import { readJson, runTool } from "./run-tool.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** The vendor's own demo has 82. */
const LEAST = 85;

interface Score {
  readonly agentReadiness: number;
  readonly rawMetrics: { readonly operationCount: number };
  readonly hotspots: readonly { readonly operationId: string; readonly agentReadinessScore: number }[];
}

/**
 * How easily a reader or a program takes the document in, as Redocly rates it.
 *
 * The score looks at a part behind a `$ref` only once: an answer that many operations share counts as an example of the
 * first alone. So it is taken of the document with every part in its place, which is what the docs show, and the figure
 * for the document with its references is printed beside it.
 */
export const score: Gate = {
  name: "redocly score",
  check: (root) =>
    withTemporaryFolder(async (folder) => {
      const whole = path.join(folder, "openapi.json");
      const { code, stderr } = await runTool("redocly", ["bundle", DOCUMENT, "--dereferenced", "-o", whole], root);
      if (code !== 0) throw new Error(`redocly bundle ended with ${code}:\n${stderr}`);
      const [inPlace, referenced] = await Promise.all([scoreOf(whole, root), scoreOf(DOCUMENT, root)]);
      const { agentReadiness, rawMetrics, hotspots } = inPlace;
      const weak = hotspots.map((spot) => `${spot.operationId} has ${spot.agentReadinessScore}`);
      return {
        examined: rawMetrics.operationCount,
        figure: `${agentReadiness} of 100, at least ${LEAST} (${referenced.agentReadiness} with references; ${count(rawMetrics.operationCount, "operation")})`,
        faults: agentReadiness >= LEAST ? [] : [`the score is ${agentReadiness}, below ${LEAST}`, ...weak],
      };
    }),
};

async function scoreOf(file: string, root: string): Promise<Score> {
  return readJson<Score>(await runTool("redocly", ["score", file, "--format=json"], root), "redocly score");
}
