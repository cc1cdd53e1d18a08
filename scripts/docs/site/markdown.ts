import { Marked, type Tokens } from "marked";
import { slug } from "./links.ts";

/** How a piece of Markdown becomes a piece of the page. */
export interface HtmlOptions {
  /** The anchor of the piece. */
  readonly anchor: string;
  /** True where the first heading is the title of the piece, and so has that very anchor. */
  readonly hasTitle: boolean;
  /** How many levels its headings go down. */
  readonly deeper?: number;
}

/** Markdown as HTML, with an anchor at every heading. */
export function html(markdown: string, { anchor, hasTitle, deeper = 0 }: HtmlOptions): string {
  const used = new Map<string, number>();
  const idOf = (words: string): string => {
    const id = hasTitle && used.size === 0 ? anchor : `${anchor}/${slug(words)}`;
    const count = used.get(id) ?? 0;
    used.set(id, count + 1);
    return count === 0 ? id : `${id}-${count + 1}`;
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const level = Math.min(6, depth + deeper);
        const id = idOf(text.replaceAll("`", ""));
        return `<h${level} id="${escapeHtml(id)}"><a href="#${escapeHtml(encodeURI(id))}">${this.parser.parseInline(tokens)}</a></h${level}>\n`;
      },
      table(token: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: "th" | "td") =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("")}</tr>`;
        const isFields = token.header.at(-1)?.text === "Meaning";
        // A heading without words is no heading.
        const head = token.header.some(({ text }) => text !== "") ? `<thead>${row(token.header, "th")}</thead>` : "";
        return `<table${isFields ? ' class="fields"' : ""}>${head}<tbody>\n${token.rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody></table>\n`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/** Text that HTML shows as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
