import { type Document, resolve, type Schema } from "../../generate/document.ts";

// Each branch of a `oneOf` has a field with a `const` of its own, such as `grant_type`. What that field holds says which
// branch was meant; the complaints of all the others are noise.

/** The field that tells the branches of a schema apart, and what it may hold. */
export interface Choice {
  readonly field: string;
  readonly branches: ReadonlyMap<unknown, Schema>;
}

/** The choice that a schema leaves; undefined where it leaves none. */
export function choiceOf(document: Document, reference: Schema): Choice | undefined {
  const branches = (resolve(document, reference).oneOf ?? []).map((branch) => resolve(document, branch));
  const [first] = branches;
  const field = Object.keys(first?.properties ?? {}).find((name) =>
    branches.every((branch) => constOf(document, branch, name) !== undefined),
  );
  if (field === undefined) return undefined;
  return { field, branches: new Map(branches.map((branch) => [constOf(document, branch, field), branch])) };
}

/** The branch that a value means; undefined where there is no choice, or where it means none. */
export function meantBranch(document: Document, schema: Schema, value: unknown): Schema | undefined {
  const choice = choiceOf(document, schema);
  return choice && value !== null && typeof value === "object"
    ? choice.branches.get((value as Record<string, unknown>)[choice.field])
    : undefined;
}

function constOf(document: Document, { properties }: Schema, name: string): unknown {
  const property = properties?.[name];
  return property && (resolve(document, property) as { const?: unknown }).const;
}
