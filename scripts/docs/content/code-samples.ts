import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Document } from "../../generate/document.ts";
import { curl } from "../../shared/curl.ts";
import { operationsOf, sampleRequest } from "../../shared/sample-request.ts";
import { python } from "./python.ts";

/** A program that sends the request of an operation. */
export interface CodeSample {
  readonly lang: "TypeScript" | "Shell" | "Python";
  /** The name that the docs show. */
  readonly label: string;
  readonly source: string;
}

/**
 * A copy of the document with three samples at each operation: `spec/samples/<operationId>.ts`, curl and Python.
 *
 * @param folder Where the TypeScript samples are.
 * @throws Error naming a sample that is missing.
 */
export async function withCodeSamples(document: Document, folder: string): Promise<Document> {
  const copy = structuredClone(document);
  for (const place of operationsOf(copy)) {
    const file = path.join(folder, `${place.id}.ts`);
    const source = await readFile(file, "utf8").catch(() => {
      throw new Error(`${place.id} has no TypeScript sample: write ${file}`);
    });
    const request = sampleRequest(copy, place);
    Object.assign(place.operation, {
      "x-codeSamples": [
        { lang: "TypeScript", label: "TypeScript", source: source.trimEnd() },
        { lang: "Shell", label: "curl", source: curl(request) },
        { lang: "Python", label: "Python", source: python(request) },
      ],
    });
  }
  return copy;
}
