import type { Content } from "../content/content.ts";
import { rootOf } from "../content/guides.ts";
import { addressOf, type LinkTarget, REFERENCE } from "../content/links.ts";
import { escapeHtml } from "./html.ts";
import { contentSecurityPolicy, sha256 } from "./policy.ts";

/** A page of the site. */
export interface SitePage {
  /** Its path from the folder of the docs, such as `guides/limits.html`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** The content of `<main>`, and what is beside it. Redoc has a `<main>` of its own. */
  readonly main: string;
  readonly aside?: string;
  /** Added to `<body>` as a class. */
  readonly kind: "start" | "text" | "playground" | "reference";
  /** Directives that the policy needs beside those of every page. */
  readonly policy?: Readonly<Record<string, string>>;
  /** Elements of `<head>` beside those of every page. */
  readonly head?: string;
}

/** The mark of the site: the lens of a camera, with wings. */
const MARK =
  '<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><path fill="currentColor" d="M1 9c6 0 8 3 9 7-1 4-3 7-9 7 3-4 3-10 0-14zm30 0c-6 0-8 3-9 7 1 4 3 7 9 7-3-4-3-10 0-14z"/><circle cx="16" cy="16" r="8" fill="currentColor"/><circle cx="16" cy="16" r="4.4" fill="#fff"/><circle cx="16" cy="16" r="2.3" fill="#0b5c73"/></svg>';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  MARK.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').replaceAll("currentColor", "#0b7285"),
)}`;

/**
 * Chooses the colours before the first paint. The key is Redoc's own. Redoc shows nothing where the browser blocks storage,
 * so there it gets one that keeps nothing.
 */
const THEME_SCRIPT = `try{var m=localStorage.getItem("redoc.colorMode")}catch(e){
for(var s of["localStorage","sessionStorage"])Object.defineProperty(window,s,{value:{getItem(){return null},setItem(){},removeItem(){}}})}
if(m!=="light"&&m!=="dark")m=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"
document.documentElement.classList.add(m)`;

/** The source that allows the script that chooses the colours. */
export const HEAD_SCRIPT_SOURCE = sha256(THEME_SCRIPT);

/** A whole page: header with search, content, menu. The content comes before the menu, so that Tab reaches it first. */
export function renderPage(content: Content, page: SitePage): string {
  const policy = contentSecurityPolicy({
    "script-src": `'self' ${HEAD_SCRIPT_SOURCE}`,
    "style-src": "'self'",
    "img-src": "'self' data:",
    ...page.policy,
  });
  const site = content.document.info.title;
  const up = upFrom(page.path);
  const tag = page.kind === "reference" ? "div" : "main";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(page.title === site ? site : `${page.title} · ${site}`)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${up}assets/site.css">
<script>${THEME_SCRIPT}</script>
<script defer src="${up}assets/site.js"></script>
${page.head ?? ""}
</head>
<body class="${page.kind}">
${headerOf(content, page.path)}
<div class="frame">
<${tag} id="content" tabindex="-1">
${page.main}
</${tag}>
${page.aside ?? ""}
${menuOf(content, page.path)}
</div>
</body>
</html>
`;
}

/** The header of every page: skip link, name, places, search. */
function headerOf({ document }: Content, path: string): string {
  const up = upFrom(path);
  const place = (href: string, text: string, isHere: boolean) =>
    `<a href="${up}${href}"${isHere ? ' aria-current="true"' : ""}>${text}</a>`;
  return `<a class="skip button" href="#content">Skip to the content</a>
<p class="skip announce" role="status"></p>
<header class="top row" data-up="${up}">
<a class="brand row" href="${up}index.html">${MARK}<span>${escapeHtml(document.info.title)}</span></a>
<nav aria-label="Main">
${place("guides/quick-start.html", "Guides", path.startsWith("guides/"))}
${place(REFERENCE, "API reference", /^(reference|operations|schemas)\b/.test(path))}
${place("playground.html", "Playground", path === "playground.html")}
</nav>
<button class="theme button" type="button" hidden></button>
<button class="open-menu button" type="button" popovertarget="menu">Menu</button>
<form class="search" role="search" hidden>
<input id="search" placeholder="Search" aria-label="Search the docs" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="hits" aria-autocomplete="list">
<div id="hits" role="listbox" aria-label="Search results" tabindex="-1" hidden></div>
</form>
</header>`;
}

/** The menu of all guides and operations. */
function menuOf(content: Content, path: string): string {
  const up = upFrom(path);
  const link = (target: LinkTarget, html: string) => {
    const address = addressOf(target, "html");
    // Without JavaScript an entry leads to the page of the operation, otherwise to its section of the reference.
    const reference = target.kind === "operation" ? ` data-reference="${up}${addressOf(target, "reference")}"` : "";
    return `<a href="${up}${address}"${reference}${address === path ? ' aria-current="page"' : ""}>${html}</a>`;
  };
  const roots = content.guides.filter(({ name }) => rootOf(name) === name);
  const groups = [...new Set(roots.map(({ group }) => group))].map((group) => {
    const names = roots.filter((guide) => guide.group === group).map(({ name }) => name);
    // The pages below a guide are listed where one of them, or the guide, is open.
    const shown = content.guides.filter(
      ({ name }) => names.includes(name) || (names.includes(rootOf(name)) && path.startsWith(`guides/${rootOf(name)}`)),
    );
    const entries = shown.map((guide) => {
      const level = guide.name === rootOf(guide.name) ? 2 : 3;
      return `<li class="level-${level}">${link({ kind: "guide", guide, anchor: "" }, escapeHtml(guide.title))}</li>`;
    });
    return `<p>${escapeHtml(group)}</p>\n<ul>\n${entries.join("\n")}\n</ul>`;
  });
  const parts = content.parts.map(({ title, chapters }) => {
    const sections = chapters.map((chapter) => {
      const entries = chapter.operations.map((operation) => {
        const method = operation.isWebhook ? "hook" : operation.method.toLowerCase();
        const html = `${escapeHtml(operation.title)} <small class="${method}">${method}</small>`;
        return `<li>${link({ kind: "operation", operation }, html)}</li>`;
      });
      const isOpen = chapter.operations.some(({ id }) => path === `operations/${id}.html`);
      return `<details data-tag="${chapter.id}"${isOpen ? " open" : ""}><summary>${escapeHtml(chapter.title)}</summary>\n<ul>\n${entries.join("\n")}\n</ul></details>`;
    });
    return `<p>${escapeHtml(title)}</p>\n${sections.join("\n")}`;
  });
  return `<nav class="menu" id="menu" popover aria-label="Contents">
<button class="close-menu button" type="button" popovertarget="menu" popovertargetaction="hide">Close</button>
${groups.join("\n")}
<p class="divider">API reference</p>
${parts.join("\n")}
<p>More</p>
<ul><li><a href="${up}changes.html">Change log</a></li><li><a href="${up}files.html">Files and versions</a></li></ul>
</nav>`;
}

/** `../` for each folder of the path. */
export function upFrom(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}
