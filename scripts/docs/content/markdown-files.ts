import { blocks, code, table } from "./cells.ts";
import type { Chapter, Content, DocsOperation } from "./content.ts";
import { type Guide, plainText, summaryOf } from "./guides.ts";
import { addressOf, type LinkForm, rewriteLinks } from "./links.ts";
import { operationLinks } from "./operation-links.ts";
import { operationText } from "./operation-text.ts";
import { schemaText } from "./schema-text.ts";

/**
 * The docs as Markdown: a file for each guide and operation, an index of the operations, `llms.txt` and `llms-full.txt`.
 *
 * @param content The document has its code samples.
 * @returns The text of each file by its path, such as `operations/cameras.list.md`.
 */
export function markdownFiles(content: Content): Map<string, string> {
  return new Map([
    ...content.guides.map((guide) => [`guides/${guide.name}.md`, guideMarkdown(content, guide, "md")] as const),
    ...content.operations.map(
      (place) => [`operations/${place.id}.md`, operationMarkdown(content, place, "md")] as const,
    ),
    ["operations/index.md", operationIndex(content, "md")],
    ["llms.txt", llmsText(content)],
    ["llms-full.txt", llmsFullText(content)],
  ]);
}

/** A guide with its title. */
export function guideMarkdown(content: Content, { name, title, text }: Guide, form: LinkForm): string {
  const up = "../".repeat(name.split("/").length);
  return `# ${title}\n\n${rewriteLinks(content, text, name, (target) => up + addressOf(target, form))}\n`;
}

/** An operation. In Markdown the fields of named schemas are listed in place: the file has to be complete. */
export function operationMarkdown(content: Content, place: DocsOperation, form: LinkForm): string {
  const text = `${operationText(content.document, place, form === "md" ? "inline" : "linked", 1)}${seeAlso(content, place)}`;
  return rewriteLinks(content, text, "", (target) => `../${addressOf(target, form)}`);
}

/** The guides and the helper of an operation, as a section of Markdown; empty where there is none. */
export function seeAlso(content: Content, { id }: DocsOperation): string {
  const { helper, guides } = operationLinks(content, id);
  if (guides.length === 0) return "";
  const tip = helper ? `Use \`${helper}\` of the client: it does this and more. ` : "";
  return `\n**See also:** ${tip}${guides.map(({ title, name }) => `[${title}](${name}.md)`).join(", ")}.\n`;
}

/** A table of the operations for each chapter. */
export function operationIndex(content: Content, form: LinkForm): string {
  const chapters = content.chapters.flatMap(({ title, text, operations }) => {
    const rows = operations.map((place) => [
      `[${place.title}](#operation/${place.id})${place.operation.deprecated ? " (deprecated)" : ""}`,
      code(place.id),
      requestOf(place),
    ]);
    return [`## ${title}`, text, ...table(["Operation", "Method of the client", "Request"], rows)];
  });
  return rewriteLinks(content, blocks(["# Operations", ...chapters]), "", (target) => `../${addressOf(target, form)}`);
}

/** `llms.txt` after https://llmstxt.org: the list of what there is to read. */
function llmsText({ document, guides, chapters, operations }: Content): string {
  const entry = (place: DocsOperation) =>
    `- [${plainText(place.title)}](operations/${place.id}.md): ${requestOf(place)}${place.operation.deprecated ? ", deprecated" : ""}`;
  const sections = chapters.map(({ title, operations: all }) => {
    const current = all.filter(({ operation }) => !operation.deprecated).map(entry);
    return current.length === 0 ? "" : `## ${title}\n\n${current.join("\n")}`;
  });
  return blocks([
    `# ${document.info.title}`,
    `> ${document.info.summary}`,
    `Version ${document.info.version}. The client for TypeScript is the npm package angelcam-client; each operation is a method of it.
Every file named here is Markdown. The file of an operation is complete: parameters, fields, responses, examples, and samples in TypeScript, curl and Python.`,
    "## Guides",
    guides.map((guide) => `- [${guide.title}](guides/${guide.name}.md): ${firstSentence(summaryOf(guide))}`).join("\n"),
    ...sections,
    "## Optional",
    `- [Everything in one file](llms-full.txt)
- [The OpenAPI document](openapi.json): for programs
- [Index of the operations](operations/index.md)
${operations
  .filter(({ operation }) => operation.deprecated)
  .map(entry)
  .join("\n")}`,
  ]);
}

function llmsFullText(content: Content): string {
  const { document, guides, chapters, schemas } = content;
  const rewritten = (text: string, from = "") =>
    rewriteLinks(content, text, from, (target) =>
      target.kind === "schema" ? `#schema/${target.name}` : addressOf(target, "md"),
    );
  const chapterText = ({ title, text, operations }: Chapter) =>
    blocks([
      `# ${title}`,
      text,
      ...operations.map((place) => operationText(document, place, "linked", 2).trimEnd()),
    ]).trimEnd();
  return blocks([
    `# ${document.info.title}`,
    `> ${document.info.summary}`,
    `Version ${document.info.version}.`,
    ...guides.map(({ title, text, name }) => rewritten(`# ${title}\n\n${text}`, name)),
    ...chapters.map((chapter) => rewritten(chapterText(chapter))),
    "# Schemas",
    ...schemas.map((name) => rewritten(schemaText(document, name, 2).trimEnd())),
  ]);
}

/** Method and path. */
function requestOf({ isWebhook, method, path }: DocsOperation): string {
  return isWebhook ? "webhook" : code(`${method} ${path}`);
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}
