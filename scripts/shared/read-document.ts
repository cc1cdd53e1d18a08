import { readFile } from "node:fs/promises";
import type { Document } from "../generate/document.ts";

/**
 * Reads the bundled document.
 *
 * @throws MissingDocumentError saying how to make it.
 */
export async function readDocument(file: string): Promise<Document> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Document;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new MissingDocumentError(`There is no ${file}. Make it with: npm run generate`);
  }
}

/** The bundled document is not there. */
export class MissingDocumentError extends Error {
  override readonly name = "MissingDocumentError";
}
