import { type Guide, plainText, summaryOf } from "../content/guides.ts";
import { addressOf, Links } from "../content/links.ts";
import { guideMarkdown, operationIndex, seeAlso } from "../content/markdown-files.ts";
import { operationsIn } from "../content/operation-links.ts";
import { operationText } from "../content/operation-text.ts";
import { type Content, chaptersOf } from "../content/outline.ts";
import { schemaNames, schemaText } from "../content/schema-text.ts";
import { blockAddress, isRunnable } from "../playground/programs.ts";
import { referenceAddress } from "./addresses.ts";
import { escapeHtml } from "./html.ts";
import { type Heading, renderMarkdown } from "./markdown.ts";
import { renderPage, type SitePage, upFrom } from "./shell.ts";

/** Every static page by its path: guides, operations and schemas. All of them can be read without JavaScript. */
export function staticPages(content: Content): Map<string, string> {
  const operations = chaptersOf(content.parts).flatMap((chapter) => chapter.operations);
  const pages = [
    ...content.guides.map((guide) => guidePage(content, guide)),
    ...operations.map(({ id }) => operationPage(content, id)),
    ...schemaNames(content.document).map((name) => schemaPage(content, name)),
    textPage(content, "operations/index.html", operationIndex(content, "html"), "Every operation of the Angelcam API."),
  ];
  return new Map(pages.map((page) => [page.path, renderPage(content, page)]));
}

/** A page made from Markdown, such as the change log. */
export function textPage(content: Content, path: string, markdown: string, description: string): SitePage {
  const { html, headings } = renderMarkdown(markdown);
  const title = plainText(/^# (.+)$/m.exec(markdown)?.[1] ?? content.document.info.title);
  return { path, title, description, kind: "static", main: html, aside: outlineOf(headings) };
}

function guidePage(content: Content, guide: Guide): SitePage {
  const path = `guides/${guide.name}.html`;
  const up = upFrom(path);
  const text = new Links(content).rewrite(guide.text, guide.name, (target) => up + referenceAddress(target));
  const { html, headings } = renderMarkdown(text, (block, code) =>
    isRunnable(code) ? `${up}${blockAddress(guide.name, block)}` : undefined,
  );
  const markdown = guideMarkdown(content, guide.name);
  const file = `${guide.name.split("/").at(-1)}.md`;
  const main = `<p class="crumbs">${escapeHtml(guide.group)}</p>
<h1>${escapeHtml(guide.title)}</h1>
<p class="actions row"><button type="button" class="copy-page button" hidden>Copy as Markdown</button> <a href="${file}">View as Markdown</a></p>
${html}
${operationList(content, guide)}
${neighbours(content, guide)}
<template id="markdown">${escapeHtml(markdown)}</template>`;
  return { path, title: guide.title, description: summaryOf(guide), kind: "guide", main, aside: outlineOf(headings) };
}

/** The operations that the guide uses, with links to the reference. */
function operationList({ parts }: Content, guide: Guide): string {
  const chapters = chaptersOf(parts);
  const ids = operationsIn(
    guide,
    chapters.flatMap(({ operations }) => operations).map(({ id }) => id),
  );
  if (ids.length === 0) return "";
  const up = upFrom(`guides/${guide.name}`);
  const items = chapters.flatMap((chapter) =>
    chapter.operations
      .filter(({ id }) => ids.includes(id))
      .map((operation) => {
        const address = referenceAddress({ kind: "operation", operation, chapter });
        return `<li><a href="${up}${address}"><code>${operation.id}</code> ${escapeHtml(operation.operation.summary ?? "")}</a></li>`;
      }),
  );
  return `<h2 id="operations">Operations in this guide</h2>\n<ul>${items.join("\n")}</ul>`;
}

function neighbours({ guides }: Content, guide: Guide): string {
  const at = guides.indexOf(guide);
  const up = upFrom(`guides/${guide.name}`);
  const link = (other: Guide | undefined, rel: "prev" | "next", label: string) =>
    other === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${up}guides/${other.name}.html"><small>${label}</small>${escapeHtml(other.title)}</a>`;
  return `<nav class="cards" aria-label="Previous and next guide">${link(guides[at - 1], "prev", "Previous")}${link(guides[at + 1], "next", "Next")}</nav>`;
}

/** The operation without JavaScript; a link leads to the same operation in the reference. */
function operationPage(content: Content, id: string): SitePage {
  const path = `operations/${id}.html`;
  const chapter = chaptersOf(content.parts).find(({ operations }) => operations.some((known) => known.id === id));
  const operation = chapter?.operations.find((known) => known.id === id);
  if (!chapter || !operation) throw new Error(`No chapter holds ${id}`);
  const schemaLink = (name: string) => `#schema/${name}`;
  const text = `${operationText(content.document, operation, { level: 1, schemaLink })}${seeAlso(content, operation)}`;
  const links = new Links(content);
  const { html, headings } = renderMarkdown(links.rewrite(text, "", (target) => `../${addressOf(target, "html")}`));
  const address = referenceAddress({ kind: "operation", operation, chapter });
  const main = `<p class="crumbs">${escapeHtml(chapter.title)}</p>
${html}
<p class="actions row"><a href="../${address}">Open in the API reference</a> <a href="../playground.html#${id}">Run the sample</a> <a href="${id}.md">View as Markdown</a></p>`;
  const title = operation.operation.summary ?? id;
  const description = plainText(operation.operation.description ?? "").slice(0, 300);
  return { path, title, description, kind: "static", main, aside: outlineOf(headings) };
}

function schemaPage(content: Content, name: string): SitePage {
  const markdown = schemaText(content.document, name, 1, (other) => `#schema/${other}`);
  const users = chaptersOf(content.parts)
    .flatMap((chapter) => chapter.operations)
    .filter(({ operation }) => JSON.stringify(operation).includes(`"#/components/schemas/${name}"`))
    .map(({ id, operation }) => `- [${operation.summary ?? id}](#operation/${id})`);
  const used = users.length === 0 ? "" : `\n## Used by\n\n${users.join("\n")}\n`;
  const text = new Links(content).rewrite(`${markdown}${used}`, "", (target) => `../${addressOf(target, "html")}`);
  return textPage(content, `schemas/${name}.html`, text, `The fields of ${name} in the Angelcam API.`);
}

function outlineOf(headings: readonly Heading[]): string {
  if (headings.length < 2) return "";
  const items = headings.map(
    ({ level, id, html }) =>
      `<li class="level-${level}"><a href="#${id}">${html.replaceAll(/<\/?(a|code)\b[^>]*>/g, "")}</a></li>`,
  );
  return `<nav class="outline" aria-label="On this page"><p>On this page</p><ul>${items.join("")}</ul></nav>`;
}
