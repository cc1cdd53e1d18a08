import GithubSlugger from "github-slugger";
import { Marked, type Tokens } from "marked";
import { bundledLanguagesInfo, createCssVariablesTheme, createHighlighter } from "shiki";
import { plainText } from "../content/guides.ts";
import { escapeHtml } from "./html.ts";

/** The languages of code blocks. Shiki knows their names, and other names for them. */
const LANGUAGES = bundledLanguagesInfo.filter(({ id }) =>
  ["typescript", "tsx", "shellscript", "python", "html", "yaml", "json", "http"].includes(id),
);

const THEME = createCssVariablesTheme({ name: "variables", variablePrefix: "--code-" });
const highlighter = await createHighlighter({ themes: [THEME], langs: LANGUAGES.map(({ id }) => id) });

/** Titles of a last column that has long texts: it gets half of the table, and the other columns are not broken. */
const LONG_COLUMNS = ["Meaning", "Request"];

/** A heading of the second or third level. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly html: string;
}

/**
 * The address of the playground for the TypeScript block of this number, from 1 on; undefined for a block that cannot be
 * run there.
 */
export type RunAddress = (block: number, code: string) => string | undefined;

/** Renders Markdown: an anchor for every heading, highlighted code, tables that can be read on a phone. */
export function renderMarkdown(markdown: string, runAddress: RunAddress = () => undefined) {
  const headings: Heading[] = [];
  const slugger = new GithubSlugger();
  let block = 0;
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slugger.slug(plainText(text));
        const html = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${html}</h1>\n`;
        if (depth < 4) headings.push({ level: depth, id, html });
        return `<h${depth} id="${id}">${html} <a class="anchor" href="#${id}" aria-label="Link to this section">#</a></h${depth}>\n`;
      },
      code({ text, lang = "" }) {
        if (lang === "ts") block++;
        return codeBlock(text, lang, lang === "ts" ? runAddress(block, text) : undefined);
      },
      table(token: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: "th" | "td") =>
          `<tr>${cells
            .map(({ tokens }, index) => {
              // On a phone each row is a block, and all but its first cell show the titles of their columns.
              const label = index === 0 || tag === "th" ? "" : (token.header[index]?.text.replaceAll("`", "") ?? "");
              const attribute = label === "" ? "" : ` data-label="${escapeHtml(label)}"`;
              return `<${tag}${attribute}>${this.parser.parseInline(tokens)}</${tag}>`;
            })
            .join("")}</tr>`;
        const head = token.header.some(({ text }) => text !== "") ? `<thead>${row(token.header, "th")}</thead>` : "";
        const fields = LONG_COLUMNS.includes(token.header.at(-1)?.text ?? "") ? ' class="fields"' : "";
        return `<table${fields}>${head}<tbody>\n${token.rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody></table>\n`;
      },
    },
  });
  return { html: marked.parse(markdown, { async: false }), headings };
}

/** A code block with its language and, where it can be run, a link to the playground. */
export function codeBlock(code: string, language: string, run?: string): string {
  const known = LANGUAGES.find(({ id, aliases = [] }) => id === language || aliases.includes(language));
  const label = known?.name ?? "";
  const link = run === undefined ? "" : `<a class="run button" href="${escapeHtml(run)}">▶ Run</a>`;
  const text = known ? highlight(code, known.id) : escapeHtml(code);
  return `<div class="code" data-language="${label}"><div class="bar row"><small>${label}</small>${link}</div><pre tabindex="0"><code>${text}\n</code></pre></div>\n`;
}

/** Each token is a span whose class is the kind of the token, so that the policy needs no inline styles. */
function highlight(code: string, language: string): string {
  // By default Shiki gives up on a line after half a second, which a busy machine needs for the first one.
  const options = { lang: language as "json", theme: THEME.name ?? "", tokenizeTimeLimit: 0 };
  const { tokens } = highlighter.codeToTokens(code, options);
  const html = tokens
    .map((line) =>
      line
        .map(({ content, color = "" }) => {
          const [, kind] = /^var\(--code-token-([\w-]+)\)$/.exec(color) ?? [];
          return kind === undefined ? escapeHtml(content) : `<span class="${kind}">${escapeHtml(content)}</span>`;
        })
        .join(""),
    )
    .join("\n");
  // Redoc drops white space between elements, so it goes into the element before it.
  return html.replaceAll(/<\/span>(\s+)/g, "$1</span>");
}
