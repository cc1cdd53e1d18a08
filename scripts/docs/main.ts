import path from "node:path";
import { buildCameraGrid } from "../camera-grid/main.ts";
import { MissingDocumentError } from "../shared/read-document.ts";
import { type DocsPage, renderDocs, writeDocs } from "./site.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The folder that the docs are built in. Any static host can serve it, and it can be opened from the disk. */
export const FOLDER = path.join(ROOT, "dist/docs");

/** Writes the docs to `dist/docs`. */
export async function buildDocs(): Promise<void> {
  const files = await renderDocs({ root: ROOT, pages: await demos() });
  await writeDocs(FOLDER, files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const folder = path.relative(process.cwd(), FOLDER);
  console.log(`Wrote ${files.size} files to ${folder} (${(bytes / 1_000_000).toFixed(1)} MB, no network needed)`);
}

async function demos(): Promise<Map<string, DocsPage>> {
  const about = "a grid of cameras on the client and the sandbox: an example to look at and to read";
  return new Map([["camera-grid.html", { about, text: await buildCameraGrid() }]]);
}

if (import.meta.main) {
  try {
    await buildDocs();
  } catch (error) {
    if (!(error instanceof MissingDocumentError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
