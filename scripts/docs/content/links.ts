import { slug } from "github-slugger";
import type { Content, DocsOperation } from "./content.ts";
import { type Guide, sectionsOf } from "./guides.ts";

/** The target of a link within the docs. */
export type LinkTarget =
  | { readonly kind: "guide"; readonly guide: Guide; readonly anchor: string }
  | { readonly kind: "chapter"; readonly id: string; readonly title: string }
  | { readonly kind: "operation"; readonly operation: DocsOperation }
  | { readonly kind: "schema"; readonly name: string };

/** The kind of target: a page that needs no JavaScript, a Markdown file, or a section of the API reference. */
export type LinkForm = "html" | "md" | "reference";

/** The page of the API reference. */
export const REFERENCE = "reference.html";

/**
 * Replaces the links of guides and descriptions: `limits.md#retry-after` to a guide, `#operation/cameras.list`,
 * `#tag/cameras` and `#schema/Camera` to the reference. Code blocks stay as they are.
 *
 * @param from The name of the guide that the text is in, for relative links; empty for another text.
 * @param write Returns the new target.
 * @throws Error for a link to a place of the docs that does not exist.
 */
export function rewriteLinks(
  content: Content,
  markdown: string,
  from: string,
  write: (target: LinkTarget) => string,
): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$|\]\(([^()\s]+)\)/gm, (link, href: string | undefined) => {
    const reference = /^#(operation|tag|schema)\/(.+)$/.exec(href ?? "");
    const guide = /^(?!$)([^:#?]+\.md)?(?:#(.+))?$/.exec(href ?? "");
    if (!reference && !guide) return link;
    const target = reference ? findReference(content, reference) : guide && findGuide(content, guide, from);
    if (!target) throw new Error(`The docs link to ${href}, which does not exist`);
    return `](${write(target)})`;
  });
}

function findGuide({ guides }: Content, [, file, anchor = ""]: RegExpExecArray, from: string): LinkTarget | undefined {
  const name = file === undefined ? from : new URL(file.slice(0, -3), `file:///${from}`).pathname.slice(1);
  const guide = guides.find((known) => known.name === name);
  const isKnown = anchor === "" || (guide && sectionsOf(guide).some((section) => section.anchor === anchor));
  return guide && isKnown ? { kind: "guide", guide, anchor } : undefined;
}

function findReference(content: Content, [, kind, name = ""]: RegExpExecArray): LinkTarget | undefined {
  if (kind === "schema") return content.document.components?.schemas?.[name] ? { kind, name } : undefined;
  const chapter = content.chapters.find(({ id }) => id === name);
  if (kind === "tag") return chapter && { ...chapter, kind: "chapter" };
  const operation = content.operations.find(({ id }) => id === name);
  return operation && { kind: "operation", operation };
}

/** The address of a page, from the folder of the docs. Guides and schemas are not in the API reference. */
export function addressOf(target: LinkTarget, form: LinkForm): string {
  const extension = form === "md" ? "md" : "html";
  if (target.kind === "guide") return `guides/${target.guide.name}.${extension}${target.anchor && `#${target.anchor}`}`;
  if (target.kind === "schema") return form === "md" ? "openapi.json" : `schemas/${target.name}.html`;
  if (target.kind === "chapter") {
    return form === "reference" ? `${REFERENCE}#/${target.id}` : `operations/index.${extension}#${slug(target.title)}`;
  }
  const { id, operation } = target.operation;
  return form === "reference"
    ? `${REFERENCE}#/${operation.tags?.[0]}/${id.toLowerCase()}`
    : `operations/${id}.${extension}`;
}
