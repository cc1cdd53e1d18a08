import type { Content, DocsOperation } from "./content.ts";
import { type Guide, rootOf } from "./guides.ts";

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
export function operationLinks({ guides, operations }: Content): Map<string, OperationLinks> {
  const uses = guides.map((guide) => ({ guide, counts: countOperations(guide) }));
  return new Map(
    operations.map(({ id }) => {
      const explaining = guides.find(({ helpers }) => helpers[id] !== undefined);
      const name = explaining?.helpers[id];
      const using = uses
        .filter(({ guide, counts }) => counts.has(id) && guide !== explaining && rootOf(guide.name) === guide.name)
        .toSorted((one, other) => (other.counts.get(id) ?? 0) - (one.counts.get(id) ?? 0))
        .map(({ guide }) => guide);
      const found = [...(explaining ? [explaining] : []), ...using].slice(0, MOST_GUIDES);
      return [id, { ...(explaining && name ? { helper: { name, guide: explaining } } : {}), guides: found }];
    }),
  );
}

/** The operations that a guide calls, links to or explains a helper for, in the order of the menu. */
export function operationsIn(guide: Guide, { operations }: Content): DocsOperation[] {
  const counts = countOperations(guide);
  return operations.filter(({ id }) => counts.has(id) || guide.helpers[id] !== undefined);
}

/** How often a guide names each operation, and whatever else has the form of one. */
function countOperations({ text }: Guide): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, called, named] of text.matchAll(/\bangelcam\.([\w.]+)\(|(?:#operation\/|`)([\w.]+)/g)) {
    const id = called ?? named ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
