import { readFile } from "node:fs/promises";
import { PrismError } from "./prism-error.ts";

/** An OpenAPI document as JSON. */
export interface DocumentJson {
  readonly openapi: string;
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { operationId?: string; summary?: string }>>>>;
}

/**
 * Reads the bundled document.
 *
 * @throws PrismError when it is not there.
 */
export async function readDocument(file: string): Promise<DocumentJson> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as DocumentJson;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new PrismError("not-started", `There is no document ${file}. Make it with: npm run generate`);
  }
}

/** The summary of each operation, by its id. */
export function summariesOf({ paths = {} }: DocumentJson): ReadonlyMap<string, string> {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  return new Map(
    operations.flatMap(({ operationId, summary }) => (operationId && summary ? [[operationId, summary]] : [])),
  );
}
