import type { Document, DocumentOperation } from "../../generate/document.ts";
import { operationsOf, type PlacedOperation } from "../sample-request.ts";

/** A chapter of the documentation: a guide, or operations about one thing. */
export interface Chapter {
  /** The name of its tag, such as `cameras`. */
  readonly id: string;
  readonly title: string;
  /** Markdown with headings from the second level on. */
  readonly text: string;
  readonly operations: readonly PlacedOperation[];
  /** True for a text to read, false for a few words about the operations. */
  readonly isGuide: boolean;
}

/** Chapters that belong together. */
export interface Part {
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

/** A tag as the docs read it. */
export interface Tag {
  name: string;
  description?: string;
  "x-displayName"?: string;
  "x-traitTag"?: boolean;
}

/** The document as the docs read it. */
export interface DocsDocument extends Document {
  info: Document["info"] & { description?: string };
  tags?: Tag[];
  webhooks?: Record<string, Record<string, DocumentOperation>>;
  "x-tagGroups"?: { name: string; tags: string[] }[];
}

/** The chapter that the document itself opens with. */
const FIRST_CHAPTER = "quick-start";

/**
 * The documentation in its order: the same parts and chapters that the page shows in its menu.
 *
 * @throws Error naming an operation that no chapter holds.
 */
export function outline(document: DocsDocument): Part[] {
  const places = [...operationsOf(document), ...webhooksOf(document)];
  const tags = new Map((document.tags ?? []).map((tag) => [tag.name, tag]));
  const chapterOf = (name: string): Chapter => {
    const tag = tags.get(name);
    if (!tag) throw new Error(`x-tagGroups names the tag ${name}, which the document does not have`);
    const operations = places.filter(({ operation }) => operation.tags?.[0] === name);
    const text = (tag.description ?? "").trim();
    const isGuide = operations.length === 0 || /^## /m.test(text);
    return { id: name, title: tag["x-displayName"] ?? name, text, operations, isGuide };
  };
  const parts = (document["x-tagGroups"] ?? []).map(({ name, tags: names }) => ({
    title: name,
    chapters: names.map(chapterOf),
  }));
  const held = new Set(parts.flatMap(({ chapters }) => chapters.flatMap(({ operations }) => operations)));
  const lost = places.find((place) => !held.has(place));
  if (lost) throw new Error(`${lost.id} is in no chapter: put its tag into x-tagGroups`);
  const [guides, ...others] = parts;
  return guides ? [{ ...guides, chapters: [firstChapter(document), ...guides.chapters] }, ...others] : parts;
}

/** Every chapter, in the order of the outline. */
export function chaptersOf(parts: readonly Part[]): Chapter[] {
  return parts.flatMap(({ chapters }) => chapters);
}

/** True for what Angelcam sends, rather than takes. */
export function isWebhook(place: PlacedOperation): boolean {
  return !place.path.startsWith("/");
}

/** The description opens with a heading of the first level, which is its title. */
function firstChapter({ info: { description = "" } }: DocsDocument): Chapter {
  const [, title = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(description) ?? [];
  if (title === "") throw new Error("info.description opens with no heading of the first level: `# Quick start`");
  return { id: FIRST_CHAPTER, title, text: text.trim(), operations: [], isGuide: true };
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
