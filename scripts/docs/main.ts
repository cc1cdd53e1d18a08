import path from "node:path";
import { MissingDocumentError } from "../shared/read-document.ts";
import { renderDocs, writeDocs } from "./site.ts";

/** The folder that the docs are built in. Any static host can serve it, and it can be opened from the disk. */
export const FOLDER = path.resolve(import.meta.dirname, "../../dist/docs");

/** Writes the docs to `dist/docs`. */
export async function buildDocs(): Promise<void> {
  const files = await renderDocs();
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
