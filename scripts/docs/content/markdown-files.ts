import type { PlacedOperation } from "../../shared/sample-request.ts";
import { code, table } from "./cells.ts";
import { plainText, summaryOf } from "./guides.ts";
import { addressOf, Links } from "./links.ts";
import { operationLinks } from "./operation-links.ts";
import { operationText } from "./operation-text.ts";
import { type Chapter, type Content, chaptersOf, isWebhook } from "./outline.ts";
import { schemaNames, schemaText } from "./schema-text.ts";

/**
 * The docs as Markdown: a file for each guide and operation, an index of the operations, `llms.txt` and `llms-full.txt`.
 *
 * @param content The document has its code samples.
 * @returns The text of each file by its path, such as `operations/cameras.list.md`.
 */
export function markdownFiles(content: Content): Map<string, string> {
  const operations = chaptersOf(content.parts).flatMap((chapter) => chapter.operations);
  return new Map([
    ...content.guides.map(({ name }) => [`guides/${name}.md`, guideMarkdown(content, name)] as const),
    ...operations.map((place) => [`operations/${place.id}.md`, operationMarkdown(content, place)] as const),
    ["operations/index.md", operationIndex(content, "md")],
    ["llms.txt", llmsText(content)],
    ["llms-full.txt", llmsFullText(content)],
  ]);
}

/** A guide with its title. Links lead to the Markdown files. */
export function guideMarkdown(content: Content, name: string): string {
  const guide = content.guides.find((known) => known.name === name);
  if (!guide) throw new Error(`There is no guide ${name}`);
  const up = "../".repeat(name.split("/").length);
  const text = new Links(content).rewrite(guide.text, name, (target) => up + addressOf(target, "md"));
  return `# ${guide.title}\n\n${text}\n`;
}

/** An operation as a page of Markdown. The fields of named schemas are listed in place. */
function operationMarkdown(content: Content, place: PlacedOperation): string {
  const text = `${operationText(content.document, place, { level: 1 })}${seeAlso(content, place)}`;
  return new Links(content).rewrite(text, "", (target) => `../${addressOf(target, "md")}`);
}

/** The guides and the helper of an operation, as a section of Markdown; empty where there is none. */
export function seeAlso(content: Content, { id }: PlacedOperation): string {
  const { helper, guides = [] } = operationLinks(content).get(id) ?? {};
  if (guides.length === 0) return "";
  const tip = helper ? `Use \`${helper.name}\` of the client: it does this and more. ` : "";
  return `\n**See also:** ${tip}${guides.map(({ title, name }) => `[${title}](${name}.md)`).join(", ")}.\n`;
}

/** A table of the operations for each chapter. */
export function operationIndex(content: Content, extension: "html" | "md"): string {
  const links = new Links(content);
  const chapters = chaptersOf(content.parts).map(({ title, text, operations }) => {
    const rows = operations.map((place) => [
      `[${place.operation.summary ?? place.id}](#operation/${place.id})${place.operation.deprecated ? " (deprecated)" : ""}`,
      code(place.id),
      isWebhook(place) ? "webhook" : code(`${place.method} ${place.path}`),
    ]);
    return [`## ${title}`, text, ...table(["Operation", "Method of the client", "Request"], rows)].join("\n\n");
  });
  const text = `# Operations\n\n${chapters.join("\n\n")}\n`;
  return links.rewrite(text, "", (target) => `../${addressOf(target, extension)}`);
}

/** `llms.txt` after https://llmstxt.org: the list of what there is to read. */
function llmsText(content: Content): string {
  const { title, summary = "", version } = content.document.info;
  const guides = content.guides.map(
    (guide) => `- [${guide.title}](guides/${guide.name}.md): ${firstSentence(summaryOf(guide))}`,
  );
  const chapters = chaptersOf(content.parts);
  const sections = chapters
    .map((chapter) => ({ chapter, current: chapter.operations.filter(({ operation }) => !operation.deprecated) }))
    .filter(({ current }) => current.length > 0)
    .map(({ chapter, current }) => `## ${chapter.title}\n\n${current.map(operationEntry).join("\n")}`);
  const deprecated = chapters.flatMap(({ operations }) => operations).filter(({ operation }) => operation.deprecated);
  return `# ${title}

> ${summary}

Version ${version}. The client for TypeScript is the npm package angelcam-client; each operation is a method of it.
Every file named here is Markdown. The file of an operation is complete: parameters, fields, responses, examples, and samples in TypeScript, curl and Python.

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

function llmsFullText(content: Content): string {
  const { document, guides, parts } = content;
  const { title, summary = "", version } = document.info;
  const links = new Links(content);
  const schemaLink = (name: string) => `#schema/${name}`;
  const rewritten = (text: string, from = "") =>
    links.rewrite(text, from, (target) =>
      target.kind === "schema" ? schemaLink(target.name) : addressOf(target, "md"),
    );
  const chapter = ({ title: name, text, operations }: Chapter) => [
    `# ${name}`,
    text,
    ...operations.map((place) => operationText(document, place, { level: 2, schemaLink }).trimEnd()),
  ];
  const blocks = [
    `# ${title}\n\n> ${summary}\n\nVersion ${version}.`,
    ...guides.map((guide) => rewritten(`# ${guide.title}\n\n${guide.text}`, guide.name)),
    ...chaptersOf(parts)
      .flatMap(chapter)
      .map((text) => rewritten(text)),
    "# Schemas",
    ...schemaNames(document).map((name) => rewritten(schemaText(document, name, 2, schemaLink).trimEnd())),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function operationEntry({ id, method, path, operation }: PlacedOperation): string {
  const request = path.startsWith("/") ? `\`${method} ${path}\`` : "webhook";
  return `- [${plainText(operation.summary ?? id)}](operations/${id}.md): ${request}${operation.deprecated ? ", deprecated" : ""}`;
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}
