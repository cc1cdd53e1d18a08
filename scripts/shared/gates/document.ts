import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Document } from "../../generate/document.ts";

/** The path of the bundled document. */
export const DOCUMENT = "generated/openapi.json";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** Reads the document of a repository. */
export async function readDocument(root: string): Promise<Document> {
  return JSON.parse(await readFile(path.join(root, DOCUMENT), "utf8")) as Document;
}

/** How many operations a document has. */
export function countOperations({ paths = {} }: Document): number {
  const items: readonly object[] = Object.values(paths);
  return items.flatMap((item) => METHODS.filter((method) => method in item)).length;
}
