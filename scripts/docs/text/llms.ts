import { Links } from "../reference/links.ts";
import { operationText } from "../reference/operation-text.ts";
import { type Chapter, type DocsDocument, isWebhook, outline } from "../reference/outline.ts";
import { schemaNames, schemaText } from "../reference/schema-text.ts";
import type { PlacedOperation } from "../sample-request.ts";
import { fileOf } from "./operation-files.ts";

/**
 * `llms.txt` after https://llmstxt.org: what there is to read, for a language model that fetches what it needs.
 *
 * @param document The document.
 */
export function llmsText(document: DocsDocument): string {
  const { title, summary = "", version } = document.info;
  const chapters = outline(document).flatMap((part) => part.chapters);
  const guides = chapters.filter(({ isGuide }) => isGuide).map(guideEntry);
  const sections = chapters
    .map((chapter) => ({ chapter, current: chapter.operations.filter(({ operation }) => !operation.deprecated) }))
    .filter(({ current }) => current.length > 0)
    .map(({ chapter, current }) => `## ${chapter.title}\n\n${current.map(operationEntry).join("\n")}`);
  const deprecated = chapters.flatMap(({ operations }) => operations).filter(({ operation }) => operation.deprecated);
  return `# ${title}

> ${summary}

Version ${version}. The client for TypeScript is the npm package angelcam-client; each operation is a method of it.
Every file named here is Markdown, and each operation's file stands by itself: parameters, fields, answers, examples, and samples in TypeScript, curl and Python.

## Guides

${guides.join("\n")}

${sections.join("\n\n")}

## Optional

- [Everything in one file](llms-full.txt)
- [The OpenAPI document](openapi.json): for programs
- [Index of the operations](operations/index.md)
${deprecated.map(operationEntry).join("\n")}
`;
}

/**
 * `llms-full.txt`: every guide, operation and schema in one text.
 *
 * @param document The document with its code samples.
 */
export function llmsFullText(document: DocsDocument): string {
  const { title, summary = "", version } = document.info;
  const parts = outline(document);
  const links = new Links(parts, schemaNames(document));
  const schemaLink = (name: string) => `#schema/${name}`;
  const rewritten = (text: string) =>
    links.rewrite(text, (target) => (target.kind === "schema" ? schemaLink(target.name) : fileOf(target)));
  const chapters = parts
    .flatMap((part) => part.chapters)
    .flatMap(({ title: chapter, text, operations }) => [
      `# ${chapter}`,
      text,
      ...operations.map((place) => operationText(document, place, { level: 2, schemaLink }).trimEnd()),
    ]);
  const schemas = schemaNames(document).map((name) => schemaText(document, name, 2, schemaLink).trimEnd());
  const blocks = [`# ${title}`, `> ${summary}`, `Version ${version}.`, ...chapters, "# Schemas", ...schemas];
  return `${blocks.map(rewritten).join("\n\n")}\n`;
}

function guideEntry({ id, title, text }: Chapter): string {
  const [first = ""] = /^[^\n|#`!-][\s\S]*?[.:](?=\s|$)/m.exec(text) ?? [];
  const plain = first.replaceAll("\n", " ").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return `- [${title}](guides/${id}.md)${plain === "" ? "" : `: ${plain.replace(/:$/, ".")}`}`;
}

function operationEntry(place: PlacedOperation): string {
  const { id, method, path, operation } = place;
  const request = isWebhook(place) ? "webhook" : `\`${method} ${path}\``;
  return `- [${operation.summary ?? id}](operations/${id}.md): ${request}${operation.deprecated ? ", deprecated" : ""}`;
}
