import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Document } from "./document.ts";
import { GenerationError } from "./generation-error.ts";

const REDOCLY = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

/**
 * Lints the document and bundles it into one, at the same time: both cost most of a second.
 *
 * @throws GenerationError with the report of the linter, which names file and line.
 */
export async function bundle(root: string, entry: string, output: string): Promise<Document> {
  const results = await Promise.allSettled([
    redocly(root, ["lint", entry, "--format=codeframe"]),
    redocly(root, ["bundle", entry, `--output=${output}`]),
  ]);
  // Where both fail, the linter comes first: it finds everything that the bundler finds, and more.
  for (const result of results) {
    if (result.status === "rejected") throw result.reason;
  }
  return JSON.parse(await readFile(output, "utf8")) as Document;
}

function redocly(root: string, arguments_: readonly string[]): Promise<void> {
  const environment = {
    ...process.env,
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
    NO_COLOR: "1",
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [REDOCLY, ...arguments_], { cwd: root, env: environment }, (error, stdout, stderr) => {
      if (error)
        reject(new GenerationError(`redocly ${arguments_[0]} found the document at fault:\n${stdout}${stderr}`));
      else resolve();
    });
  });
}
