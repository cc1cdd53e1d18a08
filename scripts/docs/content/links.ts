import type { PlacedOperation } from "../../shared/sample-request.ts";
import { type Guide, sectionsOf } from "./guides.ts";
import { type Chapter, type Content, chaptersOf } from "./outline.ts";

/** The target of a link within the docs. */
export type LinkTarget =
  | { readonly kind: "guide"; readonly guide: Guide; readonly anchor: string }
  | { readonly kind: "chapter"; readonly chapter: Chapter }
  | { readonly kind: "operation"; readonly operation: PlacedOperation; readonly chapter: Chapter }
  | { readonly kind: "schema"; readonly name: string };

/**
 * Reads the links of guides and descriptions: `limits.md#retry-after` to a guide, `#operation/cameras.list`,
 * `#tag/cameras` and `#schema/Camera` to the reference.
 */
export class Links {
  readonly #content: Content;

  constructor(content: Content) {
    this.#content = content;
  }

  /**
   * Replaces the target of every link of a Markdown text. Code blocks stay as they are.
   *
   * @param from The name of the guide that the text is in, for relative links; empty for another text.
   * @param write Returns the new target.
   * @throws Error for a link to a place of the docs that does not exist.
   */
  rewrite(markdown: string, from: string, write: (target: LinkTarget) => string): string {
    const pieces = markdown.split(/(^```[\s\S]*?^```$)/m);
    return pieces
      .map((piece, index) =>
        index % 2 === 1
          ? piece
          : piece.replaceAll(/\]\(([^()\s]+)\)/g, (link, href: string) => {
              const target = this.#find(href, from);
              return target === undefined ? link : `](${write(target)})`;
            }),
      )
      .join("");
  }

  #find(href: string, from: string): LinkTarget | undefined {
    const reference = /^#(operation|tag|schema)\/(.+)$/.exec(href);
    const guideLink = /^([^:#?]+\.md)?(?:#(.+))?$/.exec(href);
    if (!reference && !guideLink) return undefined;
    const target = reference ? this.#reference(reference) : guideLink && this.#guide(guideLink, from);
    if (!target) throw new Error(`The docs link to ${href}, which does not exist`);
    return target;
  }

  #guide([, file = "", anchor = ""]: RegExpExecArray, from: string): LinkTarget | undefined {
    const name = file === "" ? from : new URL(file.slice(0, -3), `file:///${from}`).pathname.slice(1);
    const guide = this.#content.guides.find((known) => known.name === name);
    const isKnown = anchor === "" || (guide && sectionsOf(guide).some((section) => section.anchor === anchor));
    return guide && isKnown ? { kind: "guide", guide, anchor } : undefined;
  }

  #reference([, kind, name = ""]: RegExpExecArray): LinkTarget | undefined {
    const chapters = chaptersOf(this.#content.parts);
    if (kind === "schema") {
      return this.#content.document.components?.schemas?.[name] ? { kind, name } : undefined;
    }
    if (kind === "tag") {
      const chapter = chapters.find(({ id }) => id === name);
      return chapter && { kind: "chapter", chapter };
    }
    const chapter = chapters.find(({ operations }) => operations.some(({ id }) => id === name));
    const operation = chapter?.operations.find(({ id }) => id === name);
    return chapter && operation ? { kind: "operation", operation, chapter } : undefined;
  }
}

/** The address of a page, from the folder of the docs, as the kind of file that is asked for. */
export function addressOf(target: LinkTarget, extension: "html" | "md"): string {
  if (target.kind === "guide") return `guides/${target.guide.name}.${extension}${target.anchor && `#${target.anchor}`}`;
  if (target.kind === "operation") return `operations/${target.operation.id}.${extension}`;
  if (target.kind === "schema") return extension === "md" ? "openapi.json" : `schemas/${target.name}.html`;
  return `operations/index.${extension}#${slug(target.chapter.title)}`;
}

/** `try-it-without-an-account` for `Try it without an account`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\s-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}
