import path from "node:path";
import type { Document, PathItem } from "../../generate/document.ts";
import { readDocument } from "../../shared/read-document.ts";
import { operationsOf, type PlacedOperation } from "../../shared/sample-request.ts";
import { type CodeSample, withCodeSamples } from "./code-samples.ts";
import { type Guide, readGuides } from "./guides.ts";

/** The document as the docs read it. */
export interface DocsDocument extends Document {
  tags?: { name: string; description?: string; "x-displayName"?: string }[];
  webhooks?: Record<string, PathItem>;
  "x-tagGroups"?: { name: string; tags: string[] }[];
}

/** An operation, or a request that Angelcam sends. */
export interface DocsOperation extends PlacedOperation {
  readonly title: string;
  readonly isWebhook: boolean;
  readonly samples: readonly CodeSample[];
}

/** Operations about one thing: a tag of the document. */
export interface Chapter {
  /** The name of its tag, such as `cameras`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly operations: readonly DocsOperation[];
}

/** The operations in the order of the menu. */
export interface Outline {
  /** Chapters that belong together: the entries of `x-tagGroups`. */
  readonly parts: readonly { readonly title: string; readonly chapters: readonly Chapter[] }[];
  readonly chapters: readonly Chapter[];
  readonly operations: readonly DocsOperation[];
}

/** Everything that the docs show. */
export interface Content extends Outline {
  readonly document: DocsDocument;
  readonly guides: readonly Guide[];
  /** The names of all schemas, in the order of the alphabet. */
  readonly schemas: readonly string[];
}

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
  const schemas = Object.keys(document.components?.schemas ?? {}).toSorted();
  return { document, guides, schemas, ...outline(document) };
}

/**
 * The operations of a document by their chapters.
 *
 * @throws Error naming an operation that no chapter holds.
 */
export function outline(document: DocsDocument): Outline {
  const webhooks = operationsOf({ ...document, paths: document.webhooks ?? {}, servers: [] });
  const places = [...operationsOf(document), ...webhooks].map((place) => ({
    ...place,
    title: place.operation.summary ?? place.id,
    isWebhook: !place.path.startsWith("/"),
    samples: (place.operation as { "x-codeSamples"?: CodeSample[] })["x-codeSamples"] ?? [],
  }));
  const chapterOf = (id: string): Chapter => {
    const tag = document.tags?.find(({ name }) => name === id);
    if (!tag) throw new Error(`x-tagGroups names the tag ${id}, which the document does not have`);
    const operations = places.filter(({ operation }) => operation.tags?.[0] === id);
    return { id, title: tag["x-displayName"] ?? id, text: (tag.description ?? "").trim(), operations };
  };
  const groups = document["x-tagGroups"] ?? [];
  const parts = groups.map(({ name, tags }) => ({ title: name, chapters: tags.map(chapterOf) }));
  const chapters = parts.flatMap((part) => part.chapters);
  const operations = chapters.flatMap((chapter) => chapter.operations);
  const lost = places.find((place) => !operations.includes(place));
  if (lost) throw new Error(`${lost.id} is in no chapter: add its tag to x-tagGroups`);
  return { parts, chapters, operations };
}
