import path from "node:path";
import { buildCameraWall } from "./camera-wall.ts";
import { type DocsPage, renderDocs, writeDocs } from "./docs/folder.ts";
import { MissingDocumentError } from "./docs/read-document.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Where the documentation is built: a folder that any static host can serve, with `index.html` in it. */
export const FOLDER = path.join(ROOT, "dist/docs");

/** Writes the documentation to `dist/docs`. */
export async function buildDocs(): Promise<void> {
  const files = await renderDocs({ root: ROOT, pages: await demos() });
  await writeDocs(FOLDER, files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const folder = path.relative(process.cwd(), FOLDER);
  console.log(`Wrote ${files.size} files to ${folder} (${(bytes / 1_000_000).toFixed(1)} MB, no network needed)`);
}

/** Pages that show what can be done. */
async function demos(): Promise<Map<string, DocsPage>> {
  const about = "a grid of cameras, on the client and the sandbox: an example to look at and to read";
  return new Map([["camera-wall.html", { about, text: await buildCameraWall() }]]);
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
