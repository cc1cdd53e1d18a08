import type { Content } from "./content.ts";
import { type Guide, rootOf } from "./guides.ts";

/** The most guides that an operation links to. */
const MOST_GUIDES = 3;

/** Links from an operation to the guides, found in the code and the links of the guides. */
export interface OperationLinks {
  /** The function of the client that does the same and more. The first guide explains it. */
  readonly helper: string | undefined;
  /** The guides that use the operation, the one that uses it most first. */
  readonly guides: readonly Guide[];
}

/** The guides and the helper that belong to an operation. */
export function operationLinks({ guides }: Content, id: string): OperationLinks {
  const explaining = guides.filter(({ helpers }) => helpers[id] !== undefined).slice(0, 1);
  const using = guides
    .filter((guide) => guide.mentions.has(id) && !explaining.includes(guide) && rootOf(guide.name) === guide.name)
    .toSorted((one, other) => (other.mentions.get(id) ?? 0) - (one.mentions.get(id) ?? 0));
  return { helper: explaining[0]?.helpers[id], guides: [...explaining, ...using].slice(0, MOST_GUIDES) };
}
