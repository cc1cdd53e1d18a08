import { addressOf, type LinkTarget } from "../content/links.ts";

/** The page of the API reference. */
export const REFERENCE = "reference.html";

/** The address of something in the API reference; guides and schemas have pages of their own. */
export function referenceAddress(target: LinkTarget): string {
  if (target.kind === "operation") return `${REFERENCE}#/${target.chapter.id}/${target.operation.id.toLowerCase()}`;
  if (target.kind === "chapter") return `${REFERENCE}#/${target.chapter.id}`;
  return addressOf(target, "html");
}
