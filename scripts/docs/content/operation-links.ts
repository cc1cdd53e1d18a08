import { type Guide, rootOf } from "./guides.ts";
import { type Content, chaptersOf } from "./outline.ts";

/** The most guides that an operation links to. */
const MOST_GUIDES = 3;

/** Links between an operation and the guides, found in the code and the links of the guides. */
export interface OperationLinks {
  /** The function of the client that does the same and more, with the guide that explains it. */
  readonly helper?: { readonly name: string; readonly guide: Guide };
  /** The guides that use the operation, the one that uses it most first. */
  readonly guides: readonly Guide[];
}

/** For every operation id the guides and the helper that belong to it. */
export function operationLinks({ guides, parts }: Content): Map<string, OperationLinks> {
  const ids = chaptersOf(parts).flatMap(({ operations }) => operations.map(({ id }) => id));
  const uses = guides.map((guide) => ({ guide, counts: countOperations(guide, ids) }));
  return new Map(
    ids.map((id) => {
      const explaining = guides.find(({ helpers }) => helpers[id] !== undefined);
      const name = explaining?.helpers[id];
      const using = uses
        .map(({ guide, counts }) => ({ guide, count: counts.get(id) ?? 0 }))
        .filter(({ count, guide }) => count > 0 && guide !== explaining && rootOf(guide.name) === guide.name)
        .toSorted((one, other) => other.count - one.count)
        .map(({ guide }) => guide);
      const found = [...(explaining ? [explaining] : []), ...using].slice(0, MOST_GUIDES);
      return [id, { ...(explaining && name ? { helper: { name, guide: explaining } } : {}), guides: found }];
    }),
  );
}

/** The operations that a guide calls, links to or explains a helper for, in the order of the document. */
export function operationsIn(guide: Guide, ids: readonly string[]): string[] {
  const counts = countOperations(guide, ids);
  return ids.filter((id) => counts.has(id) || guide.helpers[id] !== undefined);
}

function countOperations({ text }: Guide, ids: readonly string[]): Map<string, number> {
  const known = new Set(ids);
  const counts = new Map<string, number>();
  for (const [, called, named] of text.matchAll(/\bangelcam\.([\w.]+)\(|(?:#operation\/|`)([\w.]+)/g)) {
    const id = called ?? named ?? "";
    if (known.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
