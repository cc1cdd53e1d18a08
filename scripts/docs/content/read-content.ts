import path from "node:path";
import { readDocument } from "../../shared/read-document.ts";
import { withCodeSamples } from "./code-samples.ts";
import { readGuides } from "./guides.ts";
import { type Content, type DocsDocument, outline } from "./outline.ts";

/**
 * Reads everything that the docs show: the guides, and the document with its code samples.
 *
 * @param root The root of the repository.
 * @throws MissingDocumentError where the document has not been generated.
 */
export async function readContent(root: string): Promise<Content> {
  const bare = await readDocument(path.join(root, "generated/openapi.json"));
  const [document, guides] = await Promise.all([
    withCodeSamples(bare, path.join(root, "spec/samples")) as Promise<DocsDocument>,
    readGuides(path.join(root, "spec/guides")),
  ]);
  return { document, guides, parts: outline(document) };
}
