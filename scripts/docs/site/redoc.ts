import { execFile } from "node:child_process";
import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Document } from "../../generate/document.ts";

const REDOCLY = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

/** Redoc shows samples only in languages on this list, the first of them by default; a payload is a body by itself. */
const OPTIONS = {
  codeSamples: { languages: [{ lang: "TypeScript" }, { lang: "curl" }, { lang: "Python" }, { lang: "Payload" }] },
};

/**
 * Renders a document with Redoc.
 *
 * @returns The page, with all scripts and styles in it.
 */
export async function redoc(document: Document): Promise<string> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), "angelcam-docs-"));
  const input = path.join(folder.path, "openapi.json");
  const settings = path.join(folder.path, "redocly.yaml");
  const output = path.join(folder.path, "index.html");
  await writeFile(input, JSON.stringify(document));
  // JSON is YAML.
  await writeFile(settings, JSON.stringify({ openapi: OPTIONS }));
  const options = [`--config=${settings}`, `--output=${output}`, `--title=${document.info.title}`, "--inlineBundle"];
  // With telemetry off the command sends nothing, and neither will the page.
  const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_NOTIFICATIONS: "true" };
  await promisify(execFile)(process.execPath, [REDOCLY, "build-docs", input, ...options], { env: environment });
  return await readFile(output, "utf8");
}
