import type { Account } from "./accounts.ts";
import { scopes as knownScopes } from "./document.ts";
import type { State } from "./state.ts";
import { EVERYTHING, type Session } from "./tokens.ts";

/** Whose token a request carries, and what it may do. */
export interface Credential {
  readonly secret: string;
  /** True for a personal access token. */
  readonly isPersonal: boolean;
  /** The account that the request counts to; also with a token that works no more. */
  readonly account: Account | undefined;
  /** The session of the token, or undefined when it does not work. */
  readonly granted: Session | undefined;
}

/** The tokens of each scheme. */
const KINDS = new Map([
  ["bearer", "access"],
  ["personalaccesstoken", "personal"],
] as const);

/** Reads an `Authorization` header; undefined where there is none. */
export function readCredential(header: string | null, { tokens }: Pick<State, "tokens">): Credential | undefined {
  if (header === null) return undefined;
  const [scheme = "", secret = ""] = header.trim().split(/\s+/, 2);
  const kind = KINDS.get(scheme.toLowerCase() as "bearer");
  const isPersonal = kind === "personal";
  const account = kind && tokens.accountOf(secret, isPersonal);
  return { secret, isPersonal, account, granted: kind && tokens.sessionOf(kind, secret) };
}

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
