import type { PlacedOperation } from "../sample-request.ts";
import { type Chapter, chaptersOf, type Part } from "./outline.ts";

/** What a link within the documentation leads to. A heading is a slug. */
export type LinkTarget =
  | { readonly kind: "chapter"; readonly chapter: Chapter; readonly heading?: string }
  | { readonly kind: "operation"; readonly operation: PlacedOperation }
  | { readonly kind: "schema"; readonly name: string };

/**
 * Reads the links that guides and descriptions use: `#tag/sign-in`, `#operation/cameras.list`,
 * `#section/Quick-start/With-curl`, and the page's own, such as `#/cameras/cameras.list`.
 */
export class Links {
  readonly #chapters: readonly Chapter[];
  readonly #schemas: ReadonlySet<string>;

  constructor(parts: readonly Part[], schemas: readonly string[]) {
    this.#chapters = chaptersOf(parts);
    this.#schemas = new Set(schemas);
  }

  /**
   * @param href What stands behind the text of a link.
   * @returns Undefined for a link that leads out of the documentation, or to a file of it.
   * @throws Error for a link that leads nowhere.
   */
  find(href: string): LinkTarget | undefined {
    if (!href.startsWith("#")) return undefined;
    const [kind = "", ...rest] = href.slice(1).split("/").map(decodeURIComponent);
    const target = this.#target(kind, rest);
    if (!target) throw new Error(`The docs have a link to ${href}, which leads nowhere`);
    return target;
  }

  /** Writes every link of a Markdown text anew. What stands in a code block is none. */
  rewrite(markdown: string, write: (target: LinkTarget) => string, writeFile = (href: string) => href): string {
    const pieces = markdown.split(/(^```[\s\S]*?^```$)/m);
    const pattern = /\]\(([^()\s]+)\)/g;
    const rewritten = pieces.map((piece, index) =>
      index % 2 === 1
        ? piece
        : piece.replace(pattern, (_, href: string) => {
            const target = this.find(href);
            if (target) return `](${write(target)})`;
            return `](${/^[a-z]+:/.test(href) ? href : writeFile(href)})`;
          }),
    );
    return rewritten.join("");
  }

  #target(kind: string, [name = "", ...rest]: readonly string[]): LinkTarget | undefined {
    if (kind === "schema") return this.#schemas.has(name) ? { kind, name } : undefined;
    if (kind !== "operation") return this.#chapter([name, ...rest]);
    const operation = this.#chapters.flatMap(({ operations }) => operations).find(({ id }) => id === name);
    return operation && { kind, operation };
  }

  #chapter([name = "", second, ...rest]: readonly string[]): LinkTarget | undefined {
    if (name === "section") return this.#chapter([second ?? "", ...rest]);
    const chapter = this.#chapters.find(({ id, title }) => id === name || slug(title) === slug(name));
    if (!chapter || second === undefined) return chapter && { kind: "chapter", chapter };
    const operation = chapter.operations.find(({ id }) => id === second);
    if (operation) return { kind: "operation", operation };
    const wanted = slug([second, ...rest].at(-1) ?? "");
    const heading = headingsOf(chapter.text).find((known) => known === wanted);
    return heading === undefined ? undefined : { kind: "chapter", chapter, heading };
  }
}

/** `try-it-without-an-account` for `Try it without an account`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/[\s-]+/g, "-");
}

function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => slug(text));
}
