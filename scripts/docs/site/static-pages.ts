import { contentSecurityPolicy, sha256 } from "../policy.ts";
import { contents } from "./contents.ts";
import { escapeHtml, type HtmlOptions, html } from "./html.ts";
import { Links, type LinkTarget } from "./links.ts";
import { operationText } from "./operation-text.ts";
import { type Chapter, type DocsDocument, outline } from "./outline.ts";
import { schemaNames, schemaText } from "./schema-text.ts";

/**
 * The whole documentation on one plain page that needs no JavaScript: to read, to search with the browser, to print.
 *
 * @param document The document with its code samples.
 * @param style The style sheet.
 */
export function referencePage(document: DocsDocument, style: string): string {
  const parts = outline(document);
  const links = new Links(parts, schemaNames(document));
  const schemaLink = (name: string) => `#schema/${name}`;
  const render = (markdown: string, options: HtmlOptions) => html(links.rewrite(markdown, anchorOf), options);
  const chapter = ({ id, title, text, operations }: Chapter) => `<section>
<h2 id="tag/${id}"><a href="#tag/${id}">${escapeHtml(title)}</a></h2>
${render(text, { anchor: `tag/${id}`, hasTitle: false, deeper: 1 })}
${operations
  .map((place) => {
    const text = operationText(document, place, { level: 3, schemaLink });
    return `<article>\n${render(text, { anchor: `operation/${place.id}`, hasTitle: true })}</article>`;
  })
  .join("\n")}
</section>`;
  const schemas = schemaNames(document).map(
    (name) =>
      `<article>\n${render(schemaText(document, name, 3, schemaLink), { anchor: `schema/${name}`, hasTitle: true })}</article>`,
  );
  const { title, version, summary = "" } = document.info;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}: reference</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
<p>Version ${escapeHtml(version)}. Everything on one page, to read, to search and to print. <a href="index.html">The page with a menu and search</a> says the same.</p>
</header>
${contents(parts)}
<main id="content" tabindex="-1">
${parts.map(({ title: part, chapters }) => `<p class="part">${escapeHtml(part)}</p>\n${chapters.map(chapter).join("\n")}`).join("\n")}
<section>
<h2 id="schemas"><a href="#schemas">Schemas</a></h2>
${schemas.join("\n")}
</section>
</main>
</body>
</html>
`;
}

function policyFor(style: string): string {
  return contentSecurityPolicy({ "style-src": sha256(style), "img-src": "data:" });
}

/** Where something stands on the page. */
function anchorOf(target: LinkTarget): string {
  if (target.kind === "operation") return `#operation/${target.operation.id}`;
  if (target.kind === "schema") return `#schema/${target.name}`;
  return `#tag/${target.chapter.id}${target.heading === undefined ? "" : `/${target.heading}`}`;
}
