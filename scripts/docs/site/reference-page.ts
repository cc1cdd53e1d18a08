import { blocks } from "../content/cells.ts";
import { type Content, type DocsDocument, type DocsOperation, outline } from "../content/content.ts";
import { addressOf, REFERENCE, rewriteLinks } from "../content/links.ts";
import { seeAlso } from "../content/markdown-files.ts";
import { examplesOf, responsesOf } from "../content/parts.ts";
import { codeBlock } from "./markdown.ts";
import { sha256 } from "./policy.ts";
import { redoc } from "./redoc.ts";
import { HEAD_SCRIPT_SOURCE, renderPage } from "./shell.ts";

/**
 * The API reference: Redoc between the header and the menu of the site. The policy allows its scripts one by one, and no
 * request to another host. Redoc writes style attributes and style sheets at run time, so styles are allowed as such.
 *
 * @throws Error when the page that Redoc makes is not as expected: then a new version needs a look at what it does.
 */
export async function referencePage(content: Content): Promise<string> {
  const page = withoutEval(withoutRemoteLogo(await redoc(withSiteLinks(content))));
  if (page.includes("cdn.redoc.ly")) throw new Error("Redoc still names cdn.redoc.ly: look at what it loads there");
  if (!page.includes('"disableTelemetry":true')) throw new Error("Redoc does not switch its telemetry off");
  const [, styles, body] = /(<style data-styled=.*?<\/style>)\s*<\/head>\s*<body>(.*)<\/body>/s.exec(page) ?? [];
  if (!styles || !body) throw new Error("The page of Redoc has no styles, or no body");
  return renderPage(content, {
    path: REFERENCE,
    title: content.document.info.title,
    description: "Every operation of the Angelcam API.",
    kind: "reference",
    head: `${styles}\n<link rel="stylesheet" href="assets/redoc.css">`,
    main: `<noscript><p class="note">The interactive reference needs JavaScript. <a href="operations/index.html">The list of operations</a> leads to the same without.</p></noscript>${body}`,
    policy: {
      "script-src": ["'self'", HEAD_SCRIPT_SOURCE, ...scriptsOf(body).map(sha256)].join(" "),
      "style-src": "'self' 'unsafe-inline'",
      "font-src": "data:",
    },
  });
}

/** A copy of the document whose descriptions link to the pages of the site, to the guides and to the playground. */
function withSiteLinks(content: Content): DocsDocument {
  const document = structuredClone(content.document);
  for (const place of outline(document).operations) {
    place.operation.description = blocks([
      place.operation.description?.trim() ?? "",
      seeAlso(content, place),
      place.isWebhook ? "" : `[Run the sample in the playground](playground.html#${place.id})`,
      responseText(document, place),
    ]);
  }
  const text = rewriteLinks(content, JSON.stringify(document), "", (target) => addressOf(target, "reference"));
  return JSON.parse(text) as DocsDocument;
}

/** The first example of a successful response, so that it is seen without a click. */
function responseText(document: DocsDocument, place: DocsOperation): string {
  const success = responsesOf(document, place).find(([status]) => status.startsWith("2"));
  const [example] = Object.values(success?.[1].content ?? {}).flatMap((media) => examplesOf(document, media));
  if (!success || !example) return "";
  return `**Response ${success[0]}:**\n\n${codeBlock(JSON.stringify(example.value, null, 2), "json")}`;
}

/** The credit to Redocly loads its logo from their host; the name does the same. */
function withoutRemoteLogo(page: string): string {
  return replaceOnce(page, /\(0,\w+\.jsx\)\(`img`,\{alt:`redocly logo`[^}]*cdn\.redoc\.ly[^}]*\}\)/g, "`Redocly`");
}

/** The search of Redoc builds a worker from text. The site has a search of its own. */
function withoutEval(page: string): string {
  return replaceOnce(page, /try\{return \w+\._factory\?\?=Function\(\w+\),!0\}catch\{return!1\}/g, "return!1");
}

/** The text of every inline script. A script ends at the first end tag, also where its text quotes one. */
function scriptsOf(page: string): string[] {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].flatMap(([, text]) => text || []);
  if (scripts.length !== 2) throw new Error(`The page of Redoc has ${scripts.length} inline scripts, and not two`);
  return scripts;
}

function replaceOnce(page: string, pattern: RegExp, replacement: string): string {
  const count = page.match(pattern)?.length ?? 0;
  if (count !== 1)
    throw new Error(`The page of Redoc has ${count} places like ${pattern}, and exactly one is expected`);
  return page.replace(pattern, () => replacement);
}
