import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./peer.ts";
import { GENERATE_CLIENT, REDOCLY_ENVIRONMENT } from "./prepare.ts";
import { race } from "./race.ts";
import type { Summary } from "./statistics.ts";

const OURS = `import { generate } from ${JSON.stringify(pathToFileURL(path.join(ROOT, "scripts/generate/main.ts")).href)}; await generate();`;

/** Seconds from the document to the client, of real time. No file of the repository is written. */
export function measureGeneration(rounds: number): Promise<Map<string, Summary>> {
  const [redocly, ...rest] = GENERATE_CLIENT;
  return race(
    [
      {
        name: "npm run generate (bundles, types, client)",
        round: async () => secondsOf(process.execPath, ["--input-type=module", "--eval", OURS]),
      },
      { name: "redocly generate-client (types, client)", round: async () => secondsOf(redocly, rest) },
    ],
    rounds,
  );
}

function secondsOf(command: string, options: readonly string[]): number {
  const started = performance.now();
  execFileSync(command, options, { cwd: ROOT, env: REDOCLY_ENVIRONMENT, stdio: ["ignore", "ignore", "pipe"] });
  return (performance.now() - started) / 1000;
}
