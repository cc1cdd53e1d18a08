import type { Document, DocumentOperation } from "../../generate/document.ts";
import { operationsOf, type PlacedOperation } from "../../shared/sample-request.ts";
import type { Guide } from "./guides.ts";

/** Operations about one thing: a tag of the document. */
export interface Chapter {
  /** The name of its tag, such as `cameras`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly operations: readonly PlacedOperation[];
}

/** Chapters that belong together: an entry of `x-tagGroups`. */
export interface Part {
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

/** The document as the docs read it. */
export interface DocsDocument extends Document {
  info: Document["info"] & { description?: string };
  tags?: { name: string; description?: string; "x-displayName"?: string }[];
  webhooks?: Record<string, Record<string, DocumentOperation>>;
  "x-tagGroups"?: { name: string; tags: string[] }[];
}

/** Everything that the docs show. */
export interface Content {
  readonly document: DocsDocument;
  readonly guides: readonly Guide[];
  readonly parts: readonly Part[];
}

/**
 * The operations in the order of the menu.
 *
 * @throws Error naming an operation that no chapter holds.
 */
export function outline(document: DocsDocument): Part[] {
  const places = [...operationsOf(document), ...webhooksOf(document)];
  const tags = new Map((document.tags ?? []).map((tag) => [tag.name, tag]));
  const chapterOf = (id: string): Chapter => {
    const tag = tags.get(id);
    if (!tag) throw new Error(`x-tagGroups names the tag ${id}, which the document does not have`);
    const operations = places.filter(({ operation }) => operation.tags?.[0] === id);
    return { id, title: tag["x-displayName"] ?? id, text: (tag.description ?? "").trim(), operations };
  };
  const groups = document["x-tagGroups"] ?? [];
  const parts = groups.map(({ name, tags: names }) => ({ title: name, chapters: names.map(chapterOf) }));
  const held = new Set(chaptersOf(parts).flatMap(({ operations }) => operations));
  const lost = places.find((place) => !held.has(place));
  if (lost) throw new Error(`${lost.id} is in no chapter: add its tag to x-tagGroups`);
  return parts;
}

/** Every chapter, in the order of the outline. */
export function chaptersOf(parts: readonly Part[]): Chapter[] {
  return parts.flatMap(({ chapters }) => chapters);
}

/** True for a request that Angelcam sends. */
export function isWebhook(place: PlacedOperation): boolean {
  return !place.path.startsWith("/");
}

function webhooksOf(document: DocsDocument): PlacedOperation[] {
  return Object.entries(document.webhooks ?? {}).flatMap(([name, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      id: operation.operationId ?? name,
      method: method.toUpperCase(),
      path: name,
      operation,
      servers: [],
    })),
  );
}
