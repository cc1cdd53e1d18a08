import path from "node:path";
import { type DocsPage, renderDocs, writeDocs } from "./docs/folder.ts";
import { MissingDocumentError } from "./docs/read-document.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Where the documentation is built: a folder that any static host can serve, with `index.html` in it. */
export const FOLDER = path.join(ROOT, "dist/docs");

/** Writes the documentation to `dist/docs`. */
export async function buildDocs(): Promise<void> {
  // Finished pages of other scripts go here: ["camera-wall.html", { about: "…", text: await buildCameraWall() }].
  const pages = new Map<string, DocsPage>();
  const files = await renderDocs({ root: ROOT, pages });
  await writeDocs(FOLDER, files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const folder = path.relative(process.cwd(), FOLDER);
  console.log(`Wrote ${files.size} files to ${folder} (${(bytes / 1_000_000).toFixed(1)} MB, no network needed)`);
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
