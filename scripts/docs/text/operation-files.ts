import { code, table } from "../reference/cells.ts";
import { Links, type LinkTarget } from "../reference/links.ts";
import { operationText } from "../reference/operation-text.ts";
import { type Chapter, chaptersOf, type DocsDocument, isWebhook, outline } from "../reference/outline.ts";
import { schemaNames } from "../reference/schema-text.ts";

/**
 * The documentation as Markdown files: one a guide, one an operation, and an index.
 *
 * @param document The document with its code samples.
 * @returns Each file's text by its path, such as `operations/cameras.list.md`.
 */
export function markdownFiles(document: DocsDocument): Map<string, string> {
  const parts = outline(document);
  const links = new Links(parts, schemaNames(document));
  const chapters = chaptersOf(parts);
  const rewritten = (text: string) =>
    links.rewrite(
      text,
      (target) => `../${fileOf(target)}`,
      (href) => `../${href}`,
    );
  const guides = chapters
    .filter(({ isGuide }) => isGuide)
    .map(({ id, title, text }) => [`guides/${id}.md`, `# ${title}\n\n${rewritten(text)}\n`] as const);
  const operations = chapters
    .flatMap((chapter) => chapter.operations)
    .map((place) => [`operations/${place.id}.md`, rewritten(operationText(document, place, { level: 1 }))] as const);
  const index = `# Operations\n\n${chapters
    .filter(({ operations: own }) => own.length > 0)
    .map((chapter) => rewritten(indexOf(chapter)))
    .join("\n\n")}\n`;
  return new Map([...guides, ...operations, ["operations/index.md", index]]);
}

/** The Markdown file that tells of something, from the folder of the docs. */
export function fileOf(target: LinkTarget): string {
  if (target.kind === "operation") return `operations/${target.operation.id}.md`;
  if (target.kind === "schema") return "openapi.json";
  const { chapter, heading } = target;
  if (!chapter.isGuide) return `operations/index.md#${chapter.title.toLowerCase().replaceAll(" ", "-")}`;
  return `guides/${chapter.id}.md${heading === undefined ? "" : `#${heading}`}`;
}

function indexOf({ title, text, operations, isGuide }: Chapter): string {
  const rows = operations.map((place) => [
    `[${place.operation.summary ?? place.id}](#operation/${place.id})${place.operation.deprecated ? " (deprecated)" : ""}`,
    isWebhook(place) ? "webhook" : code(`${place.method} ${place.path}`),
    code(place.id),
  ]);
  return [`## ${title}`, ...(isGuide ? [] : [text]), ...table(["Operation", "Request", "Name"], rows)].join("\n\n");
}
