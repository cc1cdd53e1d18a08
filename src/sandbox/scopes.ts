import { scopes as knownScopes } from "./document.ts";

/** The scopes of a token that was requested without any; it may do everything. */
export const EVERYTHING = "read write";

const OLD_NAMES = new Set(EVERYTHING.split(" "));

/** True when each word is a scope that may be requested. */
export function mayAskFor(scope: string, allowed: readonly string[] | undefined): boolean {
  return words(scope).every(
    (word) => OLD_NAMES.has(word) || (knownScopes.has(word) && (allowed?.includes(word) ?? true)),
  );
}

/** True when a token with this scope may do what needs the others. */
export function covers(scope: string, needed: readonly string[]): boolean {
  const granted = words(scope);
  return granted.some((word) => OLD_NAMES.has(word)) || needed.every((word) => granted.includes(word));
}

function words(scope: string): string[] {
  return scope.split(" ").filter(Boolean);
}
