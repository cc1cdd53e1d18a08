import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { withCodeSamples } from "./docs/code-samples.ts";
import { MissingDocumentError, readDocument } from "./docs/read-document.ts";
import { redoc } from "./docs/redoc.ts";
import { selfContained } from "./docs/self-contained.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** The built page. */
export const PAGE = path.join(ROOT, "dist/docs/index.html");

/**
 * Makes the documentation from `generated/openapi.json`: one file that needs no network and no other file.
 *
 * @returns The page as text, the same for the same document.
 */
export async function renderDocs(): Promise<string> {
  const document = await readDocument(path.join(ROOT, "generated/openapi.json"));
  const style = await readFile(path.join(import.meta.dirname, "docs/style.css"), "utf8");
  return selfContained(await redoc(await withCodeSamples(document, path.join(ROOT, "spec/samples"))), style);
}

/** Writes the documentation to `dist/docs/index.html`. */
export async function buildDocs(): Promise<void> {
  const page = await renderDocs();
  await mkdir(path.dirname(PAGE), { recursive: true });
  await writeFile(PAGE, page);
  const megabytes = (Buffer.byteLength(page) / 1_000_000).toFixed(1);
  console.log(`Wrote ${path.relative(process.cwd(), PAGE)} (${megabytes} MB, one file, no network needed)`);
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
