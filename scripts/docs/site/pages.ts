import type { Content, DocsOperation } from "../content/content.ts";
import { type Guide, plainText, summaryOf } from "../content/guides.ts";
import { addressOf, rewriteLinks } from "../content/links.ts";
import { guideMarkdown, operationIndex, operationMarkdown } from "../content/markdown-files.ts";
import { schemaText } from "../content/schema-text.ts";
import { blockAddress, isRunnable } from "../playground/programs.ts";
import { escapeHtml } from "./html.ts";
import { type Heading, type RunAddress, renderMarkdown } from "./markdown.ts";
import { renderPage, type SitePage, upFrom } from "./shell.ts";

/** Every static page by its path: guides, operations and schemas. All of them can be read without JavaScript. */
export function staticPages(content: Content): Map<string, string> {
  const index = operationIndex(content, "html");
  const pages = [
    ...content.guides.map((guide) => guidePage(content, guide)),
    ...content.chapters.flatMap((chapter) =>
      chapter.operations.map((operation) => operationPage(content, operation, chapter.title)),
    ),
    ...content.schemas.map((name) => schemaPage(content, name)),
    textPage("operations/index.html", index, { description: "Every operation of the Angelcam API." }),
  ];
  return new Map(pages.map((page) => [page.path, renderPage(content, page)]));
}

/** The parts of a page of text beside its Markdown. */
interface TextPageParts {
  readonly description: string;
  readonly before?: string;
  readonly after?: string;
  readonly runAddress?: RunAddress;
}

/** A page made from Markdown, such as the change log. */
export function textPage(path: string, markdown: string, parts: TextPageParts): SitePage {
  const { description, before = "", after = "", runAddress } = parts;
  const { html, headings } = renderMarkdown(markdown, runAddress);
  const [, title = ""] = /^# (.+)$/m.exec(markdown) ?? [];
  const main = `${before}\n${html}\n${after}`;
  return { path, title: plainText(title), description, kind: "text", main, aside: outlineOf(headings) };
}

function guidePage(content: Content, guide: Guide): SitePage {
  const path = `guides/${guide.name}.html`;
  const up = upFrom(path);
  return textPage(path, guideMarkdown(content, guide, "reference"), {
    description: summaryOf(guide),
    before: topOf(
      guide.group,
      '<button type="button" class="copy-page button" hidden>Copy as Markdown</button>',
      `<a href="${guide.name.split("/").at(-1)}.md">View as Markdown</a>`,
    ),
    after: `${operationList(content, guide, up)}
${neighbours(content, guide, up)}
<template id="markdown">${escapeHtml(guideMarkdown(content, guide, "md"))}</template>`,
    runAddress: (block, code) => (isRunnable(code) ? `${up}${blockAddress(guide.name, block)}` : undefined),
  });
}

/** The operations that the guide uses or explains a helper for, with links to the reference. */
function operationList(content: Content, guide: Guide, up: string): string {
  const used = content.operations.filter(({ id }) => guide.mentions.has(id) || guide.helpers[id] !== undefined);
  const items = used.map((operation) => {
    const address = addressOf({ kind: "operation", operation }, "reference");
    return `<li><a href="${up}${address}"><code>${operation.id}</code> ${escapeHtml(operation.title)}</a></li>`;
  });
  if (items.length === 0) return "";
  return `<h2 id="operations">Operations in this guide</h2>\n<ul>${items.join("\n")}</ul>`;
}

function neighbours({ guides }: Content, guide: Guide, up: string): string {
  const at = guides.indexOf(guide);
  const link = (other: Guide | undefined, rel: "prev" | "next", label: string) =>
    other === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${up}guides/${other.name}.html"><small>${label}</small>${escapeHtml(other.title)}</a>`;
  return `<nav class="cards" aria-label="Previous and next guide">${link(guides[at - 1], "prev", "Previous")}${link(guides[at + 1], "next", "Next")}</nav>`;
}

/** The operation without JavaScript; a link leads to the same operation in the reference. */
function operationPage(content: Content, operation: DocsOperation, chapter: string): SitePage {
  const { id } = operation;
  return textPage(`operations/${id}.html`, operationMarkdown(content, operation, "html"), {
    description: plainText(operation.operation.description ?? "").slice(0, 300),
    before: topOf(
      chapter,
      `<a href="../${addressOf({ kind: "operation", operation }, "reference")}">Open in the API reference</a>`,
      `<a href="../playground.html#${id}">Run the sample</a>`,
      `<a href="${id}.md">View as Markdown</a>`,
    ),
  });
}

function schemaPage(content: Content, name: string): SitePage {
  const users = content.operations
    .filter(({ operation }) => JSON.stringify(operation).includes(`"#/components/schemas/${name}"`))
    .map(({ id, title }) => `- [${title}](#operation/${id})`);
  const used = users.length === 0 ? "" : `\n## Used by\n\n${users.join("\n")}\n`;
  const markdown = `${schemaText(content.document, name, 1)}${used}`;
  const text = rewriteLinks(content, markdown, "", (target) => `../${addressOf(target, "html")}`);
  return textPage(`schemas/${name}.html`, text, { description: `The fields of ${name} in the Angelcam API.` });
}

/** The group of the menu that a page is in, and what can be done with the page. */
function topOf(group: string, ...actions: readonly string[]): string {
  return `<p class="actions row"><small>${escapeHtml(group)}</small> ${actions.join(" ")}</p>`;
}

function outlineOf(headings: readonly Heading[]): string {
  if (headings.length < 2) return "";
  const items = headings.map(
    ({ level, id, html }) =>
      `<li class="level-${level}"><a href="#${id}">${html.replaceAll(/<\/?(a|code)\b[^>]*>/g, "")}</a></li>`,
  );
  return `<nav class="outline" aria-label="On this page"><p>On this page</p><ul>${items.join("")}</ul></nav>`;
}
